import { z } from 'zod';
import { InstantSchema, UnitIdSchema, UuidSchema } from '../wire/index.js';

const LONGEST_URL = 500;

/** Where a unit's own system listens. Nothing that could carry a secret or a word of a case: no user, query or fragment. */
const WebhookUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(LONGEST_URL)
  .refine((text) => URL.canParse(text) && isPlain(new URL(text)), {
    error: 'must have no user, password, query or fragment',
  })
  .meta({ example: 'https://verksamhet.example.se/handslag' });

function isPlain({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === '');
}

/** Registers where the unit's system listens, gives it a new secret, or ends it. */
export const ChangeWebhookSchema = z
  .discriminatedUnion('change', [
    z.strictObject({ change: z.literal('register'), url: WebhookUrlSchema }),
    z.strictObject({
      change: z.literal('rotate'),
      oldSecretHours: z
        .int()
        .min(0)
        .max(168)
        .default(24)
        .meta({ description: 'For so long the old secret signs too; 0 where it has leaked' }),
    }),
    z.strictObject({ change: z.literal('end') }),
  ])
  .meta({ id: 'ChangeWebhook' });
export type ChangeWebhook = z.infer<typeof ChangeWebhookSchema>;

/** The secret is in the answer to `register` and `rotate`, and nowhere else. */
export const WebhookChangedSchema = z
  .object({
    recordId: UuidSchema,
    recordedAt: InstantSchema,
    secret: z.string().nullable().meta({ description: 'Keep it: it is not shown again' }),
  })
  .meta({ id: 'WebhookChanged' });
export type WebhookChanged = z.infer<typeof WebhookChangedSchema>;

export const WebhookViewSchema = z
  .object({
    unit: UnitIdSchema,
    url: z.string().nullable().meta({ description: 'Null where none is registered' }),
    since: InstantSchema.nullable(),
    secretVersion: z.int().nullable(),
    oldSecretUntil: InstantSchema.nullable(),
  })
  .meta({ id: 'WebhookView' });
export type WebhookView = z.infer<typeof WebhookViewSchema>;
