import type { Label } from '../wording/index.js';
import type { HandoffPhase } from './handoff-machine.js';

/** FHIR R4 Task.status values that a handoff can have. */
export type FhirTaskStatus =
  | 'requested'
  | 'received'
  | 'accepted'
  | 'rejected'
  | 'cancelled'
  | 'entered-in-error';

/** Task.status per phase, for the FHIR-shaped adapters (DESIGN 5). */
export const FHIR_TASK_STATUS: Readonly<Record<HandoffPhase, FhirTaskStatus>> = {
  sent: 'requested',
  delivered: 'requested',
  opened: 'received',
  'awaiting-information': 'received',
  accepted: 'accepted',
  declined: 'rejected',
  redirected: 'rejected',
  withdrawn: 'cancelled',
  superseded: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

export const HANDOFF_PHASE_LABELS: Readonly<Record<HandoffPhase, Label>> = {
  sent: { sv: 'Skickad', en: 'Sent' },
  delivered: { sv: 'Framme hos mottagarens system', en: 'Delivered' },
  opened: { sv: 'Öppnad av en person', en: 'Opened by a person' },
  'awaiting-information': { sv: 'Väntar på uppgifter från avsändaren', en: 'Awaiting information' },
  accepted: { sv: 'Mottagen', en: 'Accepted' },
  declined: { sv: 'Avböjd', en: 'Declined' },
  redirected: { sv: 'Hänvisad vidare', en: 'Redirected' },
  withdrawn: { sv: 'Återtagen', en: 'Withdrawn' },
  superseded: { sv: 'Ersatt av nytt erbjudande', en: 'Superseded' },
  'entered-in-error': { sv: 'Registrerad av misstag', en: 'Entered in error' },
};
