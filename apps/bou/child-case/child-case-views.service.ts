import type { EntityManager } from 'typeorm';
import { localDateOfInstant } from '#calendar';
import type { ChildCaseView } from '#contracts';
import { StepEntity } from '#database';
import { recordNow } from '#directory';
import { CHILD_ACTS, childCaseOf, childQuestions, PROCESSES, programmeOn } from '#domain';
import {
  type Caller,
  type CustodyReader,
  DEADLINE_COLUMNS,
  type DeadlineRow,
  unitsOf,
  wireDeadline,
} from '#party';
import type { ChildActs } from './child-acts.service.js';
import { CHILD_DECISION } from './child-cases.service.js';
import { childRecord } from './child-records.js';

const PROGRAMMES = { GRANTED_TRAPPAN: 'trappan', GRANTED_HERE_AND_NOW: 'here-and-now' } as const;

/** A child's case as its unit reads it: what was done, what waits, and until when. */
export class ChildCaseViews {
  constructor(
    private readonly acts: ChildActs,
    private readonly reader: CustodyReader,
  ) {}

  /** Codes and instants only. Refuses NOT_FOUND, whether there is none or it is another unit's. */
  async view(caller: Caller, matterId: string): Promise<ChildCaseView> {
    const theCase = await this.acts.find(caller, matterId);
    return this.reader.as(unitsOf(caller), async (manager) => {
      const now = await recordNow(manager);
      const record = await childRecord(manager, theCase);
      const is = childCaseOf(record);
      const standing = new Set(is.standing.map(({ id }) => id));
      return {
        caseId: theCase.id,
        matterId,
        phase: is.phase,
        openedAt: text(is.openedAt),
        endsAt: text(is.term?.endsAt ?? null),
        isExtended: is.term?.isExtended ?? false,
        programme: is.evaluation?.code ?? null,
        support:
          is.granted === null
            ? null
            : {
                outcome: is.granted.code,
                decidedAt: is.granted.effectiveAt.toISOString(),
                startedAt: text(is.startedAt),
                endedAt: text(is.endedAt),
                sessions: is.sessions,
                usualSessions: usualSessions(is.granted.code, is.granted.effectiveAt),
              },
        isFollowedUp: is.followUp !== null,
        asks: await this.asks(manager, theCase.id, childQuestions(record), now),
        acts: record.acts.map((act) => ({
          recordId: act.id,
          kind: act.kind,
          label: CHILD_ACTS[act.kind].label,
          outcome: act.code,
          at: act.effectiveAt.toISOString(),
          until: text(act.until),
          recordedAt: act.recordedAt.toISOString(),
          isTakenBack: act.kind !== 'entered-in-error' && !standing.has(act.id),
        })),
      };
    });
  }

  private async asks(
    manager: EntityManager,
    caseId: string,
    questions: ReturnType<typeof childQuestions>,
    now: Date,
  ): Promise<ChildCaseView['asks']> {
    const steps = await manager.findBy(StepEntity, { process: CHILD_DECISION, processId: caseId });
    const asks: ChildCaseView['asks'] = [];
    for (const { stepKey, occurrence, rule } of questions) {
      const step = steps.find((one) => one.stepKey === stepKey && one.occurrence === occurrence);
      if (step === undefined) continue;
      const rows: DeadlineRow[] = await manager.query(
        `select ${DEADLINE_COLUMNS} from bou.deadline d where d.id = $1`,
        [step.deadlineId],
      );
      const [deadline] = rows.map((row) => wireDeadline(row, now));
      if (deadline === undefined) continue;
      const { dueAt, because, isBreached: isPast } = deadline;
      const label = PROCESSES[CHILD_DECISION].steps[stepKey];
      asks.push({ step: stepKey, label, occurrence, rule, dueAt, isPast, because });
    }
    return asks;
  }
}

const text = (instant: Date | null): string | null => instant?.toISOString() ?? null;

function usualSessions(code: string, at: Date): { from: number; to: number } | null {
  const programme = code === 'GRANTED_TRAPPAN' || code === 'GRANTED_HERE_AND_NOW' ? PROGRAMMES[code] : null;
  if (programme === null) return null;
  return programmeOn(programme, localDateOfInstant(at))?.sessions ?? null;
}
