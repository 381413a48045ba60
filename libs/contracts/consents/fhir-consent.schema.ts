import { z } from 'zod';

// The parts of the FHIR R4 (4.0.1) resource Consent that are used here or in the published examples of BSeR and Gravity
// SDOHCC, with its cardinalities and required value sets: http://hl7.org/fhir/R4/consent.html

const FhirIdSchema = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);
/** A date of FHIR: year, month, day, or an instant with its offset. */
const DateTimeSchema = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/);
const CodingSchema = z
  .object({ system: z.string(), version: z.string(), code: z.string(), display: z.string() })
  .partial()
  .strict();
const ConceptSchema = z
  .object({ coding: z.array(CodingSchema).min(1), text: z.string() })
  .partial()
  .strict();
const ReferenceSchema = z
  .object({
    reference: z.string(),
    type: z.string(),
    identifier: z.object({ system: z.string(), value: z.string() }).strict(),
    display: z.string(),
  })
  .partial()
  .strict()
  .refine((reference) => Object.keys(reference).length > 0, { error: 'an element has a value (ele-1)' });
const PeriodSchema = z.object({ start: DateTimeSchema, end: DateTimeSchema }).partial().strict();

const ActorSchema = z.object({ role: ConceptSchema, reference: ReferenceSchema }).strict();
const ProvisionSchema = z
  .object({
    type: z.enum(['deny', 'permit']),
    period: PeriodSchema,
    actor: z.array(ActorSchema).min(1),
    action: z.array(ConceptSchema).min(1),
    securityLabel: z.array(CodingSchema).min(1),
    purpose: z.array(CodingSchema).min(1),
    class: z.array(CodingSchema).min(1),
    code: z.array(ConceptSchema).min(1),
    dataPeriod: PeriodSchema,
  })
  .partial()
  .strict();

/** A consent as FHIR R4 says it. */
export const FhirConsentSchema = z
  .object({
    resourceType: z.literal('Consent'),
    id: FhirIdSchema.optional(),
    meta: z
      .object({ versionId: FhirIdSchema, lastUpdated: DateTimeSchema, profile: z.array(z.string()).min(1) })
      .partial()
      .strict()
      .optional(),
    status: z.enum(['draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error']),
    scope: ConceptSchema,
    category: z.array(ConceptSchema).min(1),
    patient: ReferenceSchema.optional(),
    dateTime: DateTimeSchema.optional(),
    performer: z.array(ReferenceSchema).min(1).optional(),
    organization: z.array(ReferenceSchema).min(1).optional(),
    sourceAttachment: z
      .object({ contentType: z.string(), language: z.string(), data: z.string() })
      .partial()
      .strict()
      .optional(),
    policy: z
      .array(z.object({ authority: z.string(), uri: z.string() }).partial().strict())
      .min(1)
      .optional(),
    policyRule: ConceptSchema.optional(),
    provision: ProvisionSchema.optional(),
  })
  .strict()
  .refine(({ policy, policyRule }) => policy !== undefined || policyRule !== undefined, {
    error: 'either a policy or a policyRule (ppc-1)',
  })
  .meta({ id: 'FhirConsent' });
export type FhirConsent = z.infer<typeof FhirConsentSchema>;
