import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CallOutActivities, CallOutFacts, StepActivities, StepAnswer, StepKey } from '#activities';
import { partyQueue } from './ids.js';
import type { CallOutInput } from './inputs.js';
import { lookAgain } from './messages.js';

const OPTIONS = { startToCloseTimeout: '30 seconds', retry: { maximumInterval: '30 seconds' } } as const;

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

  const outcome = await Promise.race([keepReading(), theNightAndTheMorning()]);
  if (outcome === 'grown-long') await continueAsNew<typeof policeCallOutWorkflow>({ incidentId });
  await closeCallOut({ incidentId });

  async function theNightAndTheMorning(): Promise<'told'> {
    // Each waits for its own turn in the record, so that a party that is down holds up nobody else's work.
    await Promise.all([
      childrenLookedFor(),
      attendanceDecided(),
      forEachOnce(childrenOnceSent, protectionAssessed),
      forEachOnce(mattersWithSocialjouren, handedOverInTheMorning),
      condition(() => isCarriedOver(facts)),
    ]);
    return 'told';
  }

  /** E-1: whether a child lives there is looked up at the alarm. Sending never waits for it. */
  async function childrenLookedFor(): Promise<void> {
    await done('police', 'child-check', '1', () => facts.childCheckRecorded || isAllClosed(facts));
  }

  /** E-3, E5: to attend or not is decided with necessity and ground. The flag leads to this question and to no visit. */
  async function attendanceDecided(): Promise<void> {
    await condition(() => asksForAttendance(facts) || isCarriedOver(facts));
    if (asksForAttendance(facts)) {
      await done(firstParty(facts), 'attendance-decision', '1', () => isAllClosed(facts));
    }
  }

  /** D-01, D-02: they bind the first social authority, whoever holds the child's matter when it is done (C9). */
  async function protectionAssessed(childId: string): Promise<void> {
    await done(firstParty(facts), 'protection-assessment', childId, () =>
      isNoLongerAChildHere(facts, childId),
    );
  }

  /** E-9, R-019: what socialjouren holds is handed over when the ordinary units open; done when it holds it no more. */
  async function handedOverInTheMorning(matterId: string): Promise<void> {
    await ask('socialjouren', 'morning-handover', matterId);
    await condition(() => !mattersWithSocialjouren(facts).includes(matterId));
  }

  /** Asks a party for one step, and again whenever the record moved, until it is met or no longer needed. */
  async function done(
    party: SteppingParty,
    stepKey: StepKey,
    occurrence: string,
    isNeedless: () => boolean,
  ): Promise<void> {
    while (!isNeedless()) {
      const seen = looks;
      const { met } = await ask(party, stepKey, occurrence);
      if (met) return;
      await condition(() => looks > seen || isNeedless());
    }
  }

  function ask(party: SteppingParty, stepKey: StepKey, occurrence: string): Promise<StepAnswer> {
    const { ensureStep } = proxyActivities<StepActivities>({ ...OPTIONS, taskQueue: partyQueue(party) });
    return ensureStep({ process: 'call-out', processId: incidentId, stepKey, occurrence });
  }

  /** Does it once for each id, also for those that the record shows only later, until all is carried over. */
  async function forEachOnce(
    idsIn: (facts: CallOutFacts) => readonly string[],
    step: (id: string) => Promise<void>,
    begun: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const fresh = (): string[] => idsIn(facts).filter((id) => !begun.has(id));
    await condition(() => fresh().length > 0 || isCarriedOver(facts));
    const ids = fresh();
    if (ids.length === 0) return;
    await Promise.all([...ids.map(step), forEachOnce(idsIn, step, new Set([...begun, ...ids]))]);
  }

  /** One reading serves every part of the story, however many looks it answers. */
  async function keepReading(): Promise<'grown-long'> {
    for (let read = 0; !workflowInfo().continueAsNewSuggested; ) {
      await condition(() => looks > read || workflowInfo().continueAsNewSuggested);
      read = looks;
      facts = await callOutFacts({ incidentId });
    }
    return 'grown-long';
  }
}

type SteppingParty = 'police' | 'socialjouren' | 'bou';

/** Whom the first social party's steps are asked of: of the ordinary units, BoU, since they concern children. */
const firstParty = ({ firstSocialParty }: CallOutFacts): SteppingParty =>
  firstSocialParty === 'ordinary' ? 'bou' : 'socialjouren';

/** The programme is for families with children and the question is the social side's: none without all three. */
const asksForAttendance = ({ programme, children, firstSocialParty }: CallOutFacts): boolean =>
  programme !== null && children.length > 0 && firstSocialParty !== null;

const childrenOnceSent = ({ children, firstSocialParty }: CallOutFacts): readonly string[] =>
  firstSocialParty === null ? [] : children;

const mattersWithSocialjouren = ({ matters }: CallOutFacts): readonly string[] =>
  matters.filter(({ state }) => state === 'held-by-socialjouren').map(({ matterId }) => matterId);

const isAllClosed = ({ matters }: CallOutFacts): boolean =>
  matters.length > 0 && matters.every(({ state }) => state === 'closed');

/** Re-typed as an adult, or nothing about the child is open any more. */
const isNoLongerAChildHere = ({ children, matters }: CallOutFacts, childId: string): boolean => {
  const own = matters.filter(({ subjectId }) => subjectId === childId);
  return !children.includes(childId) || (own.length > 0 && own.every(({ state }) => state === 'closed'));
};

const CARRIED_OVER: ReadonlySet<string> = new Set(['held-by-ordinary', 'held-elsewhere', 'closed']);

/** Whether the morning has come for everyone; a child or an adult victim without any matter keeps the story open. */
const isCarriedOver = ({ children, adultVictims, matters }: CallOutFacts): boolean =>
  matters.every(({ state }) => CARRIED_OVER.has(state)) &&
  [...children, ...adultVictims].every((id) => matters.some(({ subjectId }) => subjectId === id));
