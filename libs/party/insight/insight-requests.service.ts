import { createHash } from 'node:crypto';
import { canonicalJson } from '#audit';
import { localDateOfInstant } from '#calendar';
import {
  type ActRecorded,
  type AskInsight,
  type ChangeMasking,
  type DecideInsight,
  type InsightExtract,
  InsightExtractSchema,
  type ReleaseInsight,
} from '#contracts';
import {
  answerKey,
  appealText,
  decideInsight,
  explainDue,
  INSIGHT_OUTCOMES,
  INSIGHT_RULES,
  type InsightAuthority,
  type InsightDecision,
  insightAuthorityOf,
  mayChangeMask,
  provisionsOf,
  type Role,
  unitId,
} from '#domain';
import { type ActRecorder, lockFor, notInFuture, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import { asJson } from '../content/known-answer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import {
  InsightDecisionEntity,
  InsightMaskEntity,
  InsightReleaseEntity,
  InsightRequestEntity,
} from './insight.entities.js';
import type { Draft, InsightDrafts } from './insight-drafts.service.js';
import { wireKey, withRolesForIds } from './insight-file.js';

export interface InsightRequestsDeps {
  readonly party: PartyName;
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly drafts: InsightDrafts;
  readonly deadlines: OwnDeadlines;
}

/** The field of the decision's envelope that holds the extract. */
export const EXTRACT_FIELD = 'insight.extract';

/** A request for insight from its receipt to the extract that leaves (FL 10 §, OSL 6:3, 10:3, 12:3). */
export class InsightRequests {
  constructor(private readonly deps: InsightRequestsDeps) {}

  /** Records a request; the target to decide it starts when it was received. Refuses UNKNOWN_SUBJECT, INVALID_INPUT. */
  ask(caller: Caller, idempotency: Idempotency, outwardId: string, body: AskInsight): Promise<ActRecorded> {
    const { recorder, subjects, deadlines } = this.deps;
    const unit = body.actingUnit;
    return recorder.record({ caller, idempotency, unit, action: 'ask-insight' }, async (scope) => {
      const { manager, id, at } = scope;
      const incidentId = await subjects.incident(manager, caller, outwardId);
      const subject = await subjects.subject(manager, caller, incidentId, body.subjectId);
      if (body.capacity === 'guardian' && subject.role !== 'child')
        return refuseAtDoor('SUBJECT_NOT_A_CHILD');
      const isPerson =
        body.capacity === 'guardian' && body.isPerson !== undefined
          ? (await subjects.subject(manager, caller, incidentId, body.isPerson)).id
          : null;
      const receivedAt = notInFuture(body.receivedAt, at, 'receivedAt');
      const sealed = await recorder.seal({ id, incidentId, subjectId: subject.id, unit }, [
        said('insight.request', { askedFor: body.askedFor, requester: body.requester }, subject.id),
      ]);
      await manager.insert(InsightRequestEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version: 1,
        recordedAt: at,
        recordedBy: caller.person,
        subjectId: subject.id,
        capacity: body.capacity,
        isPerson,
        identifiedBy: body.identifiedBy,
        receivedAt,
      });
      await deadlines.open(manager, id, {
        rule: 'insight-decision',
        ladder: 'office',
        startEvent: 'received',
        startAt: receivedAt,
        askedOf: unitId(unit),
      });
      return { version: 1, target: { kind: 'insight-request', id } };
    });
  }

  /** One field unmasked or masked with a reason. Refuses INSIGHT_DECIDED, and as {@link mayChangeMask} does. */
  async change(
    caller: Caller,
    idempotency: Idempotency,
    requestId: string,
    body: ChangeMasking,
  ): Promise<ActRecorded> {
    const { recorder, drafts } = this.deps;
    const draft = await drafts.draft(caller, requestId);
    const { unitId: unit, incidentId, subjectId } = draft.request;
    const answer = draft.masked.find((one) => wireKey(one) === body.key) ?? refuseAtDoor('NOT_FOUND');
    valueOrRefuse(mayChangeMask([answer], { key: answerKey(answer), to: body.to }, rolesAt(caller, unit)));
    const action = body.to === 'shown' ? 'insight-unmask' : 'insight-mask';
    return recorder.record({ caller, idempotency, unit, action }, async ({ manager, id, at }) => {
      await lockFor(manager, `insight ${requestId}`);
      if (await manager.existsBy(InsightDecisionEntity, { requestId }))
        return refuseAtDoor('INSIGHT_DECIDED');
      const version = 1 + (await manager.countBy(InsightMaskEntity, { requestId }));
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('insight.masking', { field: answer.field, reason: body.reason }, subjectId),
      ]);
      await manager.insert(InsightMaskEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        requestId,
        fieldKey: body.key,
        shows: body.to === 'shown',
      });
      return { version, target: { kind: 'insight-request', id: requestId } };
    });
  }

  /**
   * Decides on the draft that was read: what is shown, what is withheld on which grounds, and how it is appealed, frozen
   * and sealed. Refuses INSIGHT_DRAFT_CHANGED, INSIGHT_DECIDED, INSIGHT_READ_FIRST and INSIGHT_HEAD_DECIDES.
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    requestId: string,
    body: DecideInsight,
  ): Promise<ActRecorded> {
    const { recorder, drafts, deadlines } = this.deps;
    const draft = await drafts.draft(caller, requestId);
    const { unitId: unit, incidentId, subjectId, capacity } = draft.request;
    const act = { caller, idempotency, unit, action: 'decide-insight' };
    return recorder.record(act, async ({ manager, id, at, mandate }) => {
      await lockFor(manager, `insight ${requestId}`);
      if (await manager.existsBy(InsightDecisionEntity, { requestId }))
        return refuseAtDoor('INSIGHT_DECIDED');
      if (draft.digest !== body.draftDigest) return refuseAtDoor('INSIGHT_DRAFT_CHANGED');
      const decision = valueOrRefuse(decideInsight(draft.masked, capacity, rolesAt(caller, unit)));
      const authority = await authorityName(manager, mandate.authority ?? unit);
      const extract = extractOf(draft, decision, {
        authority,
        kind: insightAuthorityOf(this.deps.party),
        at,
      });
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('insight.decision', { reasons: body.reasons }, subjectId),
        said(EXTRACT_FIELD, extract, subjectId),
      ]);
      await manager.insert(InsightDecisionEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version: 1,
        recordedAt: at,
        recordedBy: caller.person,
        requestId,
        outcome: decision.outcome,
        grounds: decision.grounds.join(' '),
        extractDigest: createHash('sha256')
          .update(canonicalJson(asJson(extract)))
          .digest('hex'),
      });
      await deadlines.end(manager, requestId, ['insight-decision'], { as: 'met', at });
      // A refusal is handed over too: without it nobody can appeal.
      await deadlines.open(manager, requestId, {
        rule: 'insight-release',
        ladder: 'office',
        startEvent: 'decided',
        startAt: at,
        askedOf: unitId(unit),
      });
      return { version: 1, target: { kind: 'insight-request', id: requestId } };
    });
  }

  /**
   * The extract or the refusal was handed out: the disclosure is recorded, and the time to appeal counted from then.
   * Refuses INSIGHT_NOT_DECIDED, and INSIGHT_DECIDED when it was handed out before.
   */
  async release(
    caller: Caller,
    idempotency: Idempotency,
    requestId: string,
    body: ReleaseInsight,
  ): Promise<ActRecorded> {
    const { recorder, drafts, deadlines } = this.deps;
    const { unitId: unit, incidentId, subjectId, capacity } = await drafts.request(caller, requestId);
    const act = { caller, idempotency, unit, action: 'release-insight' };
    return recorder.record(act, async ({ manager, id, at }) => {
      await lockFor(manager, `insight ${requestId}`);
      const decision =
        (await manager.findOneBy(InsightDecisionEntity, { requestId })) ??
        refuseAtDoor('INSIGHT_NOT_DECIDED');
      if (await manager.existsBy(InsightReleaseEntity, { requestId })) return refuseAtDoor('INSIGHT_DECIDED');
      const handedOutAt = notInFuture(body.handedOutAt, at, 'handedOutAt');
      if (handedOutAt < decision.recordedAt) {
        return refuseAtDoor('INVALID_INPUT', {
          errors: [{ field: 'handedOutAt', message: 'before the decision' }],
        });
      }
      const extract = await this.openExtract(decision);
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('insight.release', { to: body.to }, subjectId),
      ]);
      const isAppealable = decision.outcome !== 'RELEASED';
      await manager.insert(InsightReleaseEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version: 1,
        recordedAt: at,
        recordedBy: caller.person,
        requestId,
        how: body.how,
        basis: BASIS_OF[capacity],
        fields: extract.fields.map(({ field }) => field).join(' '),
        extractDigest: decision.extractDigest,
        handedOutAt,
        appealBy: isAppealable ? localDateOfInstant(explainDue('D-15', handedOutAt).dueAt) : null,
      });
      await deadlines.end(manager, requestId, ['insight-release'], { as: 'met', at: handedOutAt });
      return { version: 1, target: { kind: 'insight-request', id: requestId } };
    });
  }

  /** The extract of a decision, as it was frozen. The reading is audited by who asks. */
  async openExtract(decision: InsightDecisionEntity): Promise<InsightExtract> {
    const { id, incidentId, unitId: unit, ciphertext, requestId } = decision;
    const { subjectId } = await this.deps.recorder.as(unit, (manager) =>
      manager.findOneByOrFail(InsightRequestEntity, { id: requestId }),
    );
    const fields = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    const extract = fields.find(({ field }) => field === EXTRACT_FIELD);
    return extract === undefined ? refuseAtDoor('CONTENT_ERASED') : InsightExtractSchema.parse(extract.value);
  }
}

/** On what a release rests, by the capacity in which it was asked for. */
const BASIS_OF = {
  subject: 'FL 10 §, OSL 10:3',
  guardian: 'FL 10 §, FB 6:11, OSL 12:3',
  counsel: 'FL 10, 14 §§, OSL 10:3',
  public: 'TF 2:1, OSL 6:4',
} as const;

function rolesAt(caller: Caller, unit: string): Role[] {
  return caller.mandates.filter((one) => one.unit === unit).map(({ role }) => role);
}

function extractOf(
  { request, persons }: Draft,
  decision: InsightDecision,
  { authority, kind, at }: { authority: string; kind: InsightAuthority; at: Date },
): InsightExtract {
  return {
    requestId: request.id,
    authority,
    decidedAt: at.toISOString(),
    outcome: decision.outcome,
    outcomeLabel: INSIGHT_OUTCOMES[decision.outcome],
    provisions: [...provisionsOf(decision.grounds, kind)],
    grounds: decision.grounds.map((rule) => INSIGHT_RULES[rule].label),
    fields: decision.shown.map(({ field, label, value, maskedParts, source }) => ({
      field,
      label,
      value: asJson(withRolesForIds(value, persons)),
      maskedParts: [...maskedParts],
      source,
    })),
    appeal: decision.isAppealable ? appealText({ authority, kind, lastDay: null }) : null,
  };
}

async function authorityName(
  manager: { query(sql: string, parameters: unknown[]): Promise<{ name: string }[]> },
  id: string,
): Promise<string> {
  const [row] = await manager.query('select a.name from directory.authority a where a.id = $1', [id]);
  return row?.name ?? id;
}
