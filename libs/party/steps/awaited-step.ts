import type { DeadlineRuleId, LadderName, UnitId } from '#domain';

/** What a process awaits of people, as `#activities` names it, which a library may not see. The key of one deadline. */
export interface AwaitedHumanStep {
  readonly process: string;
  readonly processId: string;
  readonly stepKey: string;
  readonly occurrence: string;
}

/** Whether people have done it; `outcome` is a code. */
export interface StepState {
  readonly met: boolean;
  readonly outcome: string | null;
}

/** How a party's own step is asked: of whom, since when, by which rule. */
export interface StepTerms {
  readonly rule: DeadlineRuleId;
  readonly ladder: LadderName;
  readonly startEvent: string;
  readonly startAt: Date;
  readonly askedOf: UnitId;
  /** Other instants that the rule may count from. */
  readonly events?: Readonly<Record<string, Date>>;
}
