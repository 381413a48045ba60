import type { ActRecorded, DecideAttendance } from '#contracts';
import type { ActRecorder } from '../acts/act-recorder.js';
import { lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { PartySteps } from '../steps/party-steps.js';
import { AttendanceDecisionEntity } from './attendance-decision.entity.js';
import { ATTENDANCE_STEP, attendanceAsked, attendanceTerms } from './social-step-terms.js';

export interface AttendanceDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly steps: PartySteps;
}

/** Whether social services attend (E-3). Each decision is of its own case: the programme's flag opens nothing (E5). */
export class Attendance {
  constructor(private readonly deps: AttendanceDeps) {}

  /** Refuses NECESSITY_REQUIRED for going there without necessity and ground, or on a consent that was not given. */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    body: DecideAttendance,
  ): Promise<ActRecorded> {
    const { recorder, subjects, steps } = this.deps;
    refuseUnfounded(body);
    const unit = body.actingUnit;
    return recorder.record({ caller, idempotency, unit, action: 'decide-attendance' }, async (scope) => {
      const { manager, id, at } = scope;
      const incidentId = await subjects.incident(manager, caller, outwardId);
      await lockFor(manager, `attendance ${incidentId} ${unit}`);
      const version = 1 + (await manager.countBy(AttendanceDecisionEntity, { incidentId, unitId: unit }));
      const { necessity, reasons, legalGround, attends, visitsHome, consent } = body;
      const sealed = await recorder.seal({ id, incidentId, subjectId: null, unit }, [
        said('attendance', { necessity, reasons }, null),
      ]);
      await manager.insert(AttendanceDecisionEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        attends,
        visitsHome,
        legalGround: legalGround ?? null,
        consent,
      });
      const outcome = attends ? 'ATTENDS' : 'DOES_NOT_ATTEND';
      // Sent to nobody of ours, it is the unit's own report (taken by telephone): asked of itself, since now.
      const terms = (await attendanceTerms(manager, incidentId)) ?? attendanceAsked(unit, at);
      await steps.meet(
        manager,
        { process: 'call-out', processId: incidentId, ...ATTENDANCE_STEP },
        { outcome, at, terms },
      );
      return { version, target: { kind: 'incident', id: incidentId } };
    });
  }
}

function refuseUnfounded({ attends, visitsHome, necessity, legalGround, consent }: DecideAttendance): void {
  if (!attends && !visitsHome) return;
  const errors = [
    ...(necessity === undefined ? [{ field: 'necessity', message: 'why it is needed in this case' }] : []),
    ...(legalGround === undefined ? [{ field: 'legalGround', message: 'a ground in law' }] : []),
    ...(legalGround === 'CONSENT' && consent !== 'GIVEN'
      ? [{ field: 'consent', message: 'the ground is a consent that was not given' }]
      : []),
  ];
  if (errors.length > 0) refuseAtDoor('NECESSITY_REQUIRED', { errors });
}
