import { z } from 'zod';
import { type Clock, ClockSchema } from './clock.js';
import { WireIdSchema } from './wire.js';

const PartyCallSchema = z.object({
  schema: WireIdSchema,
  clockId: WireIdSchema,
  deadlineId: WireIdSchema.nullable(),
  rung: z.number().int().min(0),
});
/** The wake-up a party's own clock believes is due. */
export type PartyCall = z.infer<typeof PartyCallSchema>;

/** The deadlines of one party's schema. */
export interface PartyClockBook {
  /** As `MatterClockBook.callAgain`, over the party's own schema. */
  callAgain(call: PartyCall): Promise<Clock>;
}

export interface PartyClockDeps {
  readonly book: PartyClockBook;
}

/** A party's own clocks, served on the task queue `party.<schema>`. Only the fields of a clock leave. */
export function createPartyClockActivities({ book }: PartyClockDeps) {
  return {
    async callAgainParty(call: PartyCall): Promise<Clock> {
      return ClockSchema.parse(await book.callAgain(PartyCallSchema.parse(call)));
    },
  };
}
export type PartyClockActivities = ReturnType<typeof createPartyClockActivities>;
