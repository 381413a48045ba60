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

interface NumberReader {
  valid(number: string): boolean;
  parse(number: string): {
    readonly fullYear: string;
    readonly month: string;
    readonly day: string;
    isCoordinationNumber(): boolean;
  };
}

/** The package's types promise a default export; its CommonJS file is the class itself. */
const exported: unknown[] = [personnummer, Reflect.get(personnummer, 'default')];
const reader = exported.find(isNumberReader);

const TWELVE_DIGITS = /^\d{8}-?\d{4}$/;

/**
 * Reads a Swedish personal or coordination number. Never refuses: what cannot be verified is `unverified`
 * (forms.md 1). Only numbers with the century written are checked, since ten digits are read differently from
 * one year to the next.
 */
export function readPersonalNumber(typed: string): PersonalNumber {
  if (reader === undefined) throw new Error('personnummer exports no reader');
  const value = typed.replaceAll(/\s/g, '');
  if (!TWELVE_DIGITS.test(value) || !reader.valid(value)) {
    return { value, standing: 'unverified', kind: 'not-known', birthDate: null };
  }
  const read = reader.parse(value);
  const isCoordination = read.isCoordinationNumber();
  const day = Number(read.day) - (isCoordination ? 60 : 0);
  return {
    value,
    standing: 'checked',
    kind: isCoordination ? 'coordination' : 'personal',
    birthDate: `${read.fullYear}-${read.month}-${String(day).padStart(2, '0')}`,
  };
}

function isNumberReader(value: unknown): value is NumberReader {
  return typeof value === 'function' && 'valid' in value && 'parse' in value;
}
