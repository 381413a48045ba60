import { z } from 'zod';
import { CHILD_ACTS, keysOf } from '#domain';
import { BecauseSchema, InstantSchema, LabelSchema, UuidSchema } from '../wire/index.js';

const AskedSchema = z.object({
  step: z.string(),
  label: LabelSchema,
  occurrence: z.string(),
  rule: z.string(),
  dueAt: InstantSchema,
  isPast: z.boolean(),
  because: z.array(BecauseSchema),
});

const ActLineSchema = z.object({
  recordId: UuidSchema,
  kind: z.enum(keysOf(CHILD_ACTS)),
  label: LabelSchema,
  outcome: z.string(),
  at: InstantSchema,
  until: InstantSchema.nullable(),
  recordedAt: InstantSchema,
  isTakenBack: z.boolean(),
});

/** A child's case at BoU: codes and instants; the words are in the case file. */
export const ChildCaseViewSchema = z
  .object({
    caseId: UuidSchema,
    matterId: UuidSchema,
    phase: z.enum(['undecided', 'not-opened', 'running', 'closed']),
    openedAt: InstantSchema.nullable(),
    endsAt: InstantSchema.nullable().meta({ description: 'Until when the investigation is to be done' }),
    isExtended: z.boolean(),
    programme: z.string().nullable(),
    support: z
      .object({
        outcome: z.string(),
        decidedAt: InstantSchema,
        startedAt: InstantSchema.nullable(),
        endedAt: InstantSchema.nullable(),
        sessions: z.int().min(0),
        usualSessions: z.object({ from: z.int(), to: z.int() }).nullable(),
      })
      .nullable(),
    isFollowedUp: z.boolean(),
    asks: z.array(AskedSchema).meta({ description: 'What waits for you, in the order of the story' }),
    acts: z.array(ActLineSchema),
  })
  .meta({ id: 'ChildCase' });
export type ChildCaseView = z.infer<typeof ChildCaseViewSchema>;
