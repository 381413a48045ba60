import type { RecordConsent } from '#contracts';
import type { ActScope } from '../acts/act-recorder.js';
import type { SubjectOfIncident } from '../acts/party-subjects.js';
import type { Caller } from '../identity/caller.js';

/** Whether what somebody answered may be recorded as an answer at all: who may say it, and whether it was safe to ask. */
export interface ConsentGuard {
  /** Refuses CONSENT_PATH_FIRST, SAFETY_GATE_CLOSED and PROTECTION_ASSESSMENT_FIRST. */
  mayBeRecorded(
    scope: ActScope,
    caller: Caller,
    subject: SubjectOfIncident,
    body: RecordConsent,
  ): Promise<void>;
}
