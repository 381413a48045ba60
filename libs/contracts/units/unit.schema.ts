import { z } from 'zod';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  LocalDaySchema,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/** A function address, as the directory has it; unconfirmed rows say so. */
export const UnitLineSchema = z
  .object({
    id: UnitIdSchema,
    name: z.string(),
    kind: z.string(),
    party: z.string(),
    authority: z.string().nullable(),
    validFrom: LocalDaySchema.nullable(),
    validTo: LocalDaySchema.nullable(),
    external: z.array(z.object({ code: z.string(), text: LabelSchema })),
    fallback: UnitIdSchema.nullable(),
    isConfirmed: z.boolean(),
    evidence: z.object({ tag: z.string(), source: z.string() }),
    mine: z.boolean(),
  })
  .meta({ id: 'UnitLine' });
export const UnitPageSchema = pageOf(UnitLineSchema, 'UnitPage');
export type UnitPage = z.infer<typeof UnitPageSchema>;

export const UnitQuerySchema = z.object({
  party: z.string().max(30).optional(),
  after: UnitIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type UnitQuery = z.infer<typeof UnitQuerySchema>;

/** Public keys of a unit, for checking its receipts without asking anyone. */
export const UnitKeysSchema = z
  .object({ keys: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'UnitKeys' });
export type UnitKeys = z.infer<typeof UnitKeysSchema>;

/** Succession moves all that a unit holds; the second person approves what the first proposed (C2). */
export const ProposeSuccessionSchema = z
  .object({ successor: UnitIdSchema, approves: UuidSchema.optional() })
  .meta({ id: 'ProposeSuccession' });
export type ProposeSuccession = z.infer<typeof ProposeSuccessionSchema>;

export const SuccessionViewSchema = z
  .object({
    successionId: UuidSchema,
    unit: UnitIdSchema,
    successor: UnitIdSchema,
    state: z.enum(['proposed', 'done']),
    moved: z.int().nullable(),
  })
  .meta({ id: 'SuccessionView' });
export type SuccessionView = z.infer<typeof SuccessionViewSchema>;

const RotaDutySchema = z.enum(['on-duty', 'deputy-head']).meta({
  description: 'A deputy head has the role of unit head while the spell lasts',
});
const personId = shortText(120).meta({ description: 'As the token names the person' });

export const RotaSchema = z
  .object({
    unit: UnitIdSchema,
    at: InstantSchema,
    spells: z.array(
      z.object({
        spellId: UuidSchema,
        person: z.string(),
        duty: RotaDutySchema,
        from: InstantSchema,
        until: InstantSchema,
        isNow: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Rota' });
export type Rota = z.infer<typeof RotaSchema>;

/** Puts somebody on the rota, or ends a spell of it. */
export const ChangeRotaSchema = z
  .discriminatedUnion('change', [
    z.object({
      change: z.literal('put-on'),
      person: personId,
      duty: RotaDutySchema,
      from: InstantSchema.optional().meta({ description: 'Now, when not said' }),
      until: InstantSchema,
    }),
    z.object({ change: z.literal('take-off'), spellId: UuidSchema }),
  ])
  .meta({ id: 'ChangeRota' });
export type ChangeRota = z.infer<typeof ChangeRotaSchema>;

export const RoutingQuerySchema = z.object({
  place: shortText(60).meta({ description: 'Stadsdel, locality or municipality', example: 'Älvsjö' }),
  on: LocalDaySchema.optional(),
});
export type RoutingQuery = z.infer<typeof RoutingQuerySchema>;

export const RoutingExplainedSchema = z
  .object({
    place: z.string(),
    on: LocalDaySchema,
    district: z.string().nullable(),
    municipality: z.string(),
    units: z.array(
      z.object({
        role: z.string(),
        unit: UnitIdSchema.nullable(),
        name: z.string().nullable(),
        external: z.array(z.object({ code: z.string(), text: LabelSchema })),
      }),
    ),
    because: z.array(BecauseSchema),
  })
  .meta({ id: 'RoutingExplained' });
export type RoutingExplained = z.infer<typeof RoutingExplainedSchema>;
