import { z } from 'zod';
import { keysOf, MANDATE_HOURS, ROLES } from '#domain';
import { InstantSchema, LabelSchema, LocalDaySchema, shortText, UuidSchema } from '../wire/index.js';

const RoleSchema = z.enum(keysOf(ROLES));
const HoursSchema = z.enum(keysOf(MANDATE_HOURS)).meta({
  description: '`on-shift` counts only while the rota has the person on duty at the unit',
});
const personId = shortText(120).meta({ description: 'As the token names the person' });

/** A mandate that a head or an administrator gives; what needs two persons is proposed. */
export const GrantMandateSchema = z
  .object({
    person: personId,
    role: RoleSchema,
    hours: HoursSchema.default('always'),
    from: LocalDaySchema.optional().meta({ description: 'Today, when not said' }),
    until: LocalDaySchema.optional().meta({ description: 'The last day, included' }),
  })
  .strict()
  .meta({ id: 'GrantMandate' });
export type GrantMandate = z.infer<typeof GrantMandateSchema>;

/** Approving and ending say nothing beside what they name. */
export const DecideMandateSchema = z.object({}).strict().meta({ id: 'DecideMandate' });

export const MandateChangedSchema = z
  .object({
    mandateId: UuidSchema,
    state: z.enum(['granted', 'proposed', 'ended']),
    recordedAt: InstantSchema,
  })
  .meta({ id: 'MandateChanged' });
export type MandateChanged = z.infer<typeof MandateChangedSchema>;

export const MandatePageSchema = z
  .object({
    items: z.array(
      z.object({
        mandateId: UuidSchema,
        person: z.string(),
        role: RoleSchema,
        label: LabelSchema,
        hours: HoursSchema,
        from: LocalDaySchema.nullable(),
        until: LocalDaySchema.nullable(),
        endedAt: InstantSchema.nullable(),
        countsNow: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
    proposed: z
      .array(
        z.object({
          mandateId: UuidSchema,
          person: z.string(),
          role: RoleSchema,
          label: LabelSchema,
          hours: HoursSchema,
          from: LocalDaySchema,
          until: LocalDaySchema.nullable(),
          proposedBy: z.string(),
          proposedAt: InstantSchema,
        }),
      )
      .meta({ description: 'What waits for a second person' }),
  })
  .meta({ id: 'MandatePage' });
export type MandatePage = z.infer<typeof MandatePageSchema>;

export const MandateQuerySchema = z.object({
  after: UuidSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type MandateQuery = z.infer<typeof MandateQuerySchema>;
