import { z } from 'zod';

/**
 * A clock as of one version: what a workflow needs to know in order to sleep, and nothing else (C5).
 * `waitMs` is milliseconds left in record time, computed when it is told: 0 or less is due now, null is nothing armed.
 */
export const ClockSchema = z.object({
  version: z.number().int().min(0),
  closed: z.boolean(),
  waitMs: z.number().nullable(),
  deadlineId: z.string().nullable(),
  rung: z.number().int().min(0),
});
export type Clock = z.infer<typeof ClockSchema>;
