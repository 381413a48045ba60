import { z } from 'zod';
import { CHILD_ACTS, CODE_SETS, keysOf } from '#domain';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  orUnknown,
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
    necessity: shortText(1000).optional().meta({ description: 'Why it is needed in this case; sealed' }),
    legalGround: z.enum(keysOf(CODE_SETS['attendance-ground'])).optional(),
    consent: orUnknown(z.enum(keysOf(CODE_SETS['consent-answer']))).default('unknown'),
    reasons: shortText(2000).optional().meta({ description: 'Sealed' }),
  })
  .meta({ id: 'DecideAttendance' });
export type DecideAttendance = z.infer<typeof DecideAttendanceSchema>;

/** Per child, the same day (D-01, D-02). The assessor is the caller. */
export const AssessProtectionSchema = z
  .object({
    actingUnit: UnitIdSchema,
    subjectId: OutwardIdSchema,
    outcome: z.enum(keysOf(CODE_SETS['protection-outcome'])),
    reasons: shortText(2000).meta({ description: 'Sealed' }),
    childHeard: orUnknown(z.enum(keysOf(CODE_SETS['yes-no']))),
    whyNotHeard: shortText(500).optional().meta({ description: 'Asked for when the child was not heard' }),
    assessedAt: InstantSchema.meta({ description: 'When it was made; not in the future' }),
  })
  .refine(({ childHeard, whyNotHeard }) => childHeard !== 'NO' || whyNotHeard !== undefined, {
    path: ['whyNotHeard'],
    error: 'say why the child was not heard; "unknown" is an answer',
  })
  .meta({ id: 'AssessProtection' });
export type AssessProtection = z.infer<typeof AssessProtectionSchema>;

/** Investigation opened or not (D-03, D-04). */
export const DecideInvestigationSchema = z
  .object({
    opened: z.boolean(),
    ground: z.enum(keysOf(CODE_SETS['investigation-ground'])),
    mayHaveBeenExposed: z.boolean().default(true).meta({
      description: 'False only where it is known that the child suffered and witnessed no violence',
    }),
    late: z
      .object({
        because: z.enum(['EXCEPTIONAL_REASONS', 'NO_SUCH_REASONS']),
        reasons: shortText(2000).meta({ description: 'Sealed' }),
      })
      .optional()
      .meta({ description: 'Asked for past the 14 days of D-03' }),
    runsIn: UuidSchema.optional().meta({
      description:
        'ALREADY_INVESTIGATED: the running case of the child; without it, it runs outside Handslag',
    }),
    samePersonBy: z
      .enum(CHILD_ACTS['second-report'].codes)
      .optional()
      .meta({ description: 'How the child was found to be the same; with `runsIn`' }),
    reasons: shortText(2000).meta({ description: 'Sealed' }),
    decidedAt: InstantSchema,
  })
  // VIOLENCE beside not opening is refused by the rule itself, with its source.
  .refine(
    ({ opened, ground }) =>
      opened ? ground === 'VIOLENCE' || ground === 'OTHER_NEED' : ground !== 'OTHER_NEED',
    {
      path: ['ground'],
      error: 'is not a ground for that decision',
    },
  )
  .refine(
    ({ ground, runsIn, samePersonBy }) =>
      (runsIn === undefined) === (samePersonBy === undefined) &&
      (runsIn === undefined || ground === 'ALREADY_INVESTIGATED'),
    {
      path: ['runsIn'],
      error: 'goes with ALREADY_INVESTIGATED and with how the child was found to be the same',
    },
  )
  .meta({ id: 'DecideInvestigation' });
export type DecideInvestigation = z.infer<typeof DecideInvestigationSchema>;

/** That it is recorded; what it meets in custody follows by itself. */
export const ActRecordedSchema = z
  .object({
    recordId: UuidSchema.meta({
      description: 'Names the act; of a consent or an individual decision, the `recordId` of a basis',
    }),
    recordedAt: InstantSchema,
    version: z.int().min(1).meta({ description: 'A later act about the same is a new version' }),
  })
  .meta({ id: 'ActRecorded' });
export type ActRecorded = z.infer<typeof ActRecordedSchema>;

const FieldNamedSchema = z.object({ field: z.string(), label: LabelSchema });

const MorningDeadlineSchema = z
  .object({ rule: z.string(), dueAt: InstantSchema, isPast: z.boolean(), because: z.array(BecauseSchema) })
  .meta({ id: 'MorningDeadline' });

/** What a morning item still waits for before it can be sent. */
export const MORNING_GAPS = ['receiver', 'protection-assessment', 'basis', 'required-fields'] as const;

/** One matter of the morning, with the unit it should go to and what the form still lacks. */
export const MorningItemSchema = z
  .object({
    matterId: UuidSchema,
    kind: z.string(),
    subjectId: OutwardIdSchema,
    isOffered: z.boolean().meta({ description: 'An offer of it is open already' }),
    toUnit: UnitIdSchema.nullable(),
    toUnitName: z.string().nullable(),
    because: z.array(BecauseSchema),
    missing: z.array(z.enum(MORNING_GAPS)),
    needsBasis: z.boolean(),
    basisRecords: z.array(UuidSchema).meta({ description: 'Recorded, in force, and naming that unit' }),
    filled: z.array(FieldNamedSchema),
    lacks: z.array(FieldNamedSchema),
    neededBefore: InstantSchema.nullable(),
    deadlines: z.array(MorningDeadlineSchema),
  })
  .meta({ id: 'MorningItem' });
export const MorningHandoverSchema = z
  .object({ items: z.array(MorningItemSchema), next: z.null() })
  .meta({ id: 'MorningHandover' });
export type MorningHandover = z.infer<typeof MorningHandoverSchema>;
