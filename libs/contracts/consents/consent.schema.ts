import { z } from 'zod';
import { BASES, CODE_SETS, CONDITIONS, keysOf, PURPOSES, ROLES, UNIT_KINDS } from '#domain';
import {
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  orUnknown,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/** A named unit, or every unit of a kind. */
export const PartyScopeSchema = z
  .union([z.object({ unit: UnitIdSchema }).strict(), z.object({ kind: z.enum(keysOf(UNIT_KINDS)) }).strict()])
  .meta({ description: 'A unit, or every unit of a kind' });
export type WirePartyScope = z.infer<typeof PartyScopeSchema>;

/** Which fields a consent or a decision covers. */
const CoveredFieldsSchema = z.union([z.literal('all'), z.array(z.string().max(60)).min(1).max(60)]).meta({
  description: '"all" that the route lets leave, or ids of the form\'s fields: what is not named stays',
});

/** Who said it: the person, a guardian of hers, or somebody who may speak for her. */
export const SAID_BY = ['SELF', 'GUARDIAN', 'REPRESENTATIVE'] as const;

/** A guardian or relative: a person of the incident, or one whom a safety-gate decision made known. */
export const ReachedPersonSchema = z
  .union([z.object({ subjectId: OutwardIdSchema }).strict(), z.object({ personRef: UuidSchema }).strict()])
  .meta({ description: 'A person of the incident, or the `personRef` of a safety-gate decision' });
export type WireReachedPerson = z.infer<typeof ReachedPersonSchema>;

const WordSchema = z.object({
  actingUnit: UnitIdSchema,
  giver: PartyScopeSchema.optional().meta({ description: 'Who tells; the acting unit unless said' }),
  recipient: PartyScopeSchema.meta({ description: 'Who is told' }),
  purpose: z.enum(keysOf(PURPOSES)),
  purposeInWords: shortText(300).optional().meta({ description: 'Sealed' }),
  fields: CoveredFieldsSchema,
  validUntil: InstantSchema.optional().meta({ description: 'Not in force from then on' }),
});

/** What a person answered when asked whether somebody may be told. A later answer stands above an earlier one. */
export const RecordConsentSchema = WordSchema.extend({
  answer: z.enum(keysOf(CODE_SETS['consent-answer'])),
  way: orUnknown(z.enum(keysOf(CODE_SETS['consent-way']))),
  answeredAt: InstantSchema,
  saidBy: z.enum(SAID_BY).default('SELF'),
  guardian: ReachedPersonSchema.optional().meta({ description: 'Which guardian, where one answered' }),
  consentPathId: UuidSchema.optional().meta({
    description: "A child's yes: the evaluation of who may consent that allows it",
  }),
  takenBy: shortText(200).optional().meta({ description: 'Who asked, if not you; sealed' }),
  note: shortText(1000).optional().meta({ description: 'Sealed' }),
})
  .refine(isOneSide, { path: ['giver'], error: 'your unit gives or receives' })
  .refine(({ saidBy, guardian }) => (saidBy === 'GUARDIAN') === (guardian !== undefined), {
    path: ['guardian'],
    error: 'say which guardian, and only where a guardian answered',
  })
  .meta({ id: 'RecordConsent' });
export type RecordConsent = z.infer<typeof RecordConsentSchema>;

/** A decision in the individual case to tell somebody, or not to, by the caller, with reasons. */
export const DecideDisclosureSchema = WordSchema.omit({ giver: true })
  .extend({
    basis: z.enum(keysOf(BASES)).meta({ description: 'One that needs an individual decision' }),
    discloses: z.boolean().meta({ description: 'False: decided not to tell' }),
    conditions: z
      .array(z.enum(keysOf(CONDITIONS)))
      .max(20)
      .default([])
      .meta({ description: 'Those of the basis that you have found to be met; all of them, to tell' }),
    reasons: shortText(2000).meta({ description: 'The weighing; sealed' }),
    decidedAt: InstantSchema,
  })
  .meta({ id: 'DecideDisclosure' });
export type DecideDisclosure = z.infer<typeof DecideDisclosureSchema>;

/** She took it back, or the decision was lifted. From then on nothing further leaves on it. */
export const WithdrawConsentSchema = z
  .object({
    withdrawnAt: InstantSchema,
    way: orUnknown(z.enum(keysOf(CODE_SETS['consent-way']))),
    saidBy: z.enum(SAID_BY).default('SELF'),
    note: shortText(1000).optional().meta({ description: 'Sealed' }),
  })
  .meta({ id: 'WithdrawConsent' });
export type WithdrawConsent = z.infer<typeof WithdrawConsentSchema>;

/** It was never said, or not by this person. */
export const MarkConsentInErrorSchema = z
  .object({ reasons: shortText(1000).meta({ description: 'Sealed' }) })
  .meta({ id: 'MarkConsentInError' });
export type MarkConsentInError = z.infer<typeof MarkConsentInErrorSchema>;

/** How a record stands now; `replaced` by a later word about the same. */
export const CONSENT_STATES = [
  'given',
  'refused',
  'not-asked',
  'withdrawn',
  'expired',
  'replaced',
  'entered-in-error',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

const LineSchema = z.object({
  recordId: UuidSchema.meta({ description: 'The `recordId` of a basis' }),
  kind: z.enum(['answer', 'decision']),
  state: z.enum(CONSENT_STATES),
  version: z.int().min(1),
  basis: z.object({ code: z.string(), label: LabelSchema }),
  actingUnit: UnitIdSchema,
  giver: PartyScopeSchema,
  recipient: PartyScopeSchema,
  purpose: z.object({ code: z.enum(keysOf(PURPOSES)), label: LabelSchema }),
  fields: CoveredFieldsSchema,
  answer: z.enum(keysOf(CODE_SETS['consent-answer'])),
  way: z.string(),
  saidBy: z.string(),
  saidAt: InstantSchema,
  takenBy: z.object({ role: z.enum(keysOf(ROLES)), unit: UnitIdSchema }),
  recordedAt: InstantSchema,
  validUntil: InstantSchema.nullable(),
  withdrawn: z
    .object({ at: InstantSchema, recordedAt: InstantSchema, way: z.string(), saidBy: z.string() })
    .nullable(),
});

/** One recorded answer or decision, without the words that were sealed. */
export const ConsentLineSchema = LineSchema.meta({ id: 'ConsentLine' });
export type ConsentLine = z.infer<typeof ConsentLineSchema>;
export const ConsentPageSchema = pageOf(ConsentLineSchema, 'ConsentPage');
export type ConsentPage = z.infer<typeof ConsentPageSchema>;

/** The same with what was said in words; the reading is audited. */
export const ConsentViewSchema = LineSchema.extend({
  words: z.object({
    purpose: z.string().nullable(),
    note: z.string().nullable(),
    takenBy: z.string().nullable(),
    reasons: z.string().nullable(),
    withdrawal: z.string().nullable(),
    error: z.string().nullable(),
  }),
}).meta({ id: 'ConsentView' });
export type ConsentView = z.infer<typeof ConsentViewSchema>;

/** `fhir` asks for the FHIR R4 shape, as `Accept: application/fhir+json` does. */
export const ConsentFormatQuerySchema = z.object({ _format: z.enum(['json', 'fhir']).optional() });
export type ConsentFormatQuery = z.infer<typeof ConsentFormatQuerySchema>;

/** Something that left on a consent or a decision, and how that stood at the time, as known now. */
export const LeftItemSchema = z
  .object({
    handoffId: UuidSchema,
    toUnit: UnitIdSchema,
    toUnitName: z.string().nullable(),
    at: InstantSchema,
    basis: z.object({ code: z.string(), label: LabelSchema }),
    fields: z.array(z.string()),
    stood: z
      .enum(['in-force', 'taken-back-unknown-to-us', 'found-in-error-since'])
      .meta({ description: 'Whether she had taken it back before it left and we did not know yet' }),
  })
  .meta({ id: 'LeftItem' });
export const LeftPageSchema = pageOf(LeftItemSchema, 'LeftPage');
export type LeftPage = z.infer<typeof LeftPageSchema>;

function isOneSide({
  actingUnit,
  giver,
  recipient,
}: {
  actingUnit: string;
  giver?: WirePartyScope | undefined;
  recipient: WirePartyScope;
}): boolean {
  const isUs = (scope: WirePartyScope | undefined) =>
    scope !== undefined && 'unit' in scope && scope.unit === actingUnit;
  return giver === undefined ? !isUs(recipient) : isUs(giver) !== isUs(recipient);
}
