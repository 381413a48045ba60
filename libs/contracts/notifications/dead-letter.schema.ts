import { z } from 'zod';
import {
  InstantSchema,
  LabelSchema,
  PageQuerySchema,
  pageOf,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

/** A notice that did not reach a function: which function, by which way, why. Nothing of what it was about. */
const DeadLetterSchema = z
  .object({
    id: UuidSchema.meta({ description: 'Of the delivery; leads to no case' }),
    unit: UnitIdSchema,
    function: z.string(),
    kind: z.string().meta({ description: 'Of the notice, such as offer.acute or late' }),
    channel: z.enum(['email', 'sms', 'webhook']),
    since: InstantSchema.meta({ description: 'When the function was to be told' }),
    givenUpAt: InstantSchema,
    attempts: z.int(),
    failure: z.object({ code: z.string(), label: LabelSchema }),
  })
  .meta({ id: 'DeadLetter' });

/** The longest given up first. */
export const DeadLetterPageSchema = pageOf(DeadLetterSchema, 'DeadLetterPage');
export type DeadLetterPage = z.infer<typeof DeadLetterPageSchema>;

export const DeadLetterQuerySchema = PageQuerySchema.extend({
  channel: z.enum(['email', 'sms', 'webhook']).optional(),
});
export type DeadLetterQuery = z.infer<typeof DeadLetterQuerySchema>;

/** To try again needs no words. */
export const RetryDeadLetterSchema = z.strictObject({}).meta({ id: 'RetryDeadLetter' });

/** Why a notice that never arrived may be let go: a code, since words could be about somebody. */
export const DISMISSAL_REASONS = {
  TOLD_OTHERWISE: { sv: 'Enheten har fått veta på annat sätt.', en: 'The unit was told in another way.' },
  NO_LONGER_NEEDED: { sv: 'Det behövs inte längre.', en: 'It is no longer needed.' },
  ADDRESS_MENDED: {
    sv: 'Adressen är rättad och enheten har tittat efter.',
    en: 'The address is mended and the unit has looked.',
  },
  UNIT_ENDED: { sv: 'Enheten finns inte längre.', en: 'The unit is no more.' },
} as const;
export type DismissalReason = keyof typeof DISMISSAL_REASONS;

export const DismissDeadLetterSchema = z
  .strictObject({ reason: z.enum(['TOLD_OTHERWISE', 'NO_LONGER_NEEDED', 'ADDRESS_MENDED', 'UNIT_ENDED']) })
  .meta({ id: 'DismissDeadLetter' });
export type DismissDeadLetter = z.infer<typeof DismissDeadLetterSchema>;
