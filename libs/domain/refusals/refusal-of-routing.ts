import type { RoutingRefusal, RoutingRefusalCode } from '../routing/index.js';
import type { Refusal } from './refusal.js';
import type { RefusalCode } from './refusal-codes.js';

/** The refusal that a command gives when no unit is found; what to choose from stays in the routing's own text. */
const AS_REFUSAL: Readonly<Record<RoutingRefusalCode, RefusalCode>> = {
  UNKNOWN_PLACE: 'UNKNOWN_PLACE',
  PLACE_NOT_IN_FORCE: 'UNKNOWN_PLACE',
  AMBIGUOUS_PLACE: 'AMBIGUOUS_PLACE',
  SUBDISTRICT_NEEDED: 'AMBIGUOUS_PLACE',
  DISTRICT_NOT_ASSERTED: 'DISTRICT_NEEDED',
  DAY_OUTSIDE_DIRECTORY: 'NO_UNIT_FOR_PLACE',
  NO_UNIT_FOR_PLACE: 'NO_UNIT_FOR_PLACE',
  UNKNOWN_UNIT: 'UNKNOWN_UNIT',
  UNIT_NOT_IN_FORCE: 'UNIT_ENDED',
};

/** A refusal of routing as a refusal of the command that asked, with the routing's sentence at the field named. */
export function refusalOfRouting(refusal: RoutingRefusal, field: string, language: 'sv' | 'en'): Refusal {
  return { code: AS_REFUSAL[refusal.code], errors: [{ field, message: refusal.text[language] }] };
}
