import { z } from 'zod';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  PageQuerySchema,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/** All that the coordinator learns of a route (DESIGN 12). */
export const RouteGroupSchema = z.enum(['acute', 'morning', 'support', 'care']);

/** One late deadline. No kind of matter, no subject, no staff, no place: whose move it is, by which rule, since when. */
const StalledLineSchema = z
  .object({
    deadlineId: UuidSchema,
    matterId: UuidSchema,
    handoffId: UuidSchema.nullable().meta({ description: 'The open offer that the time is about' }),
    group: RouteGroupSchema,
    late: z.object({
      since: InstantSchema,
      minutes: z.int().meta({ description: 'Whole minutes of record time' }),
    }),
    rule: z.object({ code: z.string(), label: LabelSchema, because: z.array(BecauseSchema) }),
    move: UnitIdSchema.meta({ description: 'The unit whose move it is' }),
    responsible: UnitIdSchema.meta({ description: 'The unit that answers for the matter' }),
    rung: z.int().meta({ description: 'How many rungs of the ladder have been called' }),
  })
  .meta({ id: 'StalledLine' });

/** A wake-up that Temporal refuses; a person has to look. */
const ParkedStreamSchema = z
  .object({
    schema: z.string(),
    kind: z.string(),
    matterId: UuidSchema.nullable(),
    since: InstantSchema,
    code: z.string(),
  })
  .meta({ id: 'ParkedStream' });

/** Something the watchdog sees, while it sees it: a figure, never an id. */
const FindingSchema = z
  .object({
    kind: z.string(),
    label: LabelSchema,
    next: LabelSchema,
    place: z.string().nullable().meta({ description: 'Which schema or party, where there is one' }),
    since: InstantSchema,
    lastSeen: InstantSchema,
    count: z.int(),
    oldest: InstantSchema.nullable(),
  })
  .meta({ id: 'Finding' });

export const StalledPageSchema = z
  .object({
    now: InstantSchema.meta({ description: 'Record time' }),
    items: z.array(StalledLineSchema),
    next: z.string().nullable(),
    parked: z.array(ParkedStreamSchema),
    findings: z.array(FindingSchema),
  })
  .meta({ id: 'StalledPage' });
export type StalledPage = z.infer<typeof StalledPageSchema>;

export const StalledQuerySchema = PageQuerySchema.extend({
  unit: UnitIdSchema.optional().meta({ description: 'The unit whose move it is' }),
  group: RouteGroupSchema.optional(),
});
export type StalledQuery = z.infer<typeof StalledQuerySchema>;

/** The unbroken line as coordination may see it: units and instants. */
export const CoordinationLineSchema = z
  .object({
    matterId: UuidSchema,
    spells: z.array(z.object({ unit: UnitIdSchema, from: InstantSchema, until: InstantSchema.nullable() })),
  })
  .meta({ id: 'CoordinationLine' });
export type CoordinationLine = z.infer<typeof CoordinationLineSchema>;
