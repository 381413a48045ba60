import { z } from 'zod';
import { type Disposal, type DisposalItem, DisposalItemSchema, RetentionBecauseSchema } from '#contracts';
import { DISPOSAL_STATES, REFUSALS, REGISTER_EXTRACTS, retentionRule } from '#domain';
import { type Outward, sideOf } from '../record/outward.js';
import type { DisposalEntity } from './disposal.entity.js';
import type { DisposalItemEntity } from './disposal-item.entity.js';

/** How far the erasure has come. */
export interface Progress {
  readonly erased: number;
  readonly skipped: number;
  readonly left: number;
}

/** A disposal as the wire has it: who decided is in the audit, not here. */
export function disposalOf(row: DisposalEntity, progress: Progress): Disposal {
  const { registerExtract, registerExtractDigest } = row;
  return {
    disposalId: row.id,
    authority: row.authority,
    state: row.state,
    stateLabel: DISPOSAL_STATES[row.state],
    rule: row.rule,
    ruleTitle: retentionRule(row.rule).title,
    ruleVersion: row.ruleVersion,
    cutOff: row.cutOff,
    statedPeriod:
      row.statedYears === null || row.statedGround === null
        ? null
        : { years: row.statedYears, ground: row.statedGround },
    listedAt: row.listedAt.toISOString(),
    listDigest: row.listDigest,
    goes: row.goes,
    exempt: row.exempt,
    notYet: row.notYet,
    registerExtract:
      registerExtract === null || registerExtractDigest === null
        ? null
        : {
            step: registerExtract,
            label: REGISTER_EXTRACTS[registerExtract],
            digest: registerExtractDigest,
          },
    proposedAt: row.proposedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    progress,
    refused: refusedOf(row),
    erasedAt: row.erasedAt?.toISOString() ?? null,
    backupsGoneBy: row.backupsGoneBy,
    receipt: row.receipt,
    proof: row.proof,
  };
}

function refusedOf({ refusedCode: code, refusedAt }: DisposalEntity): Disposal['refused'] {
  if (code === null || refusedAt === null) return null;
  const { sv, en, next } = REFUSALS[code];
  return { code, at: refusedAt.toISOString(), because: { sv, en }, next };
}

const BecausesSchema = z.array(RetentionBecauseSchema);
const ExemptionsSchema = DisposalItemSchema.shape.exemptions;

/** One line of the list, with the ids that the authority sees. */
export function itemOf(row: DisposalItemEntity, authority: string, outward: Outward): DisposalItem {
  const beholder = { authority, side: sideOf(row.role) };
  return {
    subjectId: outward.out(row.subjectId, beholder),
    incidentId: outward.out(row.incidentId, beholder),
    role: row.role,
    verdict: row.verdict,
    exemptions: ExemptionsSchema.parse(row.exemptions === '' ? [] : row.exemptions.split(' ')),
    arisesOn: row.arisesOn,
    finishBy: row.finishBy,
    because: BecausesSchema.parse(row.because),
    state: row.state,
    skippedCode: row.skippedCode,
    erasedAt: row.erasedAt?.toISOString() ?? null,
  };
}
