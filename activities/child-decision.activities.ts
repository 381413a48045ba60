import { z } from 'zod';
import { type CaseDeps, caseActivities } from './case.activities.js';
import { CodeSchema } from './wire.js';

const ChildDecisionFactsSchema = z.object({
  /** Whether BoU's unit still answers for the child's report. */
  isHeld: z.boolean(),
  /** What the record asks for now, in the order of the story: names of steps, and ids or codes that tell them apart. */
  asked: z.array(z.object({ stepKey: CodeSchema, occurrence: z.string().min(1).max(120) })),
});
/** What the story may know of a child's case: names, ids and instants (C5). */
export type ChildDecisionFacts = z.infer<typeof ChildDecisionFactsSchema>;

/** A child's case at BoU, served on the task queue `party.bou`. */
export function createChildDecisionActivities(deps: CaseDeps<ChildDecisionFacts>) {
  const { facts, close } = caseActivities(ChildDecisionFactsSchema, deps);
  return { childDecisionFacts: facts, closeChildDecision: close };
}
export type ChildDecisionActivities = ReturnType<typeof createChildDecisionActivities>;
