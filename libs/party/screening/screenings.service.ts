import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type {
  ActRecorded,
  RecordScreening,
  ScreeningInError,
  ScreeningList,
  ScreeningRecorded,
  ScreeningWords,
} from '#contracts';
import { recordNow } from '#directory';
import {
  type DirectorySnapshot,
  SCREENING_IS,
  SCREENING_RESULTS,
  type ScreeningResult,
  scoreScreening,
  screeningDefects,
  screeningInstrument,
} from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import { lockFor, notInFuture, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { numberOf, type PartyDirectory } from '../units/party-directory.js';
import { ScreeningEntity } from './screening.entity.js';

export interface ScreeningsDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly directory: PartyDirectory;
  readonly audit: ReadingAudit;
}

const KeptSchema = z.object({
  answers: z.array(z.object({ item: z.int(), value: z.int() })).default([]),
  note: z.string().nullable().default(null),
  reason: z.string().nullable().default(null),
});

/** Structured identification of what health care should look at further (REC-5): a rating, never an illness. */
export class Screenings {
  constructor(private readonly deps: ScreeningsDeps) {}

  /**
   * Records a rating, a no, or that the form was stopped, and says whom to ring. Refuses UNKNOWN persons as NOT_FOUND, and INVALID_INPUT
   * for answers or a version that the instrument has not.
   */
  async record(
    caller: Caller,
    idempotency: Idempotency,
    outwardSubject: string,
    body: RecordScreening,
  ): Promise<ScreeningRecorded> {
    const { recorder, subjects, directory, reader } = this.deps;
    const { actingUnit: unit, instrument, instrumentVersion, occasion, answers, note } = body;
    refuseDefects(body);
    const result = resultOf(body);
    const recorded = await recorder.record(
      { caller, idempotency, unit, action: 'record-screening' },
      async ({ manager, id, at }) => {
        const { id: subjectId, incidentId } = await subjects.known(manager, caller, outwardSubject);
        const screenedAt = notInFuture(body.screenedAt, at, 'screenedAt');
        await lockFor(manager, `screening ${subjectId} ${unit}`);
        const version = 1 + (await manager.countBy(ScreeningEntity, { subjectId, unitId: unit }));
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
          { ...said('screening', { answers, note }, subjectId), keepFrom: ['alleged-perpetrator'] },
        ]);
        await manager.insert(ScreeningEntity, {
          ...sealed,
          ...{ id, incidentId, subjectId, unitId: unit, version, instrument, instrumentVersion, occasion },
          ...{ result, screenedAt, replaces: null, inError: false },
          recordedAt: at,
          recordedBy: caller.person,
        });
        return { version, target: { kind: 'subject', id: subjectId } };
      },
    );
    const snapshot = await directory.snapshot();
    const now = await reader.as([unit], recordNow);
    return {
      ...recorded,
      result,
      resultLabel: SCREENING_RESULTS[result],
      is: SCREENING_IS,
      ring: result === 'STOPPED' ? toRing(snapshot, now) : [],
    };
  }

  /** Marked, with the reason; it stays and counts no more. Refuses NOT_FOUND and ALREADY_TAKEN_BACK. */
  async enterInError(
    caller: Caller,
    idempotency: Idempotency,
    { outwardSubject, screeningId }: { outwardSubject: string; screeningId: string },
    { reason }: ScreeningInError,
  ): Promise<ActRecorded> {
    const { recorder } = this.deps;
    const { wrong } = await this.one(caller, outwardSubject, screeningId);
    const { unitId: unit, subjectId, incidentId } = wrong;
    return recorder.record(
      { caller, idempotency, unit, action: 'enter-screening-in-error' },
      async ({ manager, id, at }) => {
        await lockFor(manager, `screening ${subjectId} ${unit}`);
        if (await manager.existsBy(ScreeningEntity, { replaces: screeningId })) {
          return refuseAtDoor('ALREADY_TAKEN_BACK');
        }
        const version = 1 + (await manager.countBy(ScreeningEntity, { subjectId, unitId: unit }));
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
          said('screening', { reason }, subjectId),
        ]);
        const { instrument, instrumentVersion, occasion, result, screenedAt } = wrong;
        await manager.insert(ScreeningEntity, {
          ...sealed,
          ...{ id, incidentId, subjectId, unitId: unit, version, instrument, instrumentVersion, occasion },
          ...{ result, screenedAt, replaces: screeningId, inError: true },
          recordedAt: at,
          recordedBy: caller.person,
        });
        return { version, target: { kind: 'subject', id: subjectId } };
      },
    );
  }

  /** Those of the caller's units about a person, the oldest first: before and after beside each other. */
  list(caller: Caller, outwardSubject: string): Promise<ScreeningList> {
    return this.deps.reader.as(unitsOf(caller), async (manager) => {
      const subject = await this.deps.subjects.known(manager, caller, outwardSubject);
      const all = await ofSubject(manager, subject.id);
      return {
        items: all
          .filter(({ inError }) => !inError)
          .map((one) => ({
            screeningId: one.id,
            subjectId: outwardSubject,
            instrument: one.instrument,
            instrumentVersion: one.instrumentVersion,
            occasion: one.occasion,
            screenedAt: one.screenedAt.toISOString(),
            result: one.result,
            resultLabel: SCREENING_RESULTS[one.result],
            interpretedBy: one.recordedBy,
            standing: all.some(({ replaces }) => replaces === one.id)
              ? ('entered-in-error' as const)
              : ('stands' as const),
          })),
        is: SCREENING_IS,
        next: null,
      };
    });
  }

  /** Raw answers and sums; audited before they are opened (C7). */
  async words(caller: Caller, outwardSubject: string, screeningId: string): Promise<ScreeningWords> {
    const { wrong: one, error } = await this.one(caller, outwardSubject, screeningId);
    await this.deps.audit.record({
      caller,
      unit: one.unitId,
      action: 'read-screening',
      target: { kind: 'screening', id: one.id },
    });
    const { answers, note } = await this.open(one);
    const { sums, cutOffs } = scoreScreening(one.instrument, answers);
    return {
      screeningId,
      answers,
      sums: [...sums],
      cutOffs: cutOffs.map(({ code, label, from, tag, source, reached }) => ({
        ...{ code, label, from, tag, source, reached },
      })),
      note,
      reason: error === undefined ? null : (await this.open(error)).reason,
      is: SCREENING_IS,
    };
  }

  private one(caller: Caller, outwardSubject: string, screeningId: string) {
    return this.deps.reader.as(unitsOf(caller), async (manager) => {
      const subject = await this.deps.subjects.known(manager, caller, outwardSubject);
      const all = await ofSubject(manager, subject.id);
      const wrong = all.find(({ id, inError }) => id === screeningId && !inError);
      const error = all.find(({ replaces, inError }) => inError && replaces === screeningId);
      return { wrong: wrong ?? refuseAtDoor('NOT_FOUND'), error };
    });
  }

  private async open({ id, incidentId, subjectId, unitId: unit, ciphertext }: ScreeningEntity) {
    const [opened] = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    return KeptSchema.parse(opened?.value ?? {});
  }
}

function ofSubject(manager: EntityManager, subjectId: string): Promise<ScreeningEntity[]> {
  return manager.find(ScreeningEntity, {
    where: { subjectId },
    order: { screenedAt: 'ASC', version: 'ASC' },
  });
}

function refuseDefects({ instrument, instrumentVersion, answers }: RecordScreening): void {
  const { version } = screeningInstrument(instrument);
  const errors = [
    ...(instrumentVersion === version ? [] : [{ field: 'instrumentVersion', message: `is ${version}` }]),
    ...screeningDefects(instrument, answers).map(({ item, message }) => ({
      field: `answers.${item}`,
      message,
    })),
  ];
  if (errors.length > 0) refuseAtDoor('INVALID_INPUT', { errors });
}

/** Acute risk of suicide stands above everything that was answered (DESIGN 6.5). */
function resultOf({ acuteSuicidality, declined, instrument, answers }: RecordScreening): ScreeningResult {
  if (acuteSuicidality === 'YES') return 'STOPPED';
  return declined ? 'DECLINED' : scoreScreening(instrument, answers).result;
}

const EMERGENCY = {
  label: { sv: 'Ring 112', en: 'Ring 112' },
  unit: null,
  number: '112',
  isPlaceholder: false,
};

/** 112, and the psychiatric emergency units of the directory with their numbers. */
function toRing(snapshot: DirectorySnapshot, now: Date): ScreeningRecorded['ring'] {
  const units = snapshot.units.filter(({ form }) => form === 'adult-psychiatry-emergency');
  return [
    EMERGENCY,
    ...units.map(({ id, name }) => {
      const found = numberOf(snapshot, id, now);
      return {
        label: { sv: name, en: name },
        unit: id,
        number: found?.number ?? null,
        isPlaceholder: found?.isPlaceholder ?? false,
      };
    }),
  ];
}
