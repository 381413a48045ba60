import { type BasisId, basisWithId } from './bases.js';
import type { BasisDefinition } from './basis.js';
import { CONDITIONS, type ConditionFromRecord, isFromRecord } from './conditions.js';
import { isValidOn } from './disclosure-matrix.js';
import {
  type AppliedBasis,
  type BasisExplained,
  type DisclosureQuestion,
  type MissingBasis,
  type MissingReason,
  type RecordedBasis,
  recipientOf,
} from './disclosure-question.js';
import { isSameAuthority } from './disclosure-side.js';

/** Whether a basis could ever hold in this question: the day, and what the record itself says of the person. */
export function couldHold(id: BasisId, question: DisclosureQuestion): boolean {
  const basis = basisWithId(id);
  return (
    isValidOn(basis, question.at) &&
    basis.conditions.every((condition) => !isFromRecord(condition) || isMet(condition, question))
  );
}

/** A condition that nobody ticks. A child whose age nobody knows is a child; an adult's unknown age opens nothing. */
function isMet(condition: ConditionFromRecord, { subject, from, to }: DisclosureQuestion): boolean {
  switch (condition) {
    case 'under-18':
      return subject.age === null ? subject.role === 'child' : subject.age < 18;
    case 'under-21':
      return subject.age !== null && subject.age < 21;
    case 'same-authority':
      return isSameAuthority(from, to);
    case 'own-unit':
      return from.is === 'unit' && to.is === 'unit' && from.unit === to.unit;
    case 'not-protected-identity':
      return subject.protectedIdentity === 'no';
  }
}

/** How a basis stands for one field: the record (or the law) that it rests on, or what is missing. */
export type Standing =
  | { readonly holds: true; readonly applied: AppliedBasis }
  | { readonly holds: false; readonly missing: MissingBasis };

/**
 * Whether the basis holds at the instant for this field. Of several records the first that holds counts; of those that
 * do not, the one that lacks least is told. `explicitly`: a record of everything is not enough, the field must be named.
 */
export function standingOf(
  id: BasisId,
  field: string,
  question: DisclosureQuestion,
  explicitly: boolean,
): Standing {
  const basis = basisWithId(id);
  const explained = explain(id, basis);
  if (basis.kind === 'duty' || basis.kind === 'checked') {
    return { holds: true, applied: { ...explained, recordId: null } };
  }
  let nearest: MissingReason = 'NOT_RECORDED';
  for (const record of question.records) {
    if (record.basis !== id) continue;
    const missing = lackOf(record, basis, field, question, explicitly);
    if (missing === null) return { holds: true, applied: { ...explained, recordId: record.recordId } };
    if (NEARNESS.indexOf(missing) > NEARNESS.indexOf(nearest)) nearest = missing;
  }
  return { holds: false, missing: { ...explained, missing: nearest } };
}

function explain(id: BasisId, basis: BasisDefinition): BasisExplained {
  const { kind, label, text, source, decidedBy, conditions } = basis;
  return { basis: id, kind, label, text, source, decidedBy, conditions };
}

/** From what says least to what says most about why a basis does not hold. */
const NEARNESS: readonly MissingReason[] = [
  'NOT_RECORDED',
  'OTHER_PURPOSE',
  'OTHER_RECIPIENT',
  'NOT_YET',
  'EXPIRED',
  'STATEMENT_NOT_ENOUGH',
  'NOT_ENTITLED',
  'CONDITIONS_NOT_MET',
  'FIELD_NOT_COVERED',
  'NOT_NAMED',
  'NO_STANDS',
  'WITHDRAWN',
  'REFUSED',
];

function lackOf(
  record: RecordedBasis,
  basis: BasisDefinition,
  field: string,
  question: DisclosureQuestion,
  explicitly: boolean,
): MissingReason | null {
  const { at } = question;
  if (!isForThisWay(record, question)) {
    return record.recipient === recipientOf(question.to) ? 'OTHER_PURPOSE' : 'OTHER_RECIPIENT';
  }
  if (record.answer === 'refused') return 'REFUSED';
  if (record.answer === 'not-asked') return 'NOT_RECORDED';
  if (record.givenAt > at) return 'NOT_YET';
  if (record.withdrawnAt !== null && record.withdrawnAt <= at) return 'WITHDRAWN';
  if (record.until !== null && record.until <= at) return 'EXPIRED';
  if (record.source === 'statement') {
    if (!basis.statementSuffices) return 'STATEMENT_NOT_ENOUGH';
    // Neither her no nor a decision that was taken back is talked away in a preview.
    if (standingNo(question, 'anyone') !== null) return 'NO_STANDS';
  } else if (basis.kind === 'consent') {
    // A decision is somebody else's: her no is weighed in it and does not end it.
    const no = lastNo(question);
    if (no !== null && no >= record.givenAt) return 'NO_STANDS';
  }
  const { decidedBy } = basis;
  if (decidedBy.by === 'role' && !decidedBy.roles.some((role) => record.deciderRoles.includes(role))) {
    return 'NOT_ENTITLED';
  }
  const unticked = basis.conditions.some(
    (condition) => CONDITIONS[condition].how === 'by-person' && !record.conditions.includes(condition),
  );
  if (unticked) return 'CONDITIONS_NOT_MET';
  const covers = record.fields === 'all' ? !explicitly : record.fields.includes(field);
  if (!covers) return 'FIELD_NOT_COVERED';
  return record.recordId === null ? 'NOT_NAMED' : null;
}

function isForThisWay(record: RecordedBasis, { from, to, purpose }: DisclosureQuestion): boolean {
  return (
    record.recipient === recipientOf(to) && record.purpose === purpose && record.unit === recipientOf(from)
  );
}

/** When she last said no to this recipient and purpose; a later yes opens anew, and never an older one again. */
function lastNo(question: DisclosureQuestion): Date | null {
  const noes = question.records.flatMap((record) =>
    record.source === 'recorded' &&
    isForThisWay(record, question) &&
    basisWithId(record.basis).kind === 'consent'
      ? (noOf(record) ?? [])
      : [],
  );
  return latest(noes.filter((when) => when <= question.at));
}

/**
 * When the person last said no to this recipient and purpose or took her yes back (`anyone`: or a decision was taken
 * back), and nothing given and recorded later replaces it; null when no such no stands at the instant.
 */
export function standingNo(question: DisclosureQuestion, whose: 'the-person' | 'anyone'): Date | null {
  const { at } = question;
  const recorded = question.records.filter(
    (record) =>
      record.source === 'recorded' &&
      isForThisWay(record, question) &&
      (whose === 'anyone' || basisWithId(record.basis).kind === 'consent'),
  );
  const noes = recorded.flatMap((record) => {
    const when = whose === 'anyone' ? endOf(record) : noOf(record);
    return when !== null && when <= at ? [{ basis: record.basis, when }] : [];
  });
  const standing = noes.filter(
    ({ basis, when }) =>
      !recorded.some(
        (later) =>
          later.basis === basis && later.answer === 'given' && later.givenAt > when && later.givenAt <= at,
      ),
  );
  return latest(standing.map(({ when }) => when));
}

function latest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((last, when) => (last === null || when > last ? when : last), null);
}

function noOf(record: RecordedBasis): Date | null {
  if (record.answer === 'refused') return record.givenAt;
  return record.answer === 'given' ? record.withdrawnAt : null;
}

/** From when a recorded word lets nothing out: a no, that she was not asked, a yes taken back or run out. */
function endOf(record: RecordedBasis): Date | null {
  if (record.answer !== 'given') return record.givenAt;
  const ends = [record.withdrawnAt, record.until].filter((end) => end !== null);
  return ends.reduce<Date | null>((first, end) => (first === null || end < first ? end : first), null);
}
