import { z } from 'zod';

const HOUR = 3_600_000;
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const DurationSchema = z.string().transform((text, context): number => {
  const match = DURATION.exec(text);
  const [, days, hours, minutes, seconds] = (match ?? []).map((part) => Number(part ?? 0));
  if (match === null || text === 'P' || text.endsWith('T')) {
    context.addIssue('write a duration as PT9H, PT30M or P1DT2H');
    return z.NEVER;
  }
  return (days ?? 0) * 24 * HOUR + (hours ?? 0) * HOUR + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1_000;
});

/** `{ "by": "PT9H" }` or `{ "to": "2026-05-14T08:00:00+02:00" }`; forward only. */
export const AdvanceSchema = z.union([
  z.strictObject({ by: DurationSchema }),
  z.strictObject({ to: z.iso.datetime({ offset: true }).transform((text) => new Date(text)) }),
]);
export type Advance = z.infer<typeof AdvanceSchema>;

/** The target of an advance that is asked for at `now`. */
export function targetOf(advance: Advance, now: Date): Date {
  return 'by' in advance ? new Date(now.getTime() + advance.by) : advance.to;
}
