import { z } from 'zod';
import { CONTACT_CHANNELS, INTERPRETERS, keysOf } from '#domain';
import { DeadlineViewSchema } from '../dispatches/index.js';
import { InstantSchema, LabelSchema, orUnknown, shortText, UnitIdSchema, UuidSchema } from '../wire/index.js';

const ChannelSchema = z.enum(keysOf(CONTACT_CHANNELS));
const TimeOfDaySchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

const WindowSchema = z
  .object({
    weekdays: z
      .array(z.literal([1, 2, 3, 4, 5, 6, 7]))
      .min(1)
      .max(7),
    from: TimeOfDaySchema,
    until: TimeOfDaySchema,
  })
  .refine(({ from, until }) => from !== until, { path: ['until'], error: 'ends when it begins' })
  .meta({ id: 'SafeWindow', description: 'Monday is 1. Until an earlier hour: past midnight' });

const CardSchema = z.object({
  number: orUnknown(shortText(40)),
  times: orUnknown(shortText(200)).meta({ description: 'In her words' }),
  windows: z.array(WindowSchema).max(20).nullable(),
  channels: z.array(ChannelSchema).max(6).nullable(),
  mayWeSayWhoWeAre: orUnknown(z.boolean()),
  voicemail: orUnknown(z.boolean()),
  sharedPhone: orUnknown(z.boolean()),
  language: orUnknown(shortText(60)),
  interpreter: orUnknown(z.enum(['needed', 'not-needed'])),
});

/** A new version of how the person of a matter can be reached; sealed to the unit that answers for it. */
export const RecordSafeContactSchema = CardSchema.extend({
  windows: z.array(WindowSchema).max(20).nullable().default(null),
  channels: z.array(ChannelSchema).max(6).nullable().default(null),
  actingUnit: UnitIdSchema,
}).meta({ id: 'RecordSafeContact' });
export type RecordSafeContact = z.infer<typeof RecordSafeContactSchema>;

const SeenSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: '`version` of the safe contact that you read' });

/** The person was asked, and it still holds. */
export const ConfirmSafeContactSchema = z
  .object({
    actingUnit: UnitIdSchema,
    seen: SeenSchema,
    confirmedAt: InstantSchema,
    how: shortText(300).meta({ description: 'Sealed' }),
  })
  .meta({ id: 'ConfirmSafeContact' });
export type ConfirmSafeContact = z.infer<typeof ConfirmSafeContactSchema>;

/** Read it before anyone dials. */
export const MatterSafeContactSchema = z
  .object({
    matterId: UuidSchema,
    version: SeenSchema.nullable().meta({
      description: 'Name it in the contact step; null when none is known',
    }),
    card: CardSchema.nullable(),
    mayUse: z.array(ChannelSchema),
    heed: z.array(LabelSchema).meta({ description: 'What to mind, in words' }),
    check: DeadlineViewSchema.nullable().meta({ description: 'When it is to be confirmed anew, and why' }),
  })
  .meta({ id: 'MatterSafeContact' });
export type MatterSafeContact = z.infer<typeof MatterSafeContactSchema>;

/** How contact was made or tried: asked for where a safe contact is known. Sealed with the step. */
export const ContactMannerSchema = z
  .object({
    seen: SeenSchema.optional(),
    channel: ChannelSchema,
    at: InstantSchema.optional().meta({ description: 'When; now if left out. Not in the future' }),
    leftMessage: z.boolean().default(false),
    saidWhoWeAre: z.boolean().default(false),
    interpreter: z.enum(keysOf(INTERPRETERS)).default('none'),
    withinTimes: z
      .boolean()
      .default(false)
      .meta({ description: 'Within her times, where they are known in words only' }),
    override: z
      .object({ reason: shortText(1000) })
      .optional()
      .meta({ description: 'Why it has to be done although it breaks a rule; sealed and audited' }),
  })
  .meta({ id: 'ContactManner' });
export type ContactMannerInput = z.infer<typeof ContactMannerSchema>;
