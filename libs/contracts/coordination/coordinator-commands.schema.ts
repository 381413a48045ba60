import { z } from 'zod';
import { InstantSchema, UnitIdSchema, UuidSchema } from '../wire/index.js';

/** A reminder needs no words: it says that there is something to open. */
export const NudgeInputSchema = z.strictObject({}).meta({ id: 'NudgeInput' });

export const NudgedSchema = z
  .object({
    at: InstantSchema,
    matterId: UuidSchema,
    unit: UnitIdSchema.meta({ description: 'The unit that was reminded' }),
  })
  .meta({ id: 'Nudged' });
export type NudgedView = z.infer<typeof NudgedSchema>;

/** Proposes another receiver to the unit that sent; moves nothing. */
export const ProposeRouteInputSchema = z
  .strictObject({
    toUnit: UnitIdSchema,
    reason: z.enum(['NOT_ANSWERED', 'WRONG_DISTRICT', 'RECEIVER_ENDS']),
  })
  .meta({ id: 'ProposeRouteInput' });
export type ProposeRouteInput = z.infer<typeof ProposeRouteInputSchema>;

export const RouteProposedSchema = z
  .object({
    at: InstantSchema,
    handoffId: UuidSchema,
    toUnit: UnitIdSchema,
    askedOf: UnitIdSchema.meta({ description: 'The sending unit, which decides' }),
  })
  .meta({ id: 'RouteProposed' });
export type RouteProposedView = z.infer<typeof RouteProposedSchema>;
