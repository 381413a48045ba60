import { z } from 'zod';
import { CodeSchema, WireIdSchema } from './wire.js';

/** Where a matter of the call-out is, as far as the story must know. */
const MATTER_STATES = [
  'unsent',
  'offered',
  'held-by-police',
  'held-by-socialjouren',
  'held-by-ordinary',
  'held-elsewhere',
  'closed',
] as const;
export type CallOutMatterState = (typeof MATTER_STATES)[number];

const CallOutSchema = z.object({ incidentId: WireIdSchema });
export type CallOut = z.infer<typeof CallOutSchema>;

const CallOutFactsSchema = z.object({
  /** The programme in force at the place on the day (Islandsprojektet), or null for an ordinary call-out. */
  programme: CodeSchema.nullable(),
  childCheckRecorded: z.boolean(),
  /** Whom the police sent it to first: socialjouren out of hours, ordinary units in office hours; null until sent. */
  firstSocialParty: z.enum(['socialjouren', 'ordinary']).nullable(),
  children: z.array(WireIdSchema),
  adultVictims: z.array(WireIdSchema),
  matters: z.array(
    z.object({
      matterId: WireIdSchema,
      kind: CodeSchema,
      subjectId: WireIdSchema,
      state: z.enum(MATTER_STATES),
      responsibleParty: CodeSchema,
    }),
  ),
});
/** What the story may know of a call-out: ids, kinds and states (C5). */
export type CallOutFacts = z.infer<typeof CallOutFactsSchema>;
export type CallOutMatter = CallOutFacts['matters'][number];

/** The police's record of a call-out. */
export interface CallOutBook {
  /** Reads the call-out as it stands now. */
  facts(callOut: CallOut): Promise<CallOutFacts>;
  /** Closes the call-out's stream; closing it again changes nothing. */
  close(callOut: CallOut): Promise<void>;
}

export interface CallOutDeps {
  readonly book: CallOutBook;
}

/** The call-out of the police, served on the task queue `party.police`. */
export function createCallOutActivities({ book }: CallOutDeps) {
  return {
    async callOutFacts(callOut: CallOut): Promise<CallOutFacts> {
      return CallOutFactsSchema.parse(await book.facts(CallOutSchema.parse(callOut)));
    },
    async closeCallOut(callOut: CallOut): Promise<void> {
      await book.close(CallOutSchema.parse(callOut));
    },
  };
}
export type CallOutActivities = ReturnType<typeof createCallOutActivities>;
