import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AuditLeafEntity, canonicalJson } from '#audit';
import { addDays, localDateOfInstant } from '#calendar';
import { recordNow } from '#directory';
import { KEY_STORE_BACKUP_DAYS } from '#domain';
import { digestOf, signErasure } from '#sealing';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { DisposalEntity, type ErasureProof } from './disposal.entity.js';
import { type ApprovedDisposal, leafOf } from './disposal-leaf.js';
import { ERASURE_STREAM } from './disposals.service.js';

export interface ErasureProofsDeps {
  readonly party: PartyName;
  readonly reader: CustodyReader;
  readonly sealing: PartySealing;
}

interface Erased {
  readonly content_id: string;
  readonly unit_id: string;
  readonly digest: string;
}

interface Counted {
  readonly persons: number;
  readonly skipped: number;
  readonly contents: number;
  readonly wraps: number;
  readonly rows: number;
  readonly leaves: number;
}

const PAGE = 500;
const TRIES_AT_ONCE = 20;
const EMPTY = Buffer.alloc(0);

/** Proves that an erasure happened: by trying to open what was erased, in counts and digests, signed by the acting unit. */
export class ErasureProofs {
  constructor(private readonly deps: ErasureProofsDeps) {}

  /** Keeps proof and receipt and closes the stream; throws, to be tried again, when something opened. Once, however often. */
  async sign({ disposal, units }: ApprovedDisposal): Promise<void> {
    const { reader, sealing, party } = this.deps;
    const tried = await this.tryToOpen(disposal.id, units);
    if (tried.stillOpened > 0) throw new Error(`${tried.stillOpened} erased contents opened: erased again`);
    const signing = await sealing.unitKeys.signingKey(disposal.unitId);
    if (signing === null) throw new Error(`${disposal.unitId} has no signing key`);
    await reader.as(units, async (manager) => {
      const at = await recordNow(manager);
      const { skipped, ...done } = await this.counted(manager, disposal.id);
      const proof: ErasureProof = { ...done, ...tried };
      const backupsGoneBy = addDays(localDateOfInstant(at), KEY_STORE_BACKUP_DAYS);
      const receipt = await signErasure(signing, {
        kind: 'erasure',
        iss: disposal.unitId,
        authority: disposal.authority,
        disposalId: disposal.id,
        rule: disposal.rule,
        ruleVersion: disposal.ruleVersion,
        cutOff: disposal.cutOff,
        listDigest: disposal.listDigest,
        proposedAt: (disposal.proposedAt ?? disposal.decidedAt).toISOString(),
        approvedAt: disposal.decidedAt.toISOString(),
        erasedAt: at.toISOString(),
        backupsGoneBy,
        ...done,
        skipped,
        before: tried.before,
        after: tried.after,
      });
      const closed = await manager.update(
        DisposalEntity,
        { id: disposal.id, state: 'approved' },
        { state: 'erased', erasedAt: at, backupsGoneBy, proof, receipt },
      );
      if (closed.affected !== 1) return;
      await manager.insert(AuditLeafEntity, leafOf(disposal, at, 'perform-disposal'));
      await manager.query(
        `update ${party}.stream set open = false, relayed = wanted where kind = $1 and id = $2`,
        [ERASURE_STREAM, disposal.id],
      );
    });
  }

  private async tryToOpen(
    disposalId: string,
    units: readonly string[],
  ): Promise<Pick<ErasureProof, 'stillOpened' | 'before' | 'after'>> {
    const [before, after] = [createHash('sha256'), createHash('sha256')];
    let stillOpened = 0;
    for (let last: Erased | undefined; ; ) {
      const page = await this.erased(disposalId, units, last);
      for (let start = 0; start < page.length; start += TRIES_AT_ONCE) {
        const tried = page.slice(start, start + TRIES_AT_ONCE);
        const states = await Promise.all(tried.map((one) => this.stateOf(one)));
        for (const [index, { content_id, unit_id, digest }] of tried.entries()) {
          const state = states[index] ?? 'OPENS';
          if (state !== 'ERASED') {
            stillOpened += 1;
            await this.deps.sealing.unitKeys.dispose(
              [{ contentId: content_id, unitId: unit_id }],
              disposalId,
            );
          }
          before.update(canonicalJson([content_id, unit_id, digest]));
          after.update(canonicalJson([content_id, unit_id, state]));
        }
      }
      last = page.at(-1);
      if (page.length < PAGE)
        return { stillOpened, before: before.digest('hex'), after: after.digest('hex') };
    }
  }

  private erased(disposalId: string, units: readonly string[], last: Erased | undefined): Promise<Erased[]> {
    return this.deps.reader.as(units, (manager) =>
      manager.query(
        `select content_id, unit_id, digest from ${this.deps.party}.disposal_content
         where disposal_id = $1 and (content_id, unit_id) > ($2::uuid, $3::text)
         order by content_id, unit_id limit ${PAGE}`,
        [disposalId, last?.content_id ?? '00000000-0000-0000-0000-000000000000', last?.unit_id ?? ''],
      ),
    );
  }

  /** Nothing is decrypted: the wrap alone says whether the unit could. */
  private async stateOf({ content_id, unit_id }: Erased): Promise<string> {
    const opened = await this.deps.sealing.sealing.verifyEnvelope({
      contentId: content_id,
      unitId: unit_id,
      ciphertext: EMPTY,
      digest: digestOf(EMPTY),
    });
    return opened.ok ? 'OPENS' : opened.code;
  }

  private async counted(manager: EntityManager, disposalId: string): Promise<Counted> {
    const { party } = this.deps;
    const [row]: Counted[] = await manager.query(
      `select count(*) filter (where state = 'erased')::int as persons,
         count(*) filter (where state = 'skipped')::int as skipped,
         (select count(*)::int from ${party}.disposal_content c where c.disposal_id = $1) as contents,
         coalesce(sum(wraps), 0)::int as wraps, coalesce(sum(rows), 0)::int as rows,
         coalesce(sum(leaves), 0)::int as leaves
       from ${party}.disposal_item where disposal_id = $1 and verdict = 'goes'`,
      [disposalId],
    );
    if (row === undefined) throw new Error('nothing was counted');
    return row;
  }
}
