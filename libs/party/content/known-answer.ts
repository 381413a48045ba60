import type { SealedField } from '#sealing';

/** One answer as it is known at a unit: whose it is, where it came from, whom it must be kept from. */
export type KnownAnswer = SealedField;

/** The answers to one field about one person, or about nobody in particular when `subject` is null. */
export function answersTo(
  answers: readonly KnownAnswer[],
  field: string,
  subject: string | null,
): KnownAnswer[] {
  return answers.filter(
    (one) =>
      one.field === field &&
      (subject === null || one.concerns.length === 0 || one.concerns.includes(subject)),
  );
}

/** A value of the wire as JSON that can be sealed: what is undefined is left out. */
export function asJson(value: unknown): KnownAnswer['value'] {
  return JSON.parse(JSON.stringify(value ?? null));
}
