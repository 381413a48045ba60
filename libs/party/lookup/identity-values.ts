import { type LocalDate } from '#calendar';
import { nameKeys, nameSought, numberKeys, numberSought } from '#contracts';
import type { LookupTerm, SubjectRole } from '#domain';
import type { BlindKind } from '#sealing';
import { answersTo, type KnownAnswer } from '../content/known-answer.js';

/** A value that a matter is found by, in the form in which it is compared. */
export interface FoundBy {
  readonly kind: BlindKind;
  readonly value: string;
}

/** What is known of the one person that a matter is about. */
export interface KnownIdentity {
  readonly name: string | null;
  readonly number: string | null;
}

const OWN_FIELD: Readonly<Record<SubjectRole, string>> = {
  child: 'child.identity',
  victim: 'victim.identity',
  'alleged-perpetrator': 'suspect.identity',
};

/** Name and number of the person, out of what a unit knows; nobody else of the incident is looked at. */
export function knownIdentity(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
): KnownIdentity {
  const own = [OWN_FIELD[subject.role], 'subject.identity']
    .flatMap((field) => answersTo(known, field, subject.id))
    .filter(({ concerns }) => concerns.includes(subject.id));
  const first = (read: (value: unknown) => string | null) =>
    own.map(({ value }) => read(value)).find((text) => text !== null) ?? null;
  return {
    name: first((value) => textOf(property(value, 'name'))),
    number: first((value) => textOf(property(property(value, 'number'), 'value'))),
  };
}

/** The police's own number of the case, where it was told. */
export function knownCaseNumbers(known: readonly KnownAnswer[]): string[] {
  return known
    .filter(({ field }) => field === 'police.reference')
    .flatMap(({ value }) => textOf(value) ?? []);
}

/** Everything that an identity is found by, as of a day. */
export function identityValues({ name, number }: KnownIdentity, today: LocalDate): FoundBy[] {
  const numbers = number === null ? null : numberKeys(number, today);
  return [
    ...(name === null ? [] : nameKeys(name)).map((value): FoundBy => ({ kind: 'name', value })),
    ...(numbers === null
      ? []
      : [...new Set([numbers.withCentury, numbers.withoutCentury])].flatMap((value): FoundBy[] =>
          value === null ? [] : [{ kind: 'number', value }],
        )),
  ];
}

/** A case number in the form in which it is compared. */
export function caseNumberValue(typed: string): string | null {
  const value = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
  return value === '' ? null : value;
}

/** What was typed, in the form in which it is compared; null when it is written like no such thing. */
export function soughtValue(by: LookupTerm, typed: string, today: LocalDate): string | null {
  switch (by) {
    case 'name':
      return nameSought(typed);
    case 'number':
      return numberSought(typed, today);
    case 'case-number':
      return caseNumberValue(typed);
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== 'unknown' ? value : null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
