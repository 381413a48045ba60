import { z } from 'zod';
import { CODE_SETS, keysOf } from '#domain';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/** To attend or not. A visit needs necessity and a legal ground; the programme alone opens none (domain E5). */
export const DecideAttendanceSchema = z
  .object({
    actingUnit: UnitIdSchema,
    attends: z.boolean(),
    visitsHome: z.boolean().default(false),
    necessity: shortText(1000).optional(),
    legalGround: shortText(300).optional(),
    consent: z.enum(['given', 'not-given', 'not-asked', 'unknown']).default('unknown'),
  })
  .meta({ id: 'DecideAttendance' });
export type DecideAttendance = z.infer<typeof DecideAttendanceSchema>;

/** Per child, the same day (D-01, D-02). */
export const AssessProtectionSchema = z
  .object({
    actingUnit: UnitIdSchema,
    subjectId: OutwardIdSchema,
    outcome: z.enum(keysOf(CODE_SETS['protection-outcome'])),
    reasons: shortText(2000),
    childHeard: z.union([z.literal('unknown'), z.enum(keysOf(CODE_SETS['yes-no']))]),
    assessor: shortText(120).meta({ description: 'The function that assessed, not a name' }),
    assessedAt: InstantSchema,
  })
  .meta({ id: 'AssessProtection' });
export type AssessProtection = z.infer<typeof AssessProtectionSchema>;

/** A consent of an adult, or an individual decision about one: what a dispatch can rest on (C6). */
export const RecordBasisSchema = z
  .object({
    actingUnit: UnitIdSchema,
    subjectId: OutwardIdSchema,
    basis: z.enum(['X-01', 'X-IND']),
    recipient: shortText(120),
    purpose: shortText(300),
    statement: shortText(1000).meta({ description: 'Who consented to what and to whom, or the weighing' }),
  })
  .meta({ id: 'RecordBasis' });
export type RecordBasis = z.infer<typeof RecordBasisSchema>;

/** Investigation opened or not (D-03, D-04). */
export const DecideInvestigationSchema = z
  .object({
    actingUnit: UnitIdSchema,
    subjectId: OutwardIdSchema,
    opened: z.boolean(),
    decidedAt: InstantSchema,
  })
  .meta({ id: 'DecideInvestigation' });
export type DecideInvestigation = z.infer<typeof DecideInvestigationSchema>;

/** That it is recorded; what it meets in custody follows by itself. */
export const ActRecordedSchema = z
  .object({ recordId: UuidSchema, recordedAt: InstantSchema })
  .meta({ id: 'ActRecorded' });
export type ActRecorded = z.infer<typeof ActRecordedSchema>;

/** One matter of the morning, with the unit it should go to and what the form still lacks. */
export const MorningItemSchema = z
  .object({
    matterId: UuidSchema,
    kind: z.string(),
    subjectId: OutwardIdSchema,
    toUnit: UnitIdSchema.nullable(),
    toUnitName: z.string().nullable(),
    because: z.array(BecauseSchema),
    needsBasis: z.boolean(),
    basisRecords: z.array(UuidSchema),
    filled: z.array(z.object({ field: z.string(), label: LabelSchema })),
    lacks: z.array(z.object({ field: z.string(), label: LabelSchema })),
  })
  .meta({ id: 'MorningItem' });
export const MorningHandoverSchema = z
  .object({ items: z.array(MorningItemSchema), next: z.null() })
  .meta({ id: 'MorningHandover' });
export type MorningHandover = z.infer<typeof MorningHandoverSchema>;
