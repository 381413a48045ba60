import { z } from 'zod';
import { REPORT_OUTCOMES } from '#domain';
import { DeadlineViewSchema } from '../dispatches/index.js';
import { RingSchema } from '../incidents/index.js';
import {
  InstantSchema,
  LabelSchema,
  OutwardIdSchema,
  pageOf,
  UnitIdSchema,
  UuidSchema,
  VersionSchema,
} from '../wire/index.js';

/** What the caller may do now, and why the rest is not possible: the web's buttons come from this. */
export const AllowedActionSchema = z
  .object({
    action: z.string(),
    label: LabelSchema,
    allowed: z.boolean(),
    whyNot: LabelSchema.nullable(),
    needsReason: z.boolean(),
  })
  .meta({ id: 'AllowedAction' });
export type AllowedAction = z.infer<typeof AllowedActionSchema>;

/** One offer, as one of its two sides sees it. No content. */
export const HandoffViewSchema = z
  .object({
    handoffId: UuidSchema,
    dispatchId: UuidSchema,
    matterId: UuidSchema,
    matterKind: z.string(),
    route: z.string(),
    mySide: z.enum(['sender', 'receiver', 'both']),
    fromUnit: UnitIdSchema,
    toUnit: UnitIdSchema,
    phase: z.string(),
    phaseLabel: LabelSchema,
    version: VersionSchema,
    sentAt: InstantSchema,
    deliveredAt: InstantSchema.nullable(),
    openedAt: InstantSchema.nullable(),
    acceptedAt: InstantSchema.nullable(),
    attestedAt: InstantSchema.nullable(),
    endedAt: InstantSchema.nullable(),
    reason: z.string().nullable(),
    proposedUnit: UnitIdSchema.nullable(),
    basis: z.string(),
    reportOutcome: z
      .object({ outcome: z.enum(REPORT_OUTCOMES), label: LabelSchema, toldAt: InstantSchema })
      .nullable()
      .meta({
        description: 'What the reporter was told of a report about a child, and nothing more (OSL 26:9 a)',
      }),
    actions: z.array(AllowedActionSchema),
    deadlines: z.array(DeadlineViewSchema),
    ring: RingSchema.nullable(),
  })
  .meta({ id: 'HandoffView' });
export type HandoffView = z.infer<typeof HandoffViewSchema>;

/** The answer of an action on a handoff. */
export const HandoffChangedSchema = z
  .object({
    handoffId: UuidSchema,
    matterId: UuidSchema,
    phase: z.string(),
    version: VersionSchema,
    at: InstantSchema,
    receipt: z
      .string()
      .nullable()
      .meta({ description: 'Compact JWS, when the matter was taken or attested' }),
  })
  .meta({ id: 'HandoffChanged' });
export type HandoffChanged = z.infer<typeof HandoffChangedSchema>;

/** One answer of the form, with its origin and whom it must be kept from. */
export const ReadAnswerSchema = z
  .object({
    field: z.string(),
    label: LabelSchema,
    value: z.json(),
    concerns: z.array(OutwardIdSchema),
    source: z.string(),
    keepFrom: z.array(z.string()),
  })
  .meta({ id: 'ReadAnswer' });

/** The opened envelope. Reading it was audited before it was opened (C7). */
export const HandoffContentSchema = z
  .object({ handoffId: UuidSchema, answers: z.array(ReadAnswerSchema) })
  .meta({ id: 'HandoffContent' });
export type HandoffContent = z.infer<typeof HandoffContentSchema>;

export const HandoffSafeContactSchema = z
  .object({ handoffId: UuidSchema, answers: z.array(ReadAnswerSchema) })
  .meta({ id: 'HandoffSafeContact' });
export type HandoffSafeContact = z.infer<typeof HandoffSafeContactSchema>;

const HandoffEventSchema = z
  .object({
    eventId: UuidSchema,
    sequence: z.int(),
    kind: z.string(),
    at: InstantSchema,
    byUnit: UnitIdSchema,
    byFunction: z.string().nullable(),
    reason: z.string().nullable(),
    contentDigest: z.string().nullable(),
    previousHash: z.string(),
    hash: z.string().meta({ description: 'Chained: over the event before and the digest of its ciphertext' }),
  })
  .meta({ id: 'HandoffEvent' });
export const HandoffEventsSchema = pageOf(HandoffEventSchema, 'HandoffEvents');
export type HandoffEvents = z.infer<typeof HandoffEventsSchema>;

export const ReceiptViewSchema = z
  .object({
    handoffId: UuidSchema,
    receipt: z.string().meta({ description: 'Compact JWS; check it offline with the keys of the unit' }),
    keysAt: z.string(),
    isAttested: z.boolean().meta({ description: 'The sender vouches for a unit outside Handslag' }),
  })
  .meta({ id: 'ReceiptView' });
export type ReceiptView = z.infer<typeof ReceiptViewSchema>;

/** A line of the inbox or of what was sent: the most urgent first. */
export const HandoffLineSchema = z
  .object({
    handoffId: UuidSchema,
    dispatchId: UuidSchema,
    matterId: UuidSchema,
    matterKind: z.string(),
    route: z.string(),
    fromUnit: UnitIdSchema,
    toUnit: UnitIdSchema,
    phase: z.string(),
    phaseLabel: LabelSchema,
    version: VersionSchema,
    sentAt: InstantSchema,
    dueAt: InstantSchema.nullable(),
    isLate: z.boolean(),
  })
  .meta({ id: 'HandoffLine' });
export const HandoffPageSchema = pageOf(HandoffLineSchema, 'HandoffPage');
export type HandoffPage = z.infer<typeof HandoffPageSchema>;

/** What accepting a dispatch took over: all of it or nothing. */
export const DispatchAcceptedSchema = z
  .object({ accepted: z.array(HandoffChangedSchema) })
  .meta({ id: 'DispatchAccepted' });
