import { z } from 'zod';
import {
  CHILD_MEASURES,
  CHILD_VIEWS,
  CLOSED_BECAUSE,
  CONSENT_PATHS,
  GUARDIAN_STANDS,
  keysOf,
  PATH_DECIDERS,
  REPRESENTATIVE_STANDS,
  SUITABILITIES,
} from '#domain';
import {
  InstantSchema,
  LabelSchema,
  LocalDaySchema,
  orUnknown,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';
import { ReachedPersonSchema } from './consent.schema.js';

const GuardianSchema = z.object({
  person: ReachedPersonSchema,
  stand: z.enum(keysOf(GUARDIAN_STANDS)),
  accompaniesInProtectedHousing: z.boolean().default(false),
});

/** Who may consent for a child to a measure: the guardians, not the parents as such. */
export const EvaluateConsentPathSchema = z
  .object({
    actingUnit: UnitIdSchema,
    measure: z.enum(keysOf(CHILD_MEASURES)),
    birthDate: orUnknown(LocalDaySchema).meta({
      description: 'The age is taken on the day; not stored unsealed',
    }),
    age: z.int().min(0).max(25).optional().meta({ description: 'Where the day of birth is unknown' }),
    guardians: z.array(GuardianSchema).max(2).meta({
      description: 'None, one who has sole guardianship, or two. A parent who is no guardian is not one',
    }),
    representative: z.enum(keysOf(REPRESENTATIVE_STANDS)).default('none'),
    view: z.enum(keysOf(CHILD_VIEWS)),
    suitability: z.enum(keysOf(SUITABILITIES)),
  })
  .refine(
    ({ guardians: [one, other] }) => JSON.stringify(one?.person) !== JSON.stringify(other?.person) || !one,
    {
      path: ['guardians'],
      error: 'the same person twice',
    },
  )
  .meta({ id: 'EvaluateConsentPath' });
export type EvaluateConsentPath = z.infer<typeof EvaluateConsentPathSchema>;

/** Where it leads, by which rule, and who decides. */
export const ConsentPathEvaluatedSchema = z
  .object({
    recordId: UuidSchema.meta({ description: 'The `consentPathId` of a consent that it allows' }),
    recordedAt: InstantSchema,
    version: z.int().min(1),
    path: z.object({ code: z.enum(keysOf(CONSENT_PATHS)), label: LabelSchema }),
    rule: z.object({ id: z.string(), text: LabelSchema, source: z.string() }),
    decides: z.object({ code: z.enum(keysOf(PATH_DECIDERS)), label: LabelSchema, isDelegable: z.boolean() }),
    allowsConsentOf: z.enum(['guardians', 'child', 'nobody']),
    toAsk: z
      .array(
        z.object({
          guardian: z.int().min(0).max(1).meta({ description: 'The place in `guardians`' }),
          gate: z.object({ open: z.boolean(), because: z.enum(keysOf(CLOSED_BECAUSE)).nullable() }),
        }),
      )
      .meta({ description: 'Never an alleged perpetrator; one whose gate is closed is not asked' }),
  })
  .meta({ id: 'ConsentPathEvaluated' });
export type ConsentPathEvaluated = z.infer<typeof ConsentPathEvaluatedSchema>;

/** What an evaluation was made of, as sealed with it. The reading is audited. */
export const ConsentPathViewSchema = z
  .object({
    recordId: UuidSchema,
    actingUnit: UnitIdSchema,
    recordedAt: InstantSchema,
    version: z.int().min(1),
    isNewest: z.boolean().meta({ description: 'Of its measure; only the newest lets a consent be recorded' }),
    measure: z.object({ code: z.enum(keysOf(CHILD_MEASURES)), label: LabelSchema }),
    path: z.object({ code: z.enum(keysOf(CONSENT_PATHS)), label: LabelSchema }),
    rule: z.string(),
    tableVersion: z.int().min(1),
    facts: z
      .json()
      .meta({ description: 'Age band, guardians and their stands, the view of the child, suitability' }),
  })
  .meta({ id: 'ConsentPathView' });
export type ConsentPathView = z.infer<typeof ConsentPathViewSchema>;
