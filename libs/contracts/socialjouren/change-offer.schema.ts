import { z } from 'zod';
import {
  InstantSchema,
  OutwardIdSchema,
  shortText,
  UnitIdSchema,
  UuidSchema,
  VersionSchema,
} from '../wire/index.js';

/** What the police know of the first two conditions of an offer to the alleged perpetrator (DESIGN 6.2). */
export const RecordChangeConditionsSchema = z
  .object({
    actingUnit: UnitIdSchema,
    told: z.boolean().meta({ description: 'He has been told of the help there is' }),
    agreesToContact: z.boolean(),
    saidAt: InstantSchema,
    note: shortText(500).meta({
      description: 'How he was told and what he said: sealed to the police alone',
    }),
  })
  .refine(({ told, agreesToContact }) => told || !agreesToContact, {
    path: ['agreesToContact'],
    error: 'who was not told has not agreed',
  })
  .meta({ id: 'RecordChangeConditions' });
export type RecordChangeConditions = z.infer<typeof RecordChangeConditionsSchema>;

/** The third condition, set by the unit that answers for her; from then on he may be offered change work. */
export const OfferChangeSchema = z
  .object({
    safeFrom: InstantSchema.meta({ description: 'From when it is safe for her that he is contacted' }),
    reasons: shortText(2000).meta({ description: 'Sealed' }),
    subjectId: OutwardIdSchema.optional().meta({
      description: 'Which of several, where more than one agrees',
    }),
  })
  .meta({ id: 'OfferChange' });
export type OfferChange = z.infer<typeof OfferChangeSchema>;

export const ChangeOfferedSchema = z
  .object({
    recordId: UuidSchema,
    recordedAt: InstantSchema,
    version: VersionSchema,
    matterId: UuidSchema.nullable().meta({ description: 'His matter; null while it is not safe yet' }),
  })
  .meta({ id: 'ChangeOffered' });
export type ChangeOffered = z.infer<typeof ChangeOfferedSchema>;
