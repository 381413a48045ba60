import { condition, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { StepActivities } from '#activities';
import type { ProcessName } from '#domain';
import { type AwaitedStep, keyOf } from './awaited-step.js';
import { partyQueue } from './ids.js';
import { lookAgain } from './messages.js';

// No limit on attempts: a party that is down is waited for, and holds up nobody else.
// Short: what died with its process is asked again after this, and asked twice it does no harm.
export const CASE_OPTIONS = {
  startToCloseTimeout: '6 seconds',
  retry: { maximumInterval: '30 seconds' },
} as const;

/** From here a run hands over to a fresh one, which reads and asks everything anew. */
const LONG_AFTER_EVENTS = 400;

/** A case and its story: what the record says of it, what that asks of people, and when it is over. */
export interface FollowedCase<Facts> {
  readonly process: ProcessName;
  readonly caseId: string;
  readonly read: () => Promise<Facts>;
  /** In the order of the story. What is asked for no longer is not awaited any more. */
  readonly stepsOf: (facts: Facts) => readonly AwaitedStep[];
  readonly isOver: (facts: Facts) => boolean;
  /** A step whose end shows in the facts, so that nobody need be asked about it again when something else moved. */
  readonly isSeenInFacts?: (step: AwaitedStep) => boolean;
  /** Events after which the run is long; of the input of a test. */
  readonly longAfter?: number | undefined;
}

/**
 * Follows a case to its end: reads it when told to look, sees to each step as the record comes to ask for it, side by side,
 * until the case is over and all that was asked is done. It holds no rule; run again from the top it passes through what
 * is done. Answers `grown-long` when the run should go on as a new one.
 */
export async function followCase<Facts>(followed: FollowedCase<Facts>): Promise<'told' | 'grown-long'> {
  const { process, caseId, read, stepsOf, isOver, isSeenInFacts = () => false } = followed;
  let looks = 0;
  setHandler(lookAgain, () => {
    looks += 1;
  });
  let facts = await read();
  const done = new Set<string>();
  return await Promise.race([keepReading(), tellOn(new Set())]);

  async function tellOn(begun: ReadonlySet<string>): Promise<'told'> {
    const fresh = (): AwaitedStep[] => stepsOf(facts).filter((step) => !begun.has(keyOf(step)));
    await condition(() => fresh().length > 0 || isTold());
    const steps = fresh();
    if (steps.length > 0) {
      await Promise.all([...steps.map(seeTo), tellOn(new Set([...begun, ...steps.map(keyOf)]))]);
    }
    return 'told';
  }

  function isTold(): boolean {
    return isOver(facts) && stepsOf(facts).every((step) => done.has(keyOf(step)));
  }

  /** Asks a party for one step, and again whenever the record moved, until it is met or asked for no longer. */
  async function seeTo(step: AwaitedStep): Promise<void> {
    const isNeedless = (): boolean => !stepsOf(facts).some((other) => keyOf(other) === keyOf(step));
    const { party, ...asked } = step;
    const { ensureStep } = proxyActivities<StepActivities>({
      ...CASE_OPTIONS,
      taskQueue: partyQueue(party),
    });
    while (!isNeedless()) {
      const seen = looks;
      const { met } = await ensureStep({ process, processId: caseId, ...asked });
      if (met) break;
      await condition(() => isNeedless() || (looks > seen && !isSeenInFacts(step)));
    }
    done.add(keyOf(step));
  }

  /** One reading serves every part of the story, however many looks it answers. */
  async function keepReading(): Promise<'grown-long'> {
    let readSoFar = 0;
    const isLong = (): boolean =>
      workflowInfo().continueAsNewSuggested ||
      workflowInfo().historyLength >= (followed.longAfter ?? LONG_AFTER_EVENTS);
    for (;;) {
      await condition(() => looks > readSoFar || isLong());
      if (isLong()) return 'grown-long'; // the new run reads and asks all of it anew
      readSoFar = looks;
      facts = await read();
    }
  }
}
