import type { Problem } from '#contracts';
import { REFUSALS, type Refusal } from '#domain';
import { REFUSAL_STATUS } from './refusal-status.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** The body of a refusal: equal for equal codes, so that it cannot tell what is hidden (DESIGN 12). */
export function problemOf({ code, errors, current }: Refusal): Problem {
  const text = REFUSALS[code];
  return {
    type: `urn:handslag:refusal:${code}`,
    title: text.en,
    status: REFUSAL_STATUS[code],
    detail: text.next.en,
    code,
    what: { sv: text.sv, en: text.en },
    next: { sv: text.next.sv, en: text.next.en },
    ...(errors && { errors: errors.map(({ field, message }) => ({ field, message })) }),
    ...(current !== undefined && { current }),
  };
}
