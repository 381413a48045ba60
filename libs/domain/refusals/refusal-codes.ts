import type { Label } from '../wording/index.js';
import { ACCESS_REFUSALS } from './access-refusals.js';
import { CHILD_REFUSALS } from './child-refusals.js';
import { CONSENT_REFUSALS } from './consent-refusals.js';
import { CONTENT_REFUSALS } from './content-refusals.js';
import { CUSTODY_REFUSALS } from './custody-refusals.js';
import { DOOR_REFUSALS } from './door-refusals.js';
import { IDENTITY_REFUSALS } from './identity-refusals.js';
import { INSIGHT_REFUSALS } from './insight-refusals.js';
import { RETENTION_REFUSALS } from './retention-refusals.js';
import { RVC_REFUSALS } from './rvc-refusals.js';
import { SUPPORT_REFUSALS } from './support-refusals.js';

/** A refusal for people: what happened, and what to do next. Neither tells whether something hidden exists. */
export interface RefusalText extends Label {
  readonly next: Label;
}

/** Every refusal of the system, in one table; the API's map from code to HTTP status must cover its keys. */
export const REFUSALS = {
  ...DOOR_REFUSALS,
  ...CUSTODY_REFUSALS,
  ...CONTENT_REFUSALS,
  ...INSIGHT_REFUSALS,
  ...CONSENT_REFUSALS,
  ...IDENTITY_REFUSALS,
  ...ACCESS_REFUSALS,
  ...RETENTION_REFUSALS,
  ...SUPPORT_REFUSALS,
  ...CHILD_REFUSALS,
  ...RVC_REFUSALS,
} as const satisfies Record<string, RefusalText>;

/** Stable: also the ApplicationFailure type and the `code` of problem+json. */
export type RefusalCode = keyof typeof REFUSALS;
