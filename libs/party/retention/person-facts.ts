import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type SampleDay, sampleDayOf } from '#domain';
import type { KnownAnswer } from '../content/known-answer.js';

/** What is kept of a person for retention: no name, no number, no date. */
export interface PersonFacts {
  readonly sampleDay: SampleDay;
  readonly personKey: string | null;
}

/** Of whichever form: the night's say `child.identity`, the morning's `subject.identity`. */
const IDENTITY = /\.identity$/;

const IdentitySchema = z.object({
  name: z.string().optional(),
  number: z.union([z.literal('unknown'), z.object({ value: z.string() }).loose()]).optional(),
  birthDate: z.string().optional(),
});

export interface FactsOf {
  readonly authority: string;
  readonly subjectId: string;
  /** The newest first. */
  readonly answers: readonly KnownAnswer[];
}

/**
 * Whether she was born on a day of the research sample, and a digest by which the authority finds that two files are on one
 * person: of her number, else of name and birth date, under the service's key and of no use to another authority.
 */
export function personFactsOf(idKey: Buffer, { authority, subjectId, answers }: FactsOf): PersonFacts {
  const identities = answers
    .filter(({ field, concerns }) => IDENTITY.test(field) && concerns.includes(subjectId))
    .flatMap(({ value }) => {
      const parsed = IdentitySchema.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    });
  const number = identities
    .map((one) => (typeof one.number === 'object' ? one.number.value.replaceAll(/\D/g, '') : ''))
    .find((digits) => digits !== '');
  const birthDate = identities
    .map((one) => one.birthDate)
    .find((date) => date !== undefined && sampleDayOf(date) !== 'unknown');
  const name = identities
    .map((one) => one.name?.normalize('NFC').trim().toLocaleLowerCase('sv') ?? '')
    .find((text) => text !== '' && text !== 'unknown');
  const what =
    number !== undefined
      ? ['number', number.slice(-10)]
      : name !== undefined && birthDate !== undefined
        ? ['name', name, birthDate]
        : null;
  return {
    sampleDay: sampleDayOf(birthDate),
    personKey:
      what === null
        ? null
        : createHmac('sha256', idKey)
            .update(JSON.stringify(['handslag/retention-person/1', authority, ...what]))
            .digest('hex'),
  };
}
