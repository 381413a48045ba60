import type { Label } from '../wording/index.js';

/** Why no unit is named. Stable codes; a refusal is a value and never thrown. */
export const ROUTING_REFUSAL_CODES = [
  'UNKNOWN_PLACE',
  'AMBIGUOUS_PLACE',
  'SUBDISTRICT_NEEDED',
  'PLACE_NOT_IN_FORCE',
  'DAY_OUTSIDE_DIRECTORY',
  'DISTRICT_NOT_ASSERTED',
  'NO_UNIT_FOR_PLACE',
  'UNKNOWN_UNIT',
  'UNIT_NOT_IN_FORCE',
] as const;
export type RoutingRefusalCode = (typeof ROUTING_REFUSAL_CODES)[number];

export interface RoutingRefusal {
  readonly code: RoutingRefusalCode;
  /** One sentence that says what to do. */
  readonly text: Label;
  /** What may have been meant, best first; for a list to choose from. */
  readonly candidates: readonly string[];
}

export type Routed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: RoutingRefusal };

/** The answer. */
export function routed<Value>(value: Value): Routed<Value> {
  return { ok: true, value };
}

/** No answer, and why. */
export function refused(
  code: RoutingRefusalCode,
  text: Label,
  candidates: readonly string[] = [],
): { readonly ok: false; readonly refusal: RoutingRefusal } {
  return { ok: false, refusal: { code, text, candidates } };
}
