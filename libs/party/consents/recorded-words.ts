import type { EntityManager } from 'typeorm';
import type { ConsentState, WirePartyScope } from '#contracts';
import {
  type AskedUnit,
  type BasisId,
  type DirectorySnapshot,
  keysOf,
  type PartyScope,
  type RecordedWord,
  UNIT_KINDS,
  unitId,
  unitWithId,
  wordThatCounts,
} from '#domain';
import { BasisRecordEntity } from './basis-record.entity.js';

/** The words about a person that a unit recorded, in the order in which it did; row-level security shows no others. */
export function recordsOf(
  manager: EntityManager,
  subjectId: string,
  unit: string,
): Promise<BasisRecordEntity[]> {
  return manager.find(BasisRecordEntity, {
    where: { subjectId, unitId: unit },
    order: { recordedAt: 'ASC', version: 'ASC', id: 'ASC' },
  });
}

/** The words on one basis as the rule reads them; what was marked as a mistake says since when. */
export function wordsOn(records: readonly BasisRecordEntity[], basis: BasisId): RecordedWord[] {
  return records.flatMap((record): RecordedWord[] => {
    if (record.basis !== basis || record.kind === 'error-mark') return [];
    return [
      {
        id: record.id,
        kind: record.kind === 'withdrawal' ? 'withdrawal' : 'answer',
        answer: record.answer ?? 'REFUSED',
        giver: record.giver,
        recipient: record.recipient,
        purpose: record.purpose,
        fields: record.fields?.split(' ') ?? null,
        saidAt: record.saidAt,
        recordedAt: record.recordedAt,
        validUntil: record.validUntil,
        inErrorSince: aboutIt(records, record.id, 'error-mark')?.recordedAt ?? null,
      },
    ];
  });
}

/** What was recorded about a record: that it was taken back, or that it was a mistake. */
export function aboutIt(
  records: readonly BasisRecordEntity[],
  id: string,
  kind: 'withdrawal' | 'error-mark',
): BasisRecordEntity | undefined {
  return records.find((one) => one.about === id && one.kind === kind);
}

/** That a record was taken back, unless that itself was a mistake. */
export function takenBack(records: readonly BasisRecordEntity[], id: string): BasisRecordEntity | undefined {
  return records.find(
    (one) =>
      one.about === id && one.kind === 'withdrawal' && aboutIt(records, one.id, 'error-mark') === undefined,
  );
}

/** How a record stands at an instant, among all the words about the person. */
export function stateOf(
  snapshot: DirectorySnapshot,
  records: readonly BasisRecordEntity[],
  record: BasisRecordEntity,
  at: Date,
): ConsentState {
  if (aboutIt(records, record.id, 'error-mark') !== undefined) return 'entered-in-error';
  if (takenBack(records, record.id) !== undefined) return 'withdrawn';
  const words = wordsOn(records, record.basis);
  const { by, lastWord } = wordThatCounts(words, {
    giver: sideOf(snapshot, record.giver),
    recipient: sideOf(snapshot, record.recipient),
    purpose: record.purpose,
    at,
  });
  return by?.id === record.id && lastWord !== 'none' ? lastWord : 'replaced';
}

/** A scope as a side of a question. */
function sideOf(snapshot: DirectorySnapshot, scope: PartyScope): AskedUnit {
  const wire = wireScope(scope);
  return 'unit' in wire ? askedUnit(snapshot, wire.unit) : { unit: null, kind: wire.kind };
}

/** A unit of the directory as a side. */
export function askedUnit(snapshot: DirectorySnapshot, unit: string): AskedUnit {
  return { unit, kind: unitWithId(snapshot, unitId(unit))?.kind ?? null };
}

/** A side of the wire as it is stored. */
export function scopeOf(scope: WirePartyScope): PartyScope {
  return 'unit' in scope ? `unit:${scope.unit}` : `kind:${scope.kind}`;
}

/** A stored side as the wire says it. */
export function wireScope(scope: PartyScope): WirePartyScope {
  const named = scope.slice(scope.indexOf(':') + 1);
  const kind = keysOf(UNIT_KINDS).find((one) => scope === `kind:${one}`);
  return kind === undefined ? { unit: named } : { kind };
}
