import { type MatterKind, matterKind, type SubjectRole } from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes } from './changes.js';
import { authorityOf, type DecisionContext, functionOf } from './decision-context.js';
import type { IncidentId, MatterId, SubjectId } from './ids.js';

export interface MatterToOpen {
  readonly id: MatterId;
  readonly incidentId: IncidentId;
  readonly subjectId: SubjectId;
  readonly subjectRole: SubjectRole;
  readonly kind: MatterKind;
  readonly continuesId: MatterId | null;
}

/**
 * A new need of a known person, held by the acting unit from this instant and reviewed within 14 days: to commission
 * work, to continue a closed matter, or to be a successor. Refuses a kind that is not of this person's role.
 */
export function decideOpenMatter(context: DecisionContext, matter: MatterToOpen): Result<CustodyChanges> {
  if (!matterKind(matter.kind).subjects.includes(matter.subjectRole)) return refuse('SUBJECT_NOT_OF_KIND');
  const { unit } = context.actor;
  return succeed(
    changes({
      mattersOpened: [
        {
          id: matter.id,
          incidentId: matter.incidentId,
          subjectId: matter.subjectId,
          kind: matter.kind,
          continuesId: matter.continuesId,
        },
      ],
      deadlinesOpened: [
        armDeadline(context, {
          rule: 'review',
          ladder: 'office',
          matterId: matter.id,
          handoffId: null,
          startEvent: 'opened',
          startAt: context.now,
          dutyHolder: authorityOf(context.snapshot, unit, context.now),
          askedOf: unit,
          officeOf: unit,
        }),
      ],
      events: [
        {
          chain: 'matter',
          handoffId: null,
          matterId: matter.id,
          kind: 'opened',
          function: functionOf(context.actor),
          reason: null,
          data: { matterKind: matter.kind },
          contentDigest: null,
        },
      ],
    }),
  );
}
