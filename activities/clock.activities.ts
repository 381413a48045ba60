import { z } from 'zod';
import { type Clock, ClockSchema } from './clock.js';
import { WireIdSchema } from './wire.js';

const MatterCallSchema = z.object({
  matterId: WireIdSchema,
  deadlineId: WireIdSchema.nullable(),
  rung: z.number().int().min(0),
});
/** The wake-up a matter's clock believes is due; the record decides whether it is. */
export type MatterCall = z.infer<typeof MatterCallSchema>;

/** Custody's deadlines as the courier sees them. */
export interface MatterClockBook {
  /**
   * Reads the record again, calls the rung if it is due (once for a deadline, version and rung), and answers with the
   * clock that holds afterwards. A matter that is closed answers `closed`.
   */
  callAgain(call: MatterCall): Promise<Clock>;
}

export interface ClockDeps {
  readonly book: MatterClockBook;
}

/** The clock of a matter, served on the task queue `courier`. Only the fields of a clock leave, whatever the book answers with. */
export function createClockActivities({ book }: ClockDeps) {
  return {
    async callAgain(call: MatterCall): Promise<Clock> {
      return ClockSchema.parse(await book.callAgain(MatterCallSchema.parse(call)));
    },
  };
}
export type ClockActivities = ReturnType<typeof createClockActivities>;
