import { z } from 'zod';
import { EXTRACT_ASKERS, keysOf } from '#domain';
import {
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

const AskedBySchema = z.enum(keysOf(EXTRACT_ASKERS));

/** Who saw a person's data: a request, as it came in. */
export const RequestExtractSchema = z
  .object({
    actingUnit: UnitIdSchema,
    incidentId: OutwardIdSchema,
    subjectId: OutwardIdSchema,
    askedBy: AskedBySchema,
    words: shortText(2000).meta({
      description: 'How it was asked and how the identity was checked; sealed to the unit',
    }),
  })
  .strict()
  .meta({ id: 'RequestExtract' });
export type RequestExtract = z.infer<typeof RequestExtractSchema>;

export const DecideExtractSchema = z
  .object({
    decision: z.enum(['RELEASE', 'REFUSE']),
    words: shortText(4000).meta({ description: 'The reasons; sealed to the unit' }),
  })
  .strict()
  .meta({ id: 'DecideExtract' });
export type DecideExtract = z.infer<typeof DecideExtractSchema>;

export const ExtractLineSchema = z
  .object({
    extractId: UuidSchema,
    unit: UnitIdSchema,
    askedBy: AskedBySchema,
    askedAt: InstantSchema,
    dueAt: InstantSchema,
    decision: z.enum(['RELEASE', 'REFUSE']).nullable(),
    decidedAt: InstantSchema.nullable(),
  })
  .meta({ id: 'ExtractLine' });
export const ExtractPageSchema = pageOf(ExtractLineSchema, 'ExtractPage');
export type ExtractPage = z.infer<typeof ExtractPageSchema>;

/** What the person gets: functions and units, never a name or an id of staff. */
export const RegisterExtractSchema = z
  .object({
    authority: z.string(),
    madeAt: InstantSchema,
    accesses: z.array(
      z.object({
        at: InstantSchema,
        kind: z.enum(['command', 'reading']),
        what: LabelSchema,
        byFunction: LabelSchema,
        unit: LabelSchema,
      }),
    ),
    disclosures: z.array(
      z.object({
        at: InstantSchema,
        toUnit: LabelSchema,
        purpose: LabelSchema,
        basis: LabelSchema,
        source: z.string(),
        byFunction: LabelSchema,
        unit: LabelSchema,
      }),
    ),
    note: LabelSchema,
  })
  .meta({ id: 'RegisterExtract' });
export type RegisterExtract = z.infer<typeof RegisterExtractSchema>;

export const ExtractTextQuerySchema = z.object({ language: z.enum(['sv', 'en']).default('sv') });
export type ExtractTextQuery = z.infer<typeof ExtractTextQuerySchema>;

/** The same as text to print. */
export const RegisterExtractTextSchema = z
  .object({ language: z.enum(['sv', 'en']), text: z.string() })
  .meta({ id: 'RegisterExtractText' });
