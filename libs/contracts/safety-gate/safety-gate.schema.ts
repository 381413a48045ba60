import { z } from 'zod';
import { CLOSED_BECAUSE, keysOf, POSTPONING_GROUNDS, REACHED_RELATIONS } from '#domain';
import { ReachedPersonSchema } from '../consents/consent.schema.js';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  LocalDaySchema,
  OutwardIdSchema,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/** A guardian or relative whom the record does not know as a person of the incident. */
const NewPersonSchema = z
  .object({
    relation: z.enum(['guardian', 'relative', 'alleged-perpetrator']),
    description: shortText(300).meta({ description: 'Who it is; sealed' }),
  })
  .strict();

/** Whether one person may be reached: now, or not before a review. One decision for each person. */
export const DecideSafetyGateSchema = z
  .object({
    actingUnit: UnitIdSchema,
    person: z.union([ReachedPersonSchema, NewPersonSchema]),
    relation: z
      .enum(['guardian', 'relative'])
      .optional()
      .meta({ description: 'Of a person of the incident; an alleged perpetrator is always one' }),
    decision: z.enum(['now', 'postponed']),
    ground: z.enum(keysOf(POSTPONING_GROUNDS)).optional().meta({ description: 'Of a postponed one' }),
    reasons: shortText(2000).meta({ description: 'Sealed' }),
    reviewOn: LocalDaySchema.optional().meta({
      description: 'Of a postponed one: reviewed by the end of that day',
    }),
  })
  .refine(
    ({ decision, ground, reviewOn }) =>
      (decision === 'postponed') === (ground !== undefined) &&
      (ground === undefined) === (reviewOn === undefined),
    {
      path: ['reviewOn'],
      error: 'a postponed decision has a ground and a day of review; one of now has neither',
    },
  )
  .meta({ id: 'DecideSafetyGate' });
export type DecideSafetyGate = z.infer<typeof DecideSafetyGateSchema>;

/** That it is recorded, and how to name the person from now on. */
export const SafetyGateDecidedSchema = z
  .object({
    recordId: UuidSchema,
    recordedAt: InstantSchema,
    version: z.int().min(1),
    person: z.union([z.object({ subjectId: OutwardIdSchema }), z.object({ personRef: UuidSchema })]),
  })
  .meta({ id: 'SafetyGateDecided' });
export type SafetyGateDecided = z.infer<typeof SafetyGateDecidedSchema>;

/** One decision; the reasons are sealed and not here. */
export const SafetyGateLineSchema = z
  .object({
    recordId: UuidSchema,
    actingUnit: UnitIdSchema,
    person: z.union([z.object({ subjectId: OutwardIdSchema }), z.object({ personRef: UuidSchema })]),
    relation: z.enum(keysOf(REACHED_RELATIONS)),
    decision: z.enum(['now', 'postponed']),
    ground: z.object({ code: z.enum(keysOf(POSTPONING_GROUNDS)), label: LabelSchema }).nullable(),
    isNewest: z.boolean().meta({ description: 'The newest about a person counts' }),
    recordedAt: InstantSchema,
    version: z.int().min(1),
    gate: z
      .object({ open: z.boolean(), because: z.enum(keysOf(CLOSED_BECAUSE)).nullable() })
      .meta({ description: 'As of now, for a person of your unit who chooses to reach them' }),
    review: z
      .object({ dueAt: InstantSchema, isPast: z.boolean(), because: z.array(BecauseSchema) })
      .nullable()
      .meta({ description: 'The work that a postponed one leaves' }),
  })
  .meta({ id: 'SafetyGateLine' });
export const SafetyGatePageSchema = pageOf(SafetyGateLineSchema, 'SafetyGatePage');
export type SafetyGatePage = z.infer<typeof SafetyGatePageSchema>;

/** The words of one decision: why, and who the person is where the record does not know. The reading is audited. */
export const SafetyGateWordsSchema = z
  .object({ recordId: UuidSchema, reasons: z.string(), person: z.string().nullable() })
  .meta({ id: 'SafetyGateWords' });
export type SafetyGateWords = z.infer<typeof SafetyGateWordsSchema>;
