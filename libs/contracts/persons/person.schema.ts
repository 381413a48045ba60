import { z } from 'zod';
import { CODE_SETS, keysOf } from '#domain';
import { LocalDaySchema, orUnknown, shortText } from '../wire/wire-values.schema.js';

/** The caller's own name for a person within one report, so that the parts of the form can point at it. */
export const PersonRefSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .meta({ description: 'Yours, within this report', example: 'child-1' });

/** Where a person lives; municipality alone is enough to route at night (forms.md 1). */
export const ResidenceSchema = z
  .object({
    municipality: orUnknown(shortText(60)),
    subdistrict: orUnknown(shortText(60)).meta({ description: 'Stadsdel', example: 'Älvsjö' }),
    basis: orUnknown(z.enum(keysOf(CODE_SETS['residence-basis']))),
  })
  .meta({ id: 'Residence' });
export type Residence = z.infer<typeof ResidenceSchema>;

/** Protected personal data. Unreadable counts as yes, and so does unknown: it fails closed (C6). */
export const ProtectedStatusSchema = orUnknown(z.enum(keysOf(CODE_SETS['protected-status'])));

/** True unless somebody read that there is none. */
export function isTreatedAsProtected(status: z.infer<typeof ProtectedStatusSchema>): boolean {
  return status !== 'NO';
}

const identity = {
  ref: PersonRefSchema,
  name: orUnknown(shortText(120)),
  number: orUnknown(shortText(30)).meta({
    description:
      'Personal or coordination number. One that cannot be verified is kept and marked, not refused',
  }),
  birthDate: orUnknown(LocalDaySchema),
  residence: orUnknown(ResidenceSchema),
  protectedStatus: ProtectedStatusSchema,
  assertedDistrict: shortText(60).optional().meta({
    description: 'For a protected address: the district that the person lives in, without the address',
  }),
};

/** R per child (forms.md 1). An unborn child has neither number nor age. */
export const ReportedChildSchema = z
  .object({
    ...identity,
    age: orUnknown(z.int().min(0).max(25)),
    unborn: orUnknown(z.boolean()),
    exposure: orUnknown(z.array(z.enum(keysOf(CODE_SETS['child-exposure']))).max(3)),
    seenAndSpokenTo: orUnknown(z.boolean()),
    whereNow: orUnknown(shortText(200)),
    withWhom: orUnknown(shortText(200)),
    guardianship: orUnknown(shortText(200)),
  })
  .meta({ id: 'ReportedChild' });
export type ReportedChild = z.infer<typeof ReportedChildSchema>;

/** A consent as it was given: to whom, for what, and who took it. */
export const GivenConsentSchema = z
  .object({ recipient: shortText(80), purpose: shortText(200), takenBy: shortText(120) })
  .meta({ id: 'GivenConsent' });

/** R victim (forms.md 1). */
export const ReportedVictimSchema = z
  .object({
    ...identity,
    wantsContact: orUnknown(z.enum(keysOf(CODE_SETS['contact-wish']))),
    consent: orUnknown(z.union([z.literal('none'), GivenConsentSchema])),
  })
  .meta({ id: 'ReportedVictim' });
export type ReportedVictim = z.infer<typeof ReportedVictimSchema>;

/** R suspect (forms.md 1): nothing is sent about him before the three conditions of DESIGN 6.2 are recorded. */
export const ReportedSuspectSchema = z
  .object({
    ...identity,
    roleDisputed: orUnknown(z.boolean()),
    guardianOf: orUnknown(z.array(PersonRefSchema).max(20)),
    told: orUnknown(z.boolean()),
    agreesToContact: orUnknown(z.enum(keysOf(CODE_SETS['contact-wish']))),
  })
  .meta({ id: 'ReportedSuspect' });
export type ReportedSuspect = z.infer<typeof ReportedSuspectSchema>;

/** How a victim can be reached without danger: sealed apart, shown before anyone dials (DESIGN 8). */
export const SafeContactSchema = z
  .object({
    person: PersonRefSchema,
    number: orUnknown(shortText(40)),
    times: orUnknown(shortText(120)),
    mayWeSayWhoWeAre: orUnknown(z.boolean()),
    voicemail: orUnknown(z.boolean()),
    sharedPhone: orUnknown(z.boolean()),
    language: orUnknown(shortText(60)),
    interpreter: orUnknown(z.enum(['needed', 'not-needed'])).meta({ description: 'Never a relative' }),
  })
  .meta({ id: 'SafeContact' });
export type SafeContact = z.infer<typeof SafeContactSchema>;
