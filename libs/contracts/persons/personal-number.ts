import personnummer from 'personnummer';

/** What could be said about a number that somebody typed. A number that fails is kept, marked as unverified. */
export interface PersonalNumber {
  /** As typed, without spaces. */
  readonly value: string;
  /** `unverified`: the control digit or the day is wrong; it is stored, and nothing is concluded from it. */
  readonly standing: 'checked' | 'unverified';
  readonly kind: 'personal' | 'coordination' | 'not-known';
  /** The day of birth that the number states, `YYYY-MM-DD`; null when unverified. */
  readonly birthDate: string | null;
}

const TWELVE_DIGITS = /^\d{8}-?\d{4}$/;

/**
 * Reads a Swedish personal or coordination number. Never refuses: what cannot be verified is `unverified`
 * (forms.md 1). Only numbers with the century written are checked, since ten digits are read differently from
 * one year to the next.
 */
export function readPersonalNumber(typed: string): PersonalNumber {
  const value = typed.replaceAll(/\s/g, '');
  const Reader = personnummer.default;
  if (!TWELVE_DIGITS.test(value) || !Reader.valid(value)) {
    return { value, standing: 'unverified', kind: 'not-known', birthDate: null };
  }
  const read = Reader.parse(value);
  const isCoordination = read.isCoordinationNumber();
  const day = Number(read.day) - (isCoordination ? 60 : 0);
  return {
    value,
    standing: 'checked',
    kind: isCoordination ? 'coordination' : 'personal',
    birthDate: `${read.fullYear}-${read.month}-${String(day).padStart(2, '0')}`,
  };
}
