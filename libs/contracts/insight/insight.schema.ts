import { z } from 'zod';
import { INSIGHT_CAPACITIES, INSIGHT_OUTCOMES, keysOf, SUBJECT_ROLES } from '#domain';
import { DeadlineViewSchema } from '../dispatches/index.js';
import { PersonRefSchema, ProtectedStatusSchema } from '../persons/index.js';
import {
  InstantSchema,
  LabelSchema,
  LocalDaySchema,
  OutwardIdSchema,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

const CapacitySchema = z.enum(keysOf(INSIGHT_CAPACITIES));

/** How it was made sure who asks. The public need not say who they are (TF 2:18). */
export const IDENTIFIED_BY = [
  'known-to-us',
  'identity-document',
  'e-identification',
  'power-of-attorney',
  'not-asked',
] as const;

/** Somebody asks to read what a unit knows about a person. */
export const AskInsightSchema = z
  .object({
    actingUnit: UnitIdSchema,
    subjectId: OutwardIdSchema.meta({ description: 'Whose file is asked for' }),
    capacity: CapacitySchema,
    isPerson: OutwardIdSchema.optional().meta({
      description:
        'For a guardian: who of the incident asks. Left out: not known, so masked as from any of them',
    }),
    receivedAt: InstantSchema,
    askedFor: shortText(500).meta({ description: 'What is asked for, in their words; sealed' }),
    requester: shortText(200).meta({ description: 'Who asks, for whom; sealed. "Anonymous" for the public' }),
    identifiedBy: z.enum(IDENTIFIED_BY),
  })
  .superRefine(({ capacity, identifiedBy }, context) => {
    if (capacity !== 'public' && identifiedBy === 'not-asked') {
      context.addIssue({
        code: 'custom',
        path: ['identifiedBy'],
        message: 'a party is identified before anything is shown',
      });
    }
  })
  .meta({ id: 'AskInsight' });
export type AskInsight = z.infer<typeof AskInsightSchema>;

/** Who asked and for what, as it was written down. */
export const InsightAskedSchema = z
  .object({ requestId: UuidSchema, asked: z.unknown() })
  .meta({ id: 'InsightAsked' });

const StandingSchema = z.enum(['shown', 'read-first', 'masked', 'absent']);

/** Why something is withheld, with its provision. */
const WithheldReasonSchema = z
  .object({
    rule: z.string(),
    label: LabelSchema,
    source: z.string(),
    mayBeLiftedBy: z.enum(['case-worker', 'unit-head', 'nobody']),
  })
  .meta({ id: 'InsightReason' });

/** One field as the reader would get it; `value` is null unless it is shown. */
const MaskedFieldSchema = z.object({
  field: z.string(),
  label: LabelSchema,
  concerns: z.array(z.string()),
  standing: StandingSchema,
  value: z.unknown(),
  maskedParts: z.array(z.string()),
  reasons: z.array(WithheldReasonSchema),
  source: z.string().nullable(),
});

const DraftFieldSchema = MaskedFieldSchema.extend({
  key: z.string().meta({ description: 'Names the field in a change' }),
  full: z.unknown().meta({ description: 'What your unit knows: for you, never for the reader' }),
  changed: z.boolean(),
}).meta({ id: 'InsightDraftField' });

/** The masked draft beside what the unit knows. Nothing has left. */
export const InsightDraftSchema = z
  .object({
    requestId: UuidSchema,
    capacity: CapacitySchema,
    digest: z.string().meta({ description: 'Name it in the decision: what was read is what is decided on' }),
    fields: z.array(DraftFieldSchema),
  })
  .meta({ id: 'InsightDraft' });
export type InsightDraft = z.infer<typeof InsightDraftSchema>;

/** One field unmasked or masked by a person. */
export const ChangeMaskingSchema = z
  .object({
    key: z.string().max(600),
    to: z.enum(['shown', 'masked']),
    reason: shortText(1000).meta({ description: 'Sealed' }),
  })
  .meta({ id: 'ChangeMasking' });
export type ChangeMasking = z.infer<typeof ChangeMaskingSchema>;

export const DecideInsightSchema = z
  .object({
    draftDigest: z.string().regex(/^[0-9a-f]{64}$/),
    reasons: shortText(2000).meta({ description: 'The grounds in this case; sealed' }),
  })
  .meta({ id: 'DecideInsight' });
export type DecideInsight = z.infer<typeof DecideInsightSchema>;

/** How it was handed out. Nothing is sent by Handslag. */
export const HANDED_OUT = ['in-person', 'registered-mail', 'through-skatteverket', 'to-counsel'] as const;

export const ReleaseInsightSchema = z
  .object({
    how: z.enum(HANDED_OUT),
    to: shortText(200).meta({ description: 'Who took it; sealed' }),
    handedOutAt: InstantSchema,
  })
  .meta({ id: 'ReleaseInsight' });
export type ReleaseInsight = z.infer<typeof ReleaseInsightSchema>;

/** A request for insight with where it stands; who asked and in which words is sealed, and read apart. */
export const InsightRequestSchema = z
  .object({
    requestId: UuidSchema,
    unit: UnitIdSchema,
    incidentId: OutwardIdSchema,
    subjectId: OutwardIdSchema,
    capacity: CapacitySchema,
    identifiedBy: z.enum(IDENTIFIED_BY),
    receivedAt: InstantSchema,
    phase: z.enum(['received', 'decided', 'released']),
    outcome: z.enum(keysOf(INSIGHT_OUTCOMES)).nullable(),
    outcomeLabel: LabelSchema.nullable(),
    decidedAt: InstantSchema.nullable(),
    appealBy: LocalDaySchema.nullable().meta({ description: 'The last day, once it was handed out (D-15)' }),
    releasedAt: InstantSchema.nullable(),
    deadlines: z.array(DeadlineViewSchema),
  })
  .meta({ id: 'InsightRequest' });
export type InsightRequestView = z.infer<typeof InsightRequestSchema>;
export const InsightRequestPageSchema = pageOf(InsightRequestSchema, 'InsightRequestPage');
export type InsightRequestPage = z.infer<typeof InsightRequestPageSchema>;

const ExtractFieldSchema = z.object({
  field: z.string(),
  label: LabelSchema,
  value: z.unknown(),
  maskedParts: z.array(z.string()),
  source: z.string().nullable(),
});

/** What the requester gets: the fields shown, the decision, and how it is appealed. Frozen at the decision. */
export const InsightExtractSchema = z
  .object({
    requestId: UuidSchema,
    authority: z.string(),
    decidedAt: InstantSchema,
    outcome: z.enum(keysOf(INSIGHT_OUTCOMES)),
    outcomeLabel: LabelSchema,
    provisions: z.array(z.string()),
    grounds: z.array(LabelSchema),
    fields: z.array(ExtractFieldSchema),
    appeal: LabelSchema.nullable(),
  })
  .meta({ id: 'InsightExtract' });
export type InsightExtract = z.infer<typeof InsightExtractSchema>;

/** What left, to whom, on which basis: a disclosure. */
export const InsightReleaseSchema = z
  .object({
    requestId: UuidSchema,
    releasedAt: InstantSchema,
    how: z.enum(HANDED_OUT),
    basis: z.string(),
    fields: z.array(z.string()),
    extractDigest: z.string(),
  })
  .meta({ id: 'InsightRelease' });

const PreviewPersonSchema = z.object({
  ref: PersonRefSchema,
  role: z.enum(keysOf(SUBJECT_ROLES)),
  protectedStatus: ProtectedStatusSchema.default('unknown'),
  age: z.int().min(0).max(120).nullable().default(null),
});

/** What is being written, and who might read it one day. Nothing of it is stored. */
export const PreviewInsightSchema = z
  .object({
    persons: z.array(PreviewPersonSchema).max(40),
    answers: z
      .array(
        z.object({
          field: z.string().max(80),
          value: z.json(),
          concerns: z.array(PersonRefSchema).max(40).default([]),
          source: z.string().max(60).optional(),
          keepFrom: z.array(z.string().max(60)).max(20).default([]),
        }),
      )
      .min(1)
      .max(200),
    reader: z.object({
      capacity: CapacitySchema,
      fileOf: PersonRefSchema,
      isPerson: PersonRefSchema.nullable().default(null),
    }),
  })
  .meta({ id: 'PreviewInsight' });
export type PreviewInsight = z.infer<typeof PreviewInsightSchema>;

export const InsightPreviewSchema = z
  .object({ fields: z.array(MaskedFieldSchema) })
  .meta({ id: 'InsightPreview' });
export type InsightPreview = z.infer<typeof InsightPreviewSchema>;
