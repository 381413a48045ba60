import { z } from 'zod';
import { isStepOf, PROCESS_NAMES } from '#domain';
import { CodeSchema, WireIdSchema } from './wire.js';

const StepSchema = z
  .object({
    process: z.enum(PROCESS_NAMES),
    processId: WireIdSchema,
    stepKey: CodeSchema,
    /** Which of several: a subject, a matter, a date; `1` where there is one. */
    occurrence: WireIdSchema,
  })
  .refine(({ process, stepKey }) => isStepOf(process, stepKey), { message: 'no step of this process' });
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
