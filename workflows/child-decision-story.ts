import type { ChildDecisionFacts } from '#activities';
import type { AwaitedStep } from './awaited-step.js';

/** The chapters of a child's case at BoU, as DESIGN 6.4 tells them. Which of them is asked for is the record's to say. */
const CHAPTERS = [
  // Arrest, release and contact bans come at any time and wait for nothing.
  'risk-review',
  // The investigation: told at once, planned, checked twice, done within four months or as extended.
  'notices',
  'plan',
  'time-check',
  'investigation',
  // The support: evaluated anew when safety changes, decided anew, commissioned, begun.
  'programme-review',
  'support-review',
  'commission',
  'delivery',
  // What comes after, and beside.
  'follow-up',
  'youth-clinic',
] as const;

/** What the case asks of BoU as its record stands, chapter by chapter. */
export function stepsOf({ asked }: ChildDecisionFacts): readonly AwaitedStep[] {
  return CHAPTERS.flatMap((chapter) =>
    asked
      .filter(({ stepKey }) => stepKey === chapter)
      .map(({ stepKey, occurrence }) => ({ party: 'bou', stepKey, occurrence })),
  );
}

/** Over when the unit no longer answers for the report and nothing of the case is left to do: time alone ends none. */
export function isOver({ isHeld, asked }: ChildDecisionFacts): boolean {
  return !isHeld && asked.length === 0;
}
