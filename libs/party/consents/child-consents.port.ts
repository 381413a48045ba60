import type { RecordConsent } from '#contracts';
import type { ActScope } from '../acts/act-recorder.js';
import type { SubjectOfIncident } from '../acts/party-subjects.js';
import type { Caller } from '../identity/caller.js';

/** Whether what somebody answered for a child may be recorded as an answer at all. */
export interface ChildConsents {
  /** Refuses CONSENT_PATH_FIRST and SAFETY_GATE_CLOSED; says nothing about an adult. */
  mayBeRecorded(
    scope: ActScope,
    caller: Caller,
    subject: SubjectOfIncident,
    body: RecordConsent,
  ): Promise<void>;
}
