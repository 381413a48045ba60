/** One lawful step. A step whose `to` equals its `from` is a mark: it is recorded and moves no phase. */
export interface Transition<Phase extends string, Action extends string, Side extends string> {
  readonly action: Action;
  readonly from: Phase;
  readonly to: Phase;
  readonly side: Side;
  /** Tells two steps of one action apart, when the command's input decides where it leads. */
  readonly variant?: string;
}

/** A small state machine as data. Terminal phases are left by no step; marks on them are allowed. */
export interface Machine<Phase extends string, Action extends string, Side extends string> {
  readonly name: string;
  readonly initial: Phase;
  readonly phases: readonly Phase[];
  readonly terminal: readonly Phase[];
  readonly transitions: readonly Transition<Phase, Action, Side>[];
}

/**
 * The step that `side` takes by `action` in `phase`, or undefined when the machine has none.
 * `variant` is needed only where one action leads to two places (confirming a cancellation).
 */
export function findTransition<Phase extends string, Action extends string, Side extends string>(
  machine: Machine<Phase, Action, Side>,
  step: { phase: Phase; action: Action; side: Side; variant?: string },
): Transition<Phase, Action, Side> | undefined {
  return machine.transitions.find(
    (candidate) =>
      candidate.from === step.phase &&
      candidate.action === step.action &&
      candidate.side === step.side &&
      (step.variant === undefined || candidate.variant === step.variant),
  );
}
