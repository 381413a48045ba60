import { z } from 'zod';
import { BASES, CONDITIONS, keysOf, NOT_USABLE, ROLES } from '#domain';
import { RingSchema } from '../incidents/index.js';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  shortText,
  UnitIdSchema,
  UuidSchema,
  VersionSchema,
} from '../wire/index.js';

/** The bases of the matrix, and those that people ask for and no law lets be used: these are refused with the reason. */
const BASIS_CODES = [...new Set([...keysOf(BASES), ...NOT_USABLE.map(({ basis }) => basis)])];

/** Why the receiver may have it: a basis of the route (X-…), and for adults what was recorded (C6). */
export const BasisSchema = z
  .object({
    code: z.enum(BASIS_CODES).meta({ example: 'X-02b' }),
    recordId: UuidSchema.optional().meta({ description: 'A consent or individual decision recorded before' }),
    statement: shortText(500).optional().meta({
      description: 'Who consented to what, or the weighing: sealed, and kept as the record of the basis',
    }),
  })
  .meta({ id: 'Basis' });

/** An answer of the route's form, as this sender gives it for this receiver. "unknown" is valid everywhere. */
const AnswerSchema = z
  .object({ value: z.json(), source: shortText(80).optional().meta({ description: 'Where it came from' }) })
  .meta({ id: 'Answer' });

const PreviewItemSchema = z
  .object({
    matterId: UuidSchema,
    toUnit: UnitIdSchema.optional().meta({
      description: 'Without it the unit is found by the routing rules',
    }),
    basis: BasisSchema.optional(),
    furtherBases: z.array(BasisSchema).max(5).default([]).meta({
      description:
        'Beside `basis`, where one does not open everything: her consent, and a decision about him',
    }),
    answers: z
      .record(z.string().max(60), AnswerSchema)
      .default({})
      .meta({ description: "Beside what is known already; keys are fields of the route's form" }),
    receiverMustCall: z.boolean().default(false),
    neededBefore: InstantSchema.optional().meta({ description: 'School pick-up, contact visit, release' }),
    reason: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'Coded; required for a hand-back or a hand-on' }),
  })
  .meta({ id: 'PreviewItem' });
export type PreviewItem = z.infer<typeof PreviewItemSchema>;

/** What would leave, to whom and why, before anything leaves. */
export const PreviewDispatchSchema = z
  .object({ items: z.array(PreviewItemSchema).min(1).max(30) })
  .superRefine(({ items }, context) => {
    items.forEach(({ matterId }, index) => {
      if (items.findIndex((other) => other.matterId === matterId) !== index) {
        context.addIssue({ code: 'custom', path: ['items', index, 'matterId'], message: 'is offered twice' });
      }
    });
  })
  .meta({ id: 'PreviewDispatch' });
export type PreviewDispatch = z.infer<typeof PreviewDispatchSchema>;

/** A deadline that will start or runs, with the reason for its instant (C8). */
export const DeadlineViewSchema = z
  .object({
    rule: z.string(),
    dueAt: InstantSchema,
    dutyHolder: z.string(),
    handoffId: UuidSchema.nullable(),
    askedOf: UnitIdSchema,
    endedAt: InstantSchema.nullable(),
    endedAs: z.enum(['met', 'lifted']).nullable(),
    isBreached: z.boolean(),
    because: z.array(BecauseSchema),
  })
  .meta({ id: 'DeadlineView' });
export type DeadlineView = z.infer<typeof DeadlineViewSchema>;

const DecidedBySchema = z
  .object({ by: z.enum(['law', 'the-person', 'role']), roles: z.array(z.enum(keysOf(ROLES))) })
  .meta({
    id: 'DecidedBy',
    description: 'Nobody (the law), the person herself, or somebody in one of the roles',
  });

const ConditionSchema = z
  .object({
    code: z.enum(keysOf(CONDITIONS)),
    label: LabelSchema,
    how: z.enum(['from-record', 'by-sending', 'in-reasons', 'by-person']).meta({
      description:
        'Computed; confirmed by whoever sends; said in the recorded reasons; or ticked in a decision',
    }),
  })
  .meta({ id: 'DisclosureCondition' });

/** A basis as a case worker reads it. */
export const ExplainedBasisSchema = z
  .object({
    code: z.enum(keysOf(BASES)),
    kind: z.enum(['duty', 'checked', 'consent', 'individual-decision']),
    label: LabelSchema,
    text: LabelSchema,
    source: z.string(),
    isUnclear: z.boolean().meta({ description: 'Unclear in law: a recorded human decision with reasons' }),
    decidedBy: DecidedBySchema,
    conditions: z.array(ConditionSchema),
  })
  .meta({ id: 'ExplainedBasis' });
export type ExplainedBasis = z.infer<typeof ExplainedBasisSchema>;

const FIELD = { field: z.string(), label: LabelSchema, because: LabelSchema };
const LeavingSchema = z
  .object({
    ...FIELD,
    sealedApart: z.boolean(),
    bases: z.array(z.object({ code: z.string(), recordId: UuidSchema.nullable() })),
  })
  .meta({ id: 'Leaving' });
const WithheldSchema = z.object({ ...FIELD, why: z.string() }).meta({ id: 'Withheld' });
const NeedsSchema = z
  .object({
    ...FIELD,
    required: z.boolean(),
    options: z.array(z.object({ code: z.string(), missing: z.string(), because: LabelSchema })).meta({
      description: 'The bases that would open it, and what each still lacks',
    }),
  })
  .meta({ id: 'FieldNeeds' });

const DisclosedItemSchema = z.object({
  matterId: UuidSchema,
  route: z.string(),
  toUnit: z.object({ id: UnitIdSchema, name: z.string(), isExternal: z.boolean() }),
  found: z.array(BecauseSchema).meta({ description: 'How the unit was found, step by step' }),
  leaves: z.array(LeavingSchema),
  needsConsent: z.array(NeedsSchema),
  needsDecision: z.array(NeedsSchema),
  withheld: z.array(WithheldSchema),
  bases: z.array(ExplainedBasisSchema).meta({ description: 'Every basis named above, in words' }),
  confirms: z.array(ConditionSchema).meta({ description: 'What whoever sends confirms by sending' }),
});

/** Which matter, and to whom if not where the rules would send it. */
export const OutlookQuerySchema = z.object({
  matterId: UuidSchema,
  toUnit: UnitIdSchema.optional(),
  basis: z.enum(BASIS_CODES).optional(),
  recordId: UuidSchema.optional(),
  receiverMustCall: z.stringbool().default(false),
});
export type OutlookQuery = z.infer<typeof OutlookQuerySchema>;

/** What would leave of one matter, field by field, and what the rest would need. Nothing is sealed or kept. */
export const DisclosureOutlookSchema = DisclosedItemSchema.meta({ id: 'DisclosureOutlook' });
export type DisclosureOutlook = z.infer<typeof DisclosureOutlookSchema>;

const PreviewedItemSchema = DisclosedItemSchema.extend({
  basis: z.object({ code: z.string(), label: LabelSchema }),
  deadlines: z.array(DeadlineViewSchema),
  ring: RingSchema.nullable(),
}).meta({ id: 'PreviewedItem' });

export const DispatchPreviewSchema = z
  .object({ previewId: UuidSchema, expiresAt: InstantSchema, items: z.array(PreviewedItemSchema) })
  .meta({ id: 'DispatchPreview' });
export type DispatchPreview = z.infer<typeof DispatchPreviewSchema>;

/** Sends what was previewed: all of it or nothing. */
export const SendDispatchSchema = z.object({ previewId: UuidSchema }).meta({ id: 'SendDispatch' });
export type SendDispatch = z.infer<typeof SendDispatchSchema>;

export const SentHandoffSchema = z
  .object({
    handoffId: UuidSchema,
    matterId: UuidSchema,
    toUnit: UnitIdSchema,
    phase: z.string(),
    version: VersionSchema,
    ring: RingSchema.nullable(),
  })
  .meta({ id: 'SentHandoff' });

export const DispatchViewSchema = z
  .object({
    dispatchId: UuidSchema,
    sentAt: InstantSchema,
    fromUnit: UnitIdSchema,
    handoffs: z.array(SentHandoffSchema),
  })
  .meta({ id: 'DispatchView' });
export type DispatchView = z.infer<typeof DispatchViewSchema>;

/** Accepts all offers of a dispatch to one's own unit, in one transaction. */
export const AcceptDispatchSchema = z
  .object({
    versions: z
      .record(UuidSchema, VersionSchema)
      .default({})
      .meta({ description: 'The version of each offer as it was read; a newer one refuses the whole' }),
  })
  .meta({ id: 'AcceptDispatch' });
export type AcceptDispatch = z.infer<typeof AcceptDispatchSchema>;
