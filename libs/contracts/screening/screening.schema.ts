import { z } from 'zod';
import { keysOf, SCREENING_INSTRUMENTS, SCREENING_OCCASIONS } from '#domain';
import {
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/**
 * A self-rating of trauma symptoms, anxiety or low mood (REC-5). Acute risk of suicide ends the form: nothing of the answers
 * is kept, and the answer says whom to ring.
 */
export const RecordScreeningSchema = z
  .object({
    actingUnit: UnitIdSchema,
    instrument: z.enum(keysOf(SCREENING_INSTRUMENTS)),
    instrumentVersion: z.string().max(40),
    occasion: z.enum(keysOf(SCREENING_OCCASIONS)),
    acuteSuicidality: z.enum(['YES', 'NO', 'NOT_ASKED']),
    declined: z.boolean().default(false).meta({ description: 'Offered, and the person said no' }),
    answers: z
      .array(z.object({ item: z.int().min(1).max(100), value: z.int().min(0).max(10) }).strict())
      .max(100)
      .default([])
      .meta({ description: 'Raw, by the number in the form; sealed' }),
    note: shortText(2000).optional().meta({ description: 'Of who interpreted it; sealed' }),
    screenedAt: InstantSchema.meta({ description: 'When it was filled in; may be before now' }),
  })
  .strict()
  .refine(
    ({ declined, acuteSuicidality, answers }) =>
      answers.length === 0 || (!declined && acuteSuicidality !== 'YES'),
    {
      path: ['answers'],
      error: 'who said no, or who is in acute danger, is asked no more',
    },
  )
  .meta({ id: 'RecordScreening' });
export type RecordScreening = z.infer<typeof RecordScreeningSchema>;

const ToRingSchema = z.object({
  label: LabelSchema,
  unit: UnitIdSchema.nullable(),
  number: z.string().nullable(),
  isPlaceholder: z.boolean(),
});

export const ScreeningRecordedSchema = z
  .object({
    recordId: UuidSchema,
    recordedAt: InstantSchema,
    version: z.int().min(1),
    result: z.string(),
    resultLabel: LabelSchema,
    is: LabelSchema.meta({ description: 'What a rating is and is not' }),
    ring: z.array(ToRingSchema).meta({ description: 'Whom to ring now: filled when the form was stopped' }),
  })
  .meta({ id: 'ScreeningRecorded' });
export type ScreeningRecorded = z.infer<typeof ScreeningRecordedSchema>;

const ScreeningLineSchema = z
  .object({
    screeningId: UuidSchema,
    subjectId: OutwardIdSchema,
    instrument: z.string(),
    instrumentVersion: z.string(),
    occasion: z.string(),
    screenedAt: InstantSchema,
    result: z.string(),
    resultLabel: LabelSchema,
    interpretedBy: z.string(),
    standing: z.enum(['stands', 'entered-in-error']),
  })
  .meta({ id: 'ScreeningLine' });
export const ScreeningListSchema = z
  .object({ items: z.array(ScreeningLineSchema), is: LabelSchema, next: z.null() })
  .meta({ id: 'ScreeningList' });
export type ScreeningList = z.infer<typeof ScreeningListSchema>;

export const ScreeningWordsSchema = z
  .object({
    screeningId: UuidSchema,
    answers: z.array(z.object({ item: z.int(), value: z.int() })),
    sums: z.array(z.object({ scale: z.string(), sum: z.int() })),
    cutOffs: z.array(
      z.object({
        code: z.string(),
        label: LabelSchema,
        from: z.int(),
        tag: z.string(),
        source: z.string(),
        reached: z.boolean(),
      }),
    ),
    note: z.string().nullable(),
    reason: z.string().nullable(),
    is: LabelSchema,
  })
  .meta({ id: 'ScreeningWords' });
export type ScreeningWords = z.infer<typeof ScreeningWordsSchema>;

export const ScreeningInErrorSchema = z
  .object({ reason: shortText(2000).meta({ description: 'Sealed' }) })
  .strict()
  .meta({ id: 'ScreeningInError' });
export type ScreeningInError = z.infer<typeof ScreeningInErrorSchema>;
