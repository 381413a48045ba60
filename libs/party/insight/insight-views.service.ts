import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type {
  InsightAskedSchema,
  InsightDraft,
  InsightExtract,
  InsightPreview,
  InsightRequestPage,
  InsightRequestView,
  PageQuery,
  PreviewInsight,
} from '#contracts';
import { recordNow } from '#directory';
import {
  factsOfField,
  INSIGHT_OUTCOMES,
  INSIGHT_RULES,
  type InsightAuthority,
  insightAuthorityOf,
  type MaskedAnswer,
  maskForReader,
  provisionOf,
  type SubjectRole,
} from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import { asJson } from '../content/known-answer.js';
import { wireDeadline } from '../dispatches/deadline-view.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { instantText, readKeyset, writeKeyset } from '../record/keyset.js';
import { type Outward, sideOf } from '../record/outward.js';
import {
  InsightDecisionEntity,
  InsightReleaseEntity,
  type InsightRequestEntity,
} from './insight.entities.js';
import type { InsightDrafts } from './insight-drafts.service.js';
import { wireKey } from './insight-file.js';
import type { InsightRequests } from './insight-requests.service.js';

export interface InsightViewsDeps {
  readonly party: PartyName;
  readonly recorder: ActRecorder;
  readonly reader: CustodyReader;
  readonly drafts: InsightDrafts;
  readonly requests: InsightRequests;
  readonly deadlines: OwnDeadlines;
  readonly outward: Outward;
  readonly audit: ReadingAudit;
}

interface RequestRow {
  readonly id: string;
  readonly unit_id: string;
  readonly incident_id: string;
  readonly subject_id: string;
  readonly role: SubjectRole | null;
  readonly capacity: InsightRequestView['capacity'];
  readonly identified_by: InsightRequestView['identifiedBy'];
  readonly received_at: Date;
  readonly outcome: InsightRequestView['outcome'];
  readonly decided_at: Date | null;
  readonly released_at: Date | null;
  readonly appeal_by: string | null;
}

const requestsSql = (party: PartyName) => `
select r.id, r.unit_id, r.incident_id, r.subject_id, (select s.role from custody.subject s where s.id = r.subject_id) as role,
  r.capacity, r.identified_by, r.received_at, d.outcome, d.recorded_at as decided_at, x.handed_out_at as released_at,
  x.appeal_by::text as appeal_by
from ${party}.insight_request r
left join ${party}.insight_decision d on d.request_id = r.id
left join ${party}.insight_release x on x.request_id = r.id`;

const FIRST = { instants: ['-infinity'], id: '00000000-0000-0000-0000-000000000000' };

/** Requests for insight, drafts and extracts as the unit reads them. */
export class InsightViews {
  constructor(private readonly deps: InsightViewsDeps) {}

  /** Of the caller's units, the longest waiting first. */
  async list(caller: Caller, { unit, after, limit }: PageQuery): Promise<InsightRequestPage> {
    const units = unitsOf(caller).filter((one) => unit === undefined || one === unit);
    const from = readKeyset(after, FIRST);
    const rows = await this.read(units, (manager) =>
      manager.query(
        `${requestsSql(this.deps.party)} where r.unit_id = any ($1::text[]) and (r.received_at, r.id) > ($2::timestamptz, $3::uuid)
         order by r.received_at, r.id limit $4`,
        [units, from.instants[0], from.id, limit],
      ),
    );
    const items = await this.views(caller, units, rows);
    const last = rows.at(-1);
    return {
      items,
      next:
        rows.length === limit && last !== undefined
          ? writeKeyset({ instants: [instantText(last.received_at)], id: last.id })
          : null,
    };
  }

  /** One of them. Refuses NOT_FOUND. */
  async one(caller: Caller, id: string): Promise<InsightRequestView> {
    const units = unitsOf(caller);
    const rows = await this.read(units, (manager) =>
      manager.query(`${requestsSql(this.deps.party)} where r.id = $1`, [id]),
    );
    const [view] = await this.views(caller, units, rows);
    return view ?? refuseAtDoor('NOT_FOUND');
  }

  /** Who asked, and in which words. The reading is audited. */
  async asked(caller: Caller, id: string): Promise<z.infer<typeof InsightAskedSchema>> {
    const request = await this.deps.drafts.request(caller, id);
    const { unitId: unit, incidentId, subjectId, ciphertext } = request;
    await this.audited(caller, request, 'read-insight-request');
    const [answer] = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    return answer === undefined ? refuseAtDoor('CONTENT_ERASED') : { requestId: id, asked: answer.value };
  }

  /** The draft beside what the unit knows. The reading is audited. */
  async draft(caller: Caller, id: string): Promise<InsightDraft> {
    const { request, answers, masked, changed, digest } = await this.deps.drafts.draft(caller, id);
    const authority = mandateAt(caller, request.unitId)?.authority ?? refuseAtDoor('NOT_FOUND');
    return {
      requestId: id,
      capacity: request.capacity,
      digest,
      fields: masked.map((one, index) => ({
        ...wireMasked(one, insightAuthorityOf(this.deps.party)),
        concerns: one.concerns.map((subject) =>
          this.deps.outward.out(subject, { authority, side: 'victim' }),
        ),
        key: wireKey(one),
        full: answers[index]?.value ?? null,
        changed: changed.has(wireKey(one)),
      })),
    };
  }

  /** What the requester gets, as it was decided. The reading is audited. */
  async extract(caller: Caller, id: string): Promise<InsightExtract> {
    const request = await this.deps.drafts.request(caller, id);
    const decision = await this.deps.recorder.as(request.unitId, (manager) =>
      manager.findOneBy(InsightDecisionEntity, { requestId: id }),
    );
    if (decision === null) return refuseAtDoor('INSIGHT_NOT_DECIDED');
    await this.audited(caller, request, 'read-insight-extract');
    return this.deps.requests.openExtract(decision);
  }

  /** What left, as it was recorded. */
  async released(caller: Caller, id: string) {
    const request = await this.deps.drafts.request(caller, id);
    const release = await this.deps.recorder.as(request.unitId, (manager) =>
      manager.findOneBy(InsightReleaseEntity, { requestId: id }),
    );
    if (release === null) return refuseAtDoor('INSIGHT_NOT_DECIDED');
    return {
      requestId: id,
      releasedAt: release.handedOutAt.toISOString(),
      how: release.how,
      basis: release.basis,
      fields: release.fields === '' ? [] : release.fields.split(' '),
      extractDigest: release.extractDigest,
    };
  }

  /** "As he would read it": the same masking over what is being written. Nothing is read and nothing stored. */
  async preview({ persons, answers, reader }: PreviewInsight): Promise<InsightPreview> {
    const now = await this.deps.reader.as([], (manager) => recordNow(manager));
    const masked = maskForReader(
      answers.map((answer) => ({
        ...answer,
        source: answer.source ?? factsOfField(answer.field).source ?? 'named-with-value',
      })),
      persons.map(({ ref, role, protectedStatus, age }) => ({ id: ref, role, protectedStatus, age })),
      reader,
      now,
    );
    const authority = insightAuthorityOf(this.deps.party);
    return { fields: masked.map((one) => wireMasked(one, authority)) };
  }

  private read(
    units: readonly string[],
    run: (manager: EntityManager) => Promise<RequestRow[]>,
  ): Promise<RequestRow[]> {
    return this.deps.reader.as(units, run);
  }

  private async views(
    caller: Caller,
    units: readonly string[],
    rows: readonly RequestRow[],
  ): Promise<InsightRequestView[]> {
    const { deadlines, now } = await this.deps.reader.as(units, async (manager) => ({
      deadlines: await this.deps.deadlines.of(
        manager,
        rows.map(({ id }) => id),
      ),
      now: await recordNow(manager),
    }));
    return rows.map((row) => {
      const authority = mandateAt(caller, row.unit_id)?.authority ?? refuseAtDoor('NOT_FOUND');
      const beholder = { authority, side: sideOf(row.role ?? 'victim') };
      return {
        requestId: row.id,
        unit: row.unit_id,
        incidentId: this.deps.outward.out(row.incident_id, beholder),
        subjectId: this.deps.outward.out(row.subject_id, beholder),
        capacity: row.capacity,
        identifiedBy: row.identified_by,
        receivedAt: row.received_at.toISOString(),
        phase: row.released_at !== null ? 'released' : row.outcome !== null ? 'decided' : 'received',
        outcome: row.outcome,
        outcomeLabel: row.outcome === null ? null : INSIGHT_OUTCOMES[row.outcome],
        decidedAt: row.decided_at?.toISOString() ?? null,
        appealBy: row.appeal_by,
        releasedAt: row.released_at?.toISOString() ?? null,
        deadlines: deadlines
          .filter(({ clock_id }) => clock_id === row.id)
          .map((deadline) => wireDeadline(deadline, now)),
      };
    });
  }

  private audited(
    caller: Caller,
    { unitId: unit, subjectId }: InsightRequestEntity,
    action: string,
  ): Promise<void> {
    return this.deps.audit.record({ caller, unit, action, target: { kind: 'subject', id: subjectId } });
  }
}

function wireMasked(one: MaskedAnswer, authority: InsightAuthority) {
  return {
    field: one.field,
    label: one.label,
    concerns: [...one.concerns],
    standing: one.standing,
    value: asJson(one.value),
    maskedParts: [...one.maskedParts],
    reasons: one.reasons.map((rule) => ({
      rule,
      label: INSIGHT_RULES[rule].label,
      source: provisionOf(rule, authority),
      mayBeLiftedBy: INSIGHT_RULES[rule].lifting,
    })),
    source: one.source,
  };
}
