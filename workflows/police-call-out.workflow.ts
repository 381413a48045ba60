import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CallOutActivities, StepActivities } from '#activities';
import { type AwaitedStep, isCarriedOver, keyOf, stepsOf } from './call-out-story.js';
import { partyQueue } from './ids.js';
import type { CallOutInput } from './inputs.js';
import { lookAgain } from './messages.js';

// No limit on attempts: a party that is down is waited for, and holds up nobody else.
// Short: what died with its process is asked again after this, and asked twice it does no harm.
const OPTIONS = { startToCloseTimeout: '6 seconds', retry: { maximumInterval: '30 seconds' } } as const;

const { callOutFacts, closeCallOut } = proxyActivities<CallOutActivities>({
  ...OPTIONS,
  taskQueue: partyQueue('police'),
});

/**
 * The story of one police call-out, the night and the morning (DESIGN 6.2); its workflow id is `call-out:<incidentId>`.
 * Ends when every child and every adult victim is with an ordinary unit, elsewhere or closed, and what was asked of people
 * on the way is done. It opens work for people and sends nothing itself; run again from the top it passes through what is
 * done.
 */
export async function policeCallOutWorkflow({ incidentId }: CallOutInput): Promise<void> {
  let looks = 0;
  setHandler(lookAgain, () => {
    looks += 1;
  });
  let facts = await callOutFacts({ incidentId });
  const done = new Set<string>();

  const outcome = await Promise.race([keepReading(), tellOn(new Set())]);
  if (outcome === 'grown-long') await continueAsNew<typeof policeCallOutWorkflow>({ incidentId });
  await closeCallOut({ incidentId });

  /** Sees to each step as the record comes to ask for it, side by side, until everyone is carried over and all is done. */
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
    return isCarriedOver(facts) && stepsOf(facts).every((step) => done.has(keyOf(step)));
  }

  /** Asks a party for one step, and again whenever the record moved, until it is met or asked for no longer. */
  async function seeTo(step: AwaitedStep): Promise<void> {
    const isNeedless = (): boolean => !stepsOf(facts).some((other) => keyOf(other) === keyOf(step));
    const { party, ...asked } = step;
    const { ensureStep } = proxyActivities<StepActivities>({ ...OPTIONS, taskQueue: partyQueue(party) });
    while (!isNeedless()) {
      const seen = looks;
      const { met } = await ensureStep({ process: 'call-out', processId: incidentId, ...asked });
      if (met) break;
      // The facts show when a matter has left socialjouren; only the owner knows of the others.
      const isSeenInFacts = step.stepKey === 'morning-handover';
      await condition(() => isNeedless() || (looks > seen && !isSeenInFacts));
    }
    done.add(keyOf(step));
  }

  /** One reading serves every part of the story, however many looks it answers. */
  async function keepReading(): Promise<'grown-long'> {
    let read = 0;
    const isLong = (): boolean => workflowInfo().continueAsNewSuggested;
    for (;;) {
      await condition(() => looks > read || isLong());
      if (isLong()) return 'grown-long'; // the new run reads and asks all of it anew
      read = looks;
      facts = await callOutFacts({ incidentId });
    }
  }
}
