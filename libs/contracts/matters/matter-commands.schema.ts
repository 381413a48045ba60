import { z } from 'zod';
import { keysOf, MATTER_KINDS, OUTCOMES, OUTSIDE_FUNCTIONS, PERSON_REASONS } from '#domain';
import { ReachedPersonSchema } from '../consents/consent.schema.js';
import { ContactMannerSchema } from '../safe-contact/index.js';
import {
  InstantSchema,
  LocalDaySchema,
  OutwardIdSchema,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

const CodeSchema = z.string().regex(/^[A-Z][A-Z_]{2,40}$/);
const NoteSchema = shortText(2000);
/** Whom a step in a child's matter reaches: the child, or a guardian or relative, whose safety gate has to be open. */
const ReachedInChildsMatterSchema = z
  .union([z.literal('child'), ReachedPersonSchema])
  .optional()
  .meta({
    description:
      "In a child's matter: whom it reaches. Not said, it counts as a guardian until the protection assessment is made",
  });

/** A new matter of a known subject: a commission, or a case that continues a closed one. */
export const OpenMatterSchema = z
  .object({
    actingUnit: UnitIdSchema,
    kind: z.enum(keysOf(MATTER_KINDS)),
    subjectId: OutwardIdSchema,
    continues: UuidSchema.optional(),
  })
  .meta({ id: 'OpenMatter' });
export type OpenMatter = z.infer<typeof OpenMatterSchema>;

export const AssignMatterSchema = z
  .object({ person: z.string().regex(/^[A-Za-z0-9._-]{1,120}$/) })
  .meta({ id: 'AssignMatter' });
export const TakeOverMatterSchema = z.object({}).strict().meta({ id: 'TakeOverMatter' });
export const NoteMatterSchema = z
  .object({
    note: NoteSchema,
    decides: z
      .enum(['WELFARE_CHECK', 'NO_WELFARE_CHECK'])
      .optional()
      .meta({ description: 'The decision after three failed contacts in two days' }),
  })
  .meta({ id: 'NoteMatter' });
export const ContactAttemptSchema = z
  .object({
    outcome: z.enum(['no-answer', 'voicemail-left', 'not-safe-to-speak', 'wrong-number']),
    reaches: ReachedInChildsMatterSchema,
    contact: ContactMannerSchema.optional(),
    note: NoteSchema.optional(),
  })
  .meta({ id: 'ContactAttempt' });
export const ContactMadeSchema = z
  .object({
    outcome: z.enum(['spoke', 'met', 'wants-contact', 'declines-offer']),
    personsReason: z.enum(keysOf(PERSON_REASONS)).optional(),
    contact: ContactMannerSchema.optional(),
    note: NoteSchema.optional(),
  })
  .meta({ id: 'ContactMade' });
export const ScheduleEventSchema = z
  .object({
    at: InstantSchema,
    minutes: z.int().min(5).max(600).optional().meta({ description: 'How long; an hour when not said' }),
    site: shortText(80).optional().meta({ description: "Where; the unit's own office when not said" }),
    reaches: ReachedInChildsMatterSchema,
    contact: ContactMannerSchema.optional(),
    note: NoteSchema.optional(),
  })
  .meta({ id: 'ScheduleEvent' });
export const AttendEventSchema = z.object({ note: NoteSchema.optional() }).meta({ id: 'AttendEvent' });
export const EventNoShowSchema = z.object({ note: NoteSchema.optional() }).meta({ id: 'EventNoShow' });
export const EventCancelledSchema = z
  .object({ by: z.enum(['person', 'unit']), note: NoteSchema.optional() })
  .meta({ id: 'EventCancelled' });
export const HoldMatterSchema = z
  .object({ reason: CodeSchema, reviewOn: LocalDaySchema, note: NoteSchema.optional() })
  .meta({ id: 'HoldMatter' });
export const ResumeMatterSchema = z.object({}).strict().meta({ id: 'ResumeMatter' });

/** Confirming closes the matter with an outcome, or opens a hand-back (then preview and send one). */
export const ConfirmCancellationSchema = z
  .union([
    z.object({ outcome: z.enum(keysOf(OUTCOMES)) }).strict(),
    z.object({ handBack: z.literal(true) }).strict(),
  ])
  .meta({ id: 'ConfirmCancellation' });
export const RefuseCancellationSchema = z.object({ note: NoteSchema }).meta({ id: 'RefuseCancellation' });

/**
 * A child's matter closes only with a successor matter or a recorded decision that nothing further is needed (C1).
 * What each outcome needs to be shown is said by `#domain`.
 */
export const CloseMatterSchema = z
  .object({
    outcome: z.enum(keysOf(OUTCOMES)),
    decision: z
      .object({ nothingFurtherNeeded: z.literal(true), reasons: NoteSchema })
      .optional()
      .meta({ description: 'The recorded decision that nothing further is needed' }),
    personsReason: z.enum(keysOf(PERSON_REASONS)).optional(),
    attempts: NoteSchema.optional().meta({ description: 'The decision after logged attempts' }),
    recheckedOutside: z
      .object({ function: z.enum(keysOf(OUTSIDE_FUNCTIONS)), at: InstantSchema })
      .optional()
      .meta({ description: 'Who outside confirmed it again, on the next office day' }),
    note: NoteSchema.optional(),
  })
  .meta({ id: 'CloseMatter' });
