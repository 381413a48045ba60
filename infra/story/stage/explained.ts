import type { z } from 'zod';
import type { BecauseSchema, DeadlineView } from '#contracts';
import { dayAndTime, type Language } from './language.js';

type Because = z.infer<typeof BecauseSchema>;

/** The reasons of a routing or a deadline, a line each, with their sources. */
export function reasons(because: readonly Because[], language: Language): string[] {
  return because.map(({ text, source }) => `· ${text[language]}${source === null ? '' : ` [${source}]`}`);
}

/** A deadline as it is said: what is due, when, and why. */
export function deadlineInWords({ rule, dueAt, because }: DeadlineView, language: Language): string[] {
  return [
    `${rule}: ${dayAndTime(new Date(dueAt), language)}`,
    ...reasons(because, language).map((one) => `  ${one}`),
  ];
}
