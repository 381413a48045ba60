/** One thing that people of a party must do before the story goes on; key and occurrence tell it from every other. */
export interface AwaitedStep {
  readonly party: string;
  readonly stepKey: string;
  readonly occurrence: string;
}

/** Tells a step from every other of the same case. */
export const keyOf = ({ party, stepKey, occurrence }: AwaitedStep): string =>
  `${party}: ${stepKey} ${occurrence}`;
