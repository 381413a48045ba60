import { createHash } from 'node:crypto';
import { canonicalJson } from '#audit';
import { type LocalDate, localDateOfInstant } from '#calendar';
import { ageOnDay } from '#contracts';
import {
  answerKey,
  type InsightAnswer,
  type InsightPerson,
  type MaskedAnswer,
  SUBJECT_ROLES,
  type SubjectRole,
} from '#domain';
import { asJson, type KnownAnswer } from '../content/known-answer.js';

const IDENTITIES: readonly string[] = [
  'child.identity',
  'victim.identity',
  'suspect.identity',
  'subject.identity',
];
const READ_STATUS = ['YES', 'NO', 'UNREADABLE'] as const;

/** The persons of an incident as masking must know them, from what the unit knows; what it does not know is unknown. */
export function insightPersons(
  roles: ReadonlyMap<string, SubjectRole>,
  known: readonly KnownAnswer[],
  now: Date,
): InsightPerson[] {
  const today = localDateOfInstant(now);
  return [...roles].map(([id, role]) => {
    const about = known.filter(({ concerns }) => concerns.includes(id));
    const status = about.find(({ field }) => field === 'protected.status')?.value;
    return {
      id,
      role,
      // What the unit recorded and her household's are folded into it already (`withStrictestProtection`).
      protectedStatus: READ_STATUS.find((one) => one === status) ?? 'unknown',
      age: ageOf(about.find(({ field }) => IDENTITIES.includes(field))?.value, today),
    };
  });
}

function ageOf(identity: KnownAnswer['value'] | undefined, today: LocalDate): number | null {
  if (typeof identity !== 'object' || identity === null) return null;
  if ('birthDate' in identity && typeof identity.birthDate === 'string' && identity.birthDate !== 'unknown') {
    return ageOnDay(identity.birthDate, today);
  }
  return 'age' in identity && typeof identity.age === 'number' ? identity.age : null;
}

/** Names a field of a draft to the outside without telling whom it is about. */
export function wireKey(answer: Pick<InsightAnswer, 'field' | 'concerns'>): string {
  return createHash('sha256').update(answerKey(answer)).digest('hex');
}

/** What was read, so that a decision is about exactly that. */
export function draftDigest(answers: readonly KnownAnswer[], masked: readonly MaskedAnswer[]): string {
  const shown = masked.map(({ standing, reasons }) => ({ standing, reasons: [...reasons] }));
  return createHash('sha256')
    .update(canonicalJson(asJson({ answers, shown })))
    .digest('hex');
}

/** Ids of persons inside a value as their role in words: an extract names nobody by a random id. */
export function withRolesForIds(value: unknown, persons: readonly InsightPerson[]): KnownAnswer['value'] {
  if (typeof value === 'string') {
    const person = persons.find(({ id }) => id === value);
    return person === undefined ? value : SUBJECT_ROLES[person.role].sv;
  }
  if (Array.isArray(value)) return value.map((one) => withRolesForIds(one, persons));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, withRolesForIds(one, persons)]),
    );
  }
  return asJson(value);
}
