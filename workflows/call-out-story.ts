import type { CallOutFacts } from '#activities';
import type { AwaitedStep } from './awaited-step.js';

/**
 * What the call-out asks of people as the record stands, in the order of the night (domain E4). A step that is asked for no
 * longer (a matter closed, a child re-typed as an adult, a matter handed over) is not awaited any more.
 */
export function stepsOf(facts: CallOutFacts): readonly AwaitedStep[] {
  return [
    ...childCheck(facts),
    ...attendanceDecision(facts),
    ...protectionAssessments(facts),
    ...morningHandovers(facts),
  ];
}

/** Whether the morning has come for everyone; a child or an adult victim without any matter is not forgotten. */
export function isCarriedOver({ children, adultVictims, matters }: CallOutFacts): boolean {
  return (
    matters.every(({ state }) => CARRIED_OVER.has(state)) &&
    [...children, ...adultVictims].every((id) => matters.some(({ subjectId }) => subjectId === id))
  );
}

const CARRIED_OVER: ReadonlySet<string> = new Set(['held-by-ordinary', 'held-elsewhere', 'closed']);
const ONCE = '1';

/** E-1: whether a child lives there is looked up at the alarm. Nothing else waits for it. */
function childCheck(facts: CallOutFacts): AwaitedStep[] {
  if (facts.childCheckRecorded || isAllClosed(facts)) return [];
  return [{ party: 'police', stepKey: 'child-check', occurrence: ONCE }];
}

/**
 * E-3, E5: to attend or not is decided with necessity and ground. The programme is for families with children and
 * the question is the social side's, so it takes all three; the flag leads to this question and to no visit.
 */
function attendanceDecision(facts: CallOutFacts): AwaitedStep[] {
  const party = firstParty(facts);
  if (party === null || facts.programme === null || facts.children.length === 0 || isAllClosed(facts))
    return [];
  return [{ party, stepKey: 'attendance-decision', occurrence: ONCE }];
}

/** D-01, D-02: they bind the first social authority, whoever holds the child's matter when it is done (C9). */
function protectionAssessments(facts: CallOutFacts): AwaitedStep[] {
  const party = firstParty(facts);
  if (party === null) return [];
  return facts.children
    .filter(
      (child) => !isAllClosed({ matters: facts.matters.filter(({ subjectId }) => subjectId === child) }),
    )
    .map((child) => ({ party, stepKey: 'protection-assessment', occurrence: child }));
}

/** E-9, R-019: what socialjouren holds is handed over when the ordinary units open. */
function morningHandovers({ matters }: CallOutFacts): AwaitedStep[] {
  return matters
    .filter(({ state }) => state === 'held-by-socialjouren')
    .map(({ matterId }) => ({ party: 'socialjouren', stepKey: 'morning-handover', occurrence: matterId }));
}

function firstParty({ firstSocialParty }: CallOutFacts): 'socialjouren' | 'bou' | null {
  return firstSocialParty === 'ordinary' ? 'bou' : firstSocialParty;
}

const isAllClosed = ({ matters }: Pick<CallOutFacts, 'matters'>): boolean =>
  matters.length > 0 && matters.every(({ state }) => state === 'closed');
