import { z } from 'zod';
import { keysOf, PROTECTION_AUTHORITIES, PROTECTION_LEVELS, PROTECTION_PROVISIONS } from '#domain';
import {
  InstantSchema,
  LocalDaySchema,
  OutwardIdSchema,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

const about = { actingUnit: UnitIdSchema, subjectId: OutwardIdSchema };
const reasons = shortText(1000).meta({ description: 'Sealed' });

/** OSL 5:5: a marking states provision, date and who decided. */
const MarkProtectedSchema = z.object({
  act: z.literal('mark'),
  ...about,
  level: z.enum(keysOf(PROTECTION_LEVELS)),
  authority: z.enum(keysOf(PROTECTION_AUTHORITIES)),
  provision: z.enum(keysOf(PROTECTION_PROVISIONS)),
  decidedOn: LocalDaySchema,
  from: LocalDaySchema,
  until: LocalDaySchema.nullable().meta({ description: 'The last day; null while no end was decided' }),
  assertedDistrict: shortText(60)
    .optional()
    .meta({ description: 'The district that she lives in, said by a worker; never taken from a register' }),
  whereabouts: shortText(300).optional().meta({ description: 'Address or where she stays: sealed apart' }),
  reasons: reasons.optional(),
});

/** What a unit records about a person's protection. To lift it or to set a person apart needs the entitled function. */
export const RecordProtectionSchema = z
  .discriminatedUnion('act', [
    MarkProtectedSchema,
    z.object({ act: z.literal('lift'), ...about, reasons }),
    z.object({ act: z.literal('household-apart'), ...about, reasons }),
    z.object({ act: z.literal('register-shows-none'), ...about, reasons: reasons.optional() }),
  ])
  .superRefine((body, context) => {
    if (body.act !== 'mark' || body.until === null) return;
    if (body.until < body.from) {
      context.addIssue({ code: 'custom', path: ['until'], message: 'is before from' });
    }
  })
  .meta({ id: 'RecordProtection' });
export type RecordProtection = z.infer<typeof RecordProtectionSchema>;
export type MarkProtected = z.infer<typeof MarkProtectedSchema>;

/** Asks to see what is masked, for a while. */
export const AskToUnmaskSchema = z
  .object({ ...about, reason: shortText(500).meta({ description: 'Why it is needed now; sealed' }) })
  .meta({ id: 'AskToUnmask' });
export type AskToUnmask = z.infer<typeof AskToUnmaskSchema>;

/** Granted to the person who asked, and to nobody else. */
export const UnmaskingSchema = z
  .object({ unmaskingId: UuidSchema, until: InstantSchema.meta({ description: 'Then ask again' }) })
  .meta({ id: 'Unmasking' });
export type Unmasking = z.infer<typeof UnmaskingSchema>;

const MarkShownSchema = z.object({
  level: z.enum(keysOf(PROTECTION_LEVELS)),
  authority: z.enum(keysOf(PROTECTION_AUTHORITIES)),
  provision: z.enum(keysOf(PROTECTION_PROVISIONS)),
  decidedOn: LocalDaySchema,
  from: LocalDaySchema,
  until: LocalDaySchema.nullable(),
});

/** For the unit head: who unmasked, and when; not whom, and not why. */
export const UnmaskingPageSchema = pageOf(
  z.object({
    unmaskingId: UuidSchema,
    person: z.string(),
    at: InstantSchema,
    until: InstantSchema,
  }),
  'UnmaskingPage',
);
export type UnmaskingPage = z.infer<typeof UnmaskingPageSchema>;

/** Why somebody unmasked, in her own words: sealed, and a reading. */
export const UnmaskingReasonSchema = z
  .object({
    unmaskingId: UuidSchema,
    reason: z.string().nullable().meta({ description: 'Null once erased' }),
  })
  .meta({ id: 'UnmaskingReason' });
export type UnmaskingReason = z.infer<typeof UnmaskingReasonSchema>;

/** What the unit recorded, unmasked. The reading is audited before anything is opened. */
export const UnmaskedProtectionSchema = z
  .object({
    unmaskingId: UuidSchema,
    standing: z.enum(['marked', 'lapsed', 'lifted', 'register-shows-none', 'nothing']),
    isApart: z
      .boolean()
      .meta({ description: 'Decided: does not live with the protected person of the incident' }),
    mark: MarkShownSchema.nullable(),
    assertedDistrict: z.string().nullable(),
    earlierIdentities: z.array(
      z.object({ name: z.string().nullable(), number: z.string().nullable(), recordedAt: InstantSchema }),
    ),
  })
  .meta({ id: 'UnmaskedProtection' });
export type UnmaskedProtection = z.infer<typeof UnmaskedProtectionSchema>;

/** Where she is, which lies in an envelope of its own. */
export const UnmaskedWhereaboutsSchema = z
  .object({ unmaskingId: UuidSchema, whereabouts: z.string().nullable() })
  .meta({ id: 'UnmaskedWhereabouts' });
export type UnmaskedWhereabouts = z.infer<typeof UnmaskedWhereaboutsSchema>;

/** Who was before whom: stays in the unit, and never leaves it, not even as an id (OSL 21:3 third paragraph). */
export const LinkIdentitySchema = z
  .object({
    ...about,
    earlierName: shortText(120).optional(),
    earlierNumber: shortText(30).optional(),
    reason: reasons,
  })
  .refine(({ earlierName, earlierNumber }) => earlierName !== undefined || earlierNumber !== undefined, {
    path: ['earlierNumber'],
    error: 'name or number, or both',
  })
  .meta({ id: 'LinkIdentity' });
export type LinkIdentity = z.infer<typeof LinkIdentitySchema>;

/** Names a colleague as the function entitled to protected identities, for a time. */
export const NameOfficerSchema = z
  .object({
    person: z.string().min(1).max(80),
    until: InstantSchema.meta({ description: 'At most a year ahead' }),
  })
  .meta({ id: 'NameOfficer' });
export type NameOfficer = z.infer<typeof NameOfficerSchema>;
