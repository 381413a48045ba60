import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type LocalDate, localDateOfInstant, parseLocalDate } from '#calendar';
import type { ActRecorded, MarkProtected, RecordProtection } from '#contracts';
import { recordNow } from '#directory';
import {
  keysOf,
  LOWERING_ACTS,
  PROTECTION_AUTHORITIES,
  PROTECTION_LEVELS,
  PROTECTION_PROVISIONS,
  type ProtectionAct,
  type RecordedProtection,
  recordedProtection,
  type SubjectRole,
} from '#domain';
import type { Side } from '#sealing';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { KnownAnswersSource } from '../content/content-vault.js';
import { asJson, type KnownAnswer } from '../content/known-answer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { IdentityIndex } from '../lookup/identity-index.js';
import { sideOf } from '../record/outward.js';
import type { EntitledFunction } from './entitled-function.js';
import { RECORDED_FIELD } from './known-protection.js';
import { ProtectionRecordEntity, ProtectionWhereaboutsEntity } from './protection-record.entity.js';

export interface ProtectionRecordsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly entitled: EntitledFunction;
  readonly index: IdentityIndex;
}

/** A unit's records about a person, opened and summed up. */
export interface OpenedProtection extends RecordedProtection {
  readonly assertedDistrict: string | null;
}

const LocalDateSchema = z.string().transform((text): LocalDate => {
  const day = parseLocalDate(text);
  if (day === undefined) throw new Error('a sealed day is none');
  return day;
});
const SealedActSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('mark'),
    level: z.enum(keysOf(PROTECTION_LEVELS)),
    authority: z.enum(keysOf(PROTECTION_AUTHORITIES)),
    provision: z.enum(keysOf(PROTECTION_PROVISIONS)),
    decidedOn: LocalDateSchema,
    from: LocalDateSchema,
    until: LocalDateSchema.nullable(),
  }),
  z.object({ act: z.enum(['lift', 'household-apart', 'register-shows-none']) }),
]);
const ACT = 'protection.act';
const DISTRICT = 'protection.asserted-district';
const WHEREABOUTS = 'protection.whereabouts';

/** Protections as a unit records them (OSL 5:5), sealed to that unit; the strictest that is known is made of them. */
export class ProtectionRecords implements KnownAnswersSource {
  constructor(private readonly deps: ProtectionRecordsDeps) {}

  /**
   * Records an act. Whoever works at the unit may mark; to lift, or to set a person apart from the household, needs the
   * entitled function (ENTITLED_FUNCTION_ONLY, before anything is looked at). A reading of the register that shows none
   * is taken from anybody, and lowers nothing that somebody said. The answer does not tell whether there was an earlier record.
   */
  async record(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    body: RecordProtection,
  ): Promise<ActRecorded> {
    const { recorder, subjects, entitled, index } = this.deps;
    const unit = body.actingUnit;
    if (LOWERING_ACTS.includes(body.act)) await entitled.require(caller, unit);
    let changed = '';
    const recorded = await recorder.record(
      { caller, idempotency, unit, action: 'record-protection' },
      async ({ manager, id, at }) => {
        const incidentId = await subjects.incident(manager, caller, outwardId);
        const subject = await subjects.subject(manager, caller, incidentId, body.subjectId);
        if (body.act === 'mark') refuseFuture(body, at);
        await lockFor(manager, `protection ${subject.id} ${unit}`);
        const of = { subjectId: subject.id, unitId: unit };
        const version = 1 + (await manager.countBy(ProtectionRecordEntity, of));
        const apartId = randomUUID();
        const about = { incidentId, subjectId: subject.id, unit };
        const sealed = await recorder.seal({ id, ...about }, sayingOf(body, subject.id));
        const apart = await recorder.seal({ id: apartId, ...about }, [
          said(WHEREABOUTS, body.act === 'mark' ? (body.whereabouts ?? null) : null, subject.id),
        ]);
        const made = { ...of, incidentId, version, recordedAt: at, recordedBy: caller.person };
        await manager.insert(ProtectionRecordEntity, { ...made, ...sealed, id });
        await manager.insert(ProtectionWhereaboutsEntity, { ...made, ...apart, id: apartId });
        await index.outdate(manager, unit, incidentId);
        changed = incidentId;
        return { version: 1, target: { kind: 'subject', id: subject.id } };
      },
    );
    if (changed !== '') await index.relearn(unit, { incidentId: changed });
    return recorded;
  }

  /** For the unit's own decisions, of every person of the same side of the incident: the household counts (C6). */
  async answersFor(unit: string, incidentId: string, subjectId: string): Promise<readonly KnownAnswer[]> {
    const { rows, today, side } = await this.deps.recorder.as(unit, async (manager) => {
      const { people, side } = await peopleBeside(manager, incidentId, subjectId);
      return { rows: await recordsOf(manager, unit, people), today: await todayOf(manager), side };
    });
    const answers: KnownAnswer[] = [];
    for (const person of new Set(rows.map((row) => row.subjectId))) {
      const own = rows.filter((row) => row.subjectId === person);
      const { standing, isApart, assertedDistrict } = await this.open(own, today);
      answers.push(kept(RECORDED_FIELD, { standing, isApart, side }, person));
      if (assertedDistrict !== null) {
        answers.push(kept('protected.asserted-district', assertedDistrict, person));
      }
    }
    return answers;
  }

  /** A person's records at a unit, opened; the reading is audited by who asks. */
  async opened(unit: string, subjectId: string): Promise<OpenedProtection> {
    const { rows, today } = await this.deps.recorder.as(unit, async (manager) => ({
      rows: await recordsOf(manager, unit, [subjectId]),
      today: await todayOf(manager),
    }));
    return this.open(rows, today);
  }

  /** Where she is, as the newest record that said so; the reading is audited by who asks. */
  async whereabouts(unit: string, subjectId: string): Promise<string | null> {
    const rows = await this.deps.recorder.as(unit, (manager) =>
      manager.find(ProtectionWhereaboutsEntity, {
        where: { unitId: unit, subjectId },
        order: { version: 'DESC' },
      }),
    );
    for (const { id, incidentId, ciphertext } of rows) {
      const [answer] = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
      if (typeof answer?.value === 'string') return answer.value;
    }
    return null;
  }

  private async open(rows: readonly ProtectionRecordEntity[], today: LocalDate): Promise<OpenedProtection> {
    const acts: ProtectionAct[] = [];
    let assertedDistrict: string | null = null;
    for (const { id, incidentId, subjectId, unitId, ciphertext } of rows) {
      const answers = await this.deps.recorder.open({ id, incidentId, subjectId, unit: unitId }, ciphertext);
      const act = answers.find(({ field }) => field === ACT);
      // Erased content opens to nothing, and then says nothing.
      if (act !== undefined) acts.push(SealedActSchema.parse(act.value));
      const district = answers.find(({ field }) => field === DISTRICT)?.value;
      if (typeof district === 'string') assertedDistrict = district;
    }
    return { ...recordedProtection(acts, today), assertedDistrict };
  }
}

function sayingOf(body: RecordProtection, subjectId: string) {
  const { act } = body;
  const reasons = body.reasons === undefined ? [] : [said('protection.reasons', body.reasons, subjectId)];
  if (act !== 'mark') return [said(ACT, { act }, subjectId), ...reasons];
  const { level, authority, provision, decidedOn, from, until, assertedDistrict } = body;
  return [
    said(ACT, { act, level, authority, provision, decidedOn, from, until }, subjectId),
    ...(assertedDistrict === undefined ? [] : [said(DISTRICT, assertedDistrict, subjectId)]),
    ...reasons,
  ];
}

/** A marking states the day on which it was decided (OSL 5:5): nobody decides tomorrow. */
function refuseFuture({ decidedOn }: MarkProtected, at: Date): void {
  if (decidedOn > localDateOfInstant(at)) {
    refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'decidedOn', message: 'in the future' }] });
  }
}

function kept(field: string, value: unknown, person: string): KnownAnswer {
  return {
    field,
    value: asJson(value),
    concerns: [person],
    source: 'register',
    keepFrom: ['alleged-perpetrator', 'guardians'],
  };
}

/** The persons who may share a home: victims and children of the incident; a suspect is alone on his side. */
async function peopleBeside(
  manager: EntityManager,
  incidentId: string,
  subjectId: string,
): Promise<{ people: string[]; side: Side }> {
  const rows: { id: string; role: SubjectRole }[] = await manager.query(
    'select s.id, s.role from custody.subject s where s.incident_id = $1',
    [incidentId],
  );
  const role = rows.find(({ id }) => id === subjectId)?.role ?? 'victim';
  const side = sideOf(role);
  if (side === 'perpetrator') return { people: [subjectId], side };
  return { people: rows.filter((one) => sideOf(one.role) === side).map(({ id }) => id), side };
}

async function recordsOf(
  manager: EntityManager,
  unit: string,
  people: readonly string[],
): Promise<ProtectionRecordEntity[]> {
  return manager
    .createQueryBuilder(ProtectionRecordEntity, 'r')
    .where('r.unitId = :unit and r.subjectId = any (:people)', { unit, people })
    .orderBy('r.subjectId')
    .addOrderBy('r.version')
    .getMany();
}

async function todayOf(manager: EntityManager): Promise<LocalDate> {
  return localDateOfInstant(await recordNow(manager));
}
