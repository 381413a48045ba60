import { z } from 'zod';
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

/** Why the receiver may have it: a basis of the route (X-…), and for adults what was recorded (C6). */
export const BasisSchema = z
  .object({
    code: z
      .string()
      .regex(/^X-[0-9]{2}b?$/)
      .meta({ example: 'X-02' }),
    recordId: UuidSchema.optional().meta({ description: 'The recorded consent or individual decision' }),
  })
  .meta({ id: 'Basis' });

const PreviewItemSchema = z
  .object({
    matterId: UuidSchema,
    toUnit: UnitIdSchema.optional().meta({
      description: 'Without it the unit is found by the routing rules',
    }),
    basis: BasisSchema.optional(),
    fields: z
      .array(z.string().max(80))
      .max(60)
      .optional()
      .meta({ description: 'Without it all that the route permits' }),
    neededBefore: InstantSchema.optional().meta({ description: 'School pick-up, contact visit, release' }),
    reason: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'Coded; required for a hand-back or a hand-on' }),
    replaces: UuidSchema.optional().meta({
      description: 'The open offer of this matter that this one supersedes',
    }),
  })
  .meta({ id: 'PreviewItem' });

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
    askedOf: UnitIdSchema,
    metAt: InstantSchema.nullable(),
    isBreached: z.boolean(),
    because: z.array(BecauseSchema),
  })
  .meta({ id: 'DeadlineView' });
export type DeadlineView = z.infer<typeof DeadlineViewSchema>;

const FieldLineSchema = z.object({ field: z.string(), label: LabelSchema }).meta({ id: 'FieldLine' });
const WithheldLineSchema = z
  .object({ field: z.string(), label: LabelSchema, why: LabelSchema })
  .meta({ id: 'WithheldLine' });

const PreviewedItemSchema = z
  .object({
    matterId: UuidSchema,
    route: z.string(),
    toUnit: z.object({ id: UnitIdSchema, name: z.string(), isExternal: z.boolean() }),
    found: z.array(BecauseSchema).meta({ description: 'How the unit was found, step by step' }),
    leaves: z.array(FieldLineSchema),
    withheld: z.array(WithheldLineSchema),
    basis: z.object({ code: z.string(), label: LabelSchema }),
    deadlines: z.array(DeadlineViewSchema),
    ring: RingSchema.nullable(),
  })
  .meta({ id: 'PreviewedItem' });

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
  .object({ note: shortText(500).optional() })
  .meta({ id: 'AcceptDispatch' });
export type AcceptDispatch = z.infer<typeof AcceptDispatchSchema>;
