import { MATTER_KINDS, type MatterKind, type SubjectRole } from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { unitWithId } from '../routing/index.js';
import { keysOf } from '../wording/index.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes } from './changes.js';
import { authorityOf, type DecisionContext, functionOf } from './decision-context.js';
import type { IncidentId, MatterId, SubjectId } from './ids.js';

export interface IncidentToOpen {
  readonly id: IncidentId;
  readonly kind: 'call-out' | 'concern-report' | 'self-referral';
  readonly occurredAt: Date;
  readonly subjects: readonly { readonly id: SubjectId; readonly role: SubjectRole }[];
}

/** The need that is opened at the alarm for a person in this role; none for the alleged perpetrator (DESIGN 2). */
export function matterKindAtAlarm(role: SubjectRole): MatterKind | undefined {
  return keysOf(MATTER_KINDS).find((kind) => MATTER_KINDS[kind].openedAtAlarmFor === role);
}

/**
 * One matter per victim and child, held by the acting unit from this instant, each with 15 minutes to be sent on. An
 * adult who comes to RVC by herself has come to the right place: hers is a need of support that RVC holds
 * and reviews, with nothing to send. Refuses FUTURE_INCIDENT.
 */
export function decideOpenIncident(
  context: DecisionContext,
  incident: IncidentToOpen,
): Result<CustodyChanges> {
  if (incident.occurredAt > context.now) {
    return refuse('FUTURE_INCIDENT', { errors: [{ field: 'occurredAt', message: 'in the future' }] });
  }
  const { unit } = context.actor;
  const isSupportSought =
    incident.kind === 'self-referral' && unitWithId(context.snapshot, unit)?.kind === 'rvc';
  const matters = incident.subjects.flatMap(({ id, role }) => {
    const kind = isSupportSought && role === 'victim' ? 'adult-support' : matterKindAtAlarm(role);
    return kind === undefined ? [] : [{ id: context.newId() as MatterId, subjectId: id, kind }];
  });
  return succeed(
    changes({
      incidents: [{ id: incident.id, kind: incident.kind, occurredAt: incident.occurredAt }],
      subjects: incident.subjects.map(({ id, role }) => ({ id, role, incidentId: incident.id })),
      mattersOpened: matters.map((matter) => ({ ...matter, incidentId: incident.id, continuesId: null })),
      deadlinesOpened: matters.map(({ id, kind }) =>
        armDeadline(context, {
          ...(kind === 'adult-support'
            ? { rule: 'review', ladder: 'office' }
            : { rule: 'send', ladder: 'acute' }),
          matterId: id,
          handoffId: null,
          startEvent: 'incident-opened',
          startAt: context.now,
          dutyHolder: authorityOf(context.snapshot, unit, context.now),
          askedOf: unit,
          officeOf: unit,
        }),
      ),
      events: matters.map(({ id, kind }) => ({
        chain: 'matter',
        handoffId: null,
        matterId: id,
        kind: 'opened',
        function: functionOf(context.actor),
        reason: null,
        data: { matterKind: kind },
        contentDigest: null,
      })),
      lookAgain: incident.kind === 'call-out' ? [incident.id] : [],
    }),
  );
}
