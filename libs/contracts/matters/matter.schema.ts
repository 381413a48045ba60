import { z } from 'zod';
import { DeadlineViewSchema } from '../dispatches/index.js';
import { AllowedActionSchema } from '../handoffs/index.js';
import {
  InstantSchema,
  OutwardIdSchema,
  pageOf,
  UnitIdSchema,
  UuidSchema,
  VersionSchema,
} from '../wire/index.js';

/** One need of one subject, as a unit that holds or held it sees it. */
export const MatterViewSchema = z
  .object({
    matterId: UuidSchema,
    kind: z.string(),
    incidentId: OutwardIdSchema,
    subjectId: OutwardIdSchema,
    phase: z.string(),
    flags: z.array(z.string()),
    version: VersionSchema,
    responsibleUnit: UnitIdSchema.nullable().meta({
      description: 'Null when you may not see who answers now',
    }),
    assignedTo: z.string().nullable(),
    openedAt: InstantSchema,
    closedAt: InstantSchema.nullable(),
    outcome: z.string().nullable(),
    openHandoff: UuidSchema.nullable(),
    actions: z.array(AllowedActionSchema),
    deadlines: z.array(DeadlineViewSchema),
  })
  .meta({ id: 'MatterView' });
export type MatterView = z.infer<typeof MatterViewSchema>;

export const MatterChangedSchema = z
  .object({
    matterId: UuidSchema,
    phase: z.string(),
    flags: z.array(z.string()),
    version: VersionSchema,
    at: InstantSchema,
  })
  .meta({ id: 'MatterChanged' });
export type MatterChanged = z.infer<typeof MatterChangedSchema>;

const SpellSchema = z
  .object({
    unit: UnitIdSchema,
    from: InstantSchema,
    until: InstantSchema.nullable(),
    endedBy: z.string().nullable().meta({ description: 'accepted, succession or closed' }),
    handoffId: UuidSchema.nullable(),
  })
  .meta({ id: 'Spell' });

/** The unbroken line of who answered; a former holder sees it up to its own end (DESIGN 12). */
export const ResponsibilityLineSchema = z
  .object({
    matterId: UuidSchema,
    spells: z.array(SpellSchema),
    thenTakenBy: z
      .string()
      .nullable()
      .meta({ description: 'The function of the receipt, for a former holder' }),
  })
  .meta({ id: 'ResponsibilityLine' });
export type ResponsibilityLine = z.infer<typeof ResponsibilityLineSchema>;

/** A matter that a unit holds: the most urgent first. */
export const HeldMatterSchema = z
  .object({
    matterId: UuidSchema,
    kind: z.string(),
    unit: UnitIdSchema,
    subjectId: OutwardIdSchema,
    incidentId: OutwardIdSchema,
    phase: z.string(),
    version: VersionSchema,
    assignedTo: z.string().nullable(),
    onHoldUntil: InstantSchema.nullable(),
    cancellationRequested: z.boolean(),
    dueAt: InstantSchema.nullable(),
    isLate: z.boolean(),
  })
  .meta({ id: 'HeldMatter' });
export const HeldPageSchema = pageOf(HeldMatterSchema, 'HeldPage');
export type HeldPage = z.infer<typeof HeldPageSchema>;
