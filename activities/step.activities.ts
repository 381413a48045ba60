import { z } from 'zod';
import { CodeSchema, WireIdSchema } from './wire.js';

/**
 * The human steps the call-out awaits, and what an `occurrence` of each is:
 * - `child-check`: at the alarm, asked of the police (E-1); occurrence `1`
 * - `attendance-decision`: attend or not, with necessity and legal ground, asked of the first social party before any
 *   home visit (E-3, E5: the programme's flag alone never opens a visit); occurrence `1`
 * - `protection-assessment`: per child, the same day (D-01, D-02); occurrence: the child's subject id
 * - `morning-handover`: per matter that socialjouren holds (E-9, R-019); occurrence: the matter id
 */
export const STEP_KEYS = [
  'child-check',
  'attendance-decision',
  'protection-assessment',
  'morning-handover',
] as const;
export type StepKey = (typeof STEP_KEYS)[number];

const StepSchema = z.object({
  process: z.literal('call-out'),
  processId: WireIdSchema,
  stepKey: z.enum(STEP_KEYS),
  occurrence: WireIdSchema,
});
/** (process, processId, stepKey, occurrence) is the unique key of one deadline in the owner's schema. */
export type Step = z.infer<typeof StepSchema>;

const StepAnswerSchema = z.object({ met: z.boolean(), outcome: CodeSchema.nullable() });
/** Whether people have done the step; `outcome` is a code, never text. */
export type StepAnswer = z.infer<typeof StepAnswerSchema>;

/** The work one party is asked for. */
export interface StepBook {
  /**
   * Makes sure that the step's one deadline exists, and says whether it is met. Idempotent: opened once however often
   * it is asked, never opened again once met. Where custody's own commands open the deadline, it is that one.
   */
  ensure(step: Step): Promise<StepAnswer>;
}

export interface StepDeps {
  readonly book: StepBook;
}

/** The steps of one party, served on the task queue `party.<party>`. Only `met` and a code leave. */
export function createStepActivities({ book }: StepDeps) {
  return {
    async ensureStep(step: Step): Promise<StepAnswer> {
      return StepAnswerSchema.parse(await book.ensure(StepSchema.parse(step)));
    },
  };
}
export type StepActivities = ReturnType<typeof createStepActivities>;
