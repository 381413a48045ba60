import { z } from 'zod';
import { BREAK_GLASS_REASONS, BREAK_GLASS_RESULTS, keysOf } from '#domain';
import { InstantSchema, LabelSchema, pageOf, shortText, UnitIdSchema, UuidSchema } from '../wire/index.js';

/** Opens a matter of one's own unit in an emergency. */
export const BreakGlassSchema = z
  .object({
    actingUnit: UnitIdSchema,
    matterId: UuidSchema,
    reason: z.enum(keysOf(BREAK_GLASS_REASONS)),
    words: shortText(2000).meta({ description: 'Why, in words; sealed to the unit' }),
  })
  .strict()
  .meta({ id: 'BreakGlass' });
export type BreakGlass = z.infer<typeof BreakGlassSchema>;

export const GlassBrokenSchema = z
  .object({
    breakGlassId: UuidSchema,
    openedAt: InstantSchema,
    expiresAt: InstantSchema,
    reviewBy: InstantSchema,
  })
  .meta({ id: 'GlassBroken' });
export type GlassBroken = z.infer<typeof GlassBrokenSchema>;

export const BreakGlassContentSchema = z
  .object({
    breakGlassId: UuidSchema,
    expiresAt: InstantSchema,
    answers: z.array(
      z.object({
        field: z.string(),
        label: LabelSchema,
        value: z.unknown(),
        concerns: z.array(z.string()),
        source: z.string(),
        keepFrom: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'BreakGlassContent' });

export const BreakGlassWordsSchema = z
  .object({ breakGlassId: UuidSchema, words: z.string() })
  .meta({ id: 'BreakGlassWords' });

/** For the reviewer: who, why by code, and what was found; no content of the matter. */
export const BreakGlassLineSchema = z
  .object({
    breakGlassId: UuidSchema,
    unit: UnitIdSchema,
    matterId: UuidSchema,
    person: z.string(),
    because: z.enum(['assigned-to-another', 'off-shift']),
    reason: z.enum(keysOf(BREAK_GLASS_REASONS)),
    reasonLabel: LabelSchema,
    openedAt: InstantSchema,
    expiresAt: InstantSchema,
    review: z
      .object({ result: z.enum(keysOf(BREAK_GLASS_RESULTS)), by: z.string(), at: InstantSchema })
      .nullable(),
  })
  .meta({ id: 'BreakGlassLine' });
export const BreakGlassPageSchema = pageOf(BreakGlassLineSchema, 'BreakGlassPage');
export type BreakGlassPage = z.infer<typeof BreakGlassPageSchema>;

export const ReviewBreakGlassSchema = z
  .object({
    result: z.enum(keysOf(BREAK_GLASS_RESULTS)),
    words: shortText(2000).optional().meta({ description: 'Sealed to the unit' }),
  })
  .strict()
  .meta({ id: 'ReviewBreakGlass' });
export type ReviewBreakGlass = z.infer<typeof ReviewBreakGlassSchema>;
