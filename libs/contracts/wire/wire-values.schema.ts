import { z } from 'zod';

/** "Unknown" is a valid answer to every question of a form (forms.md 1): at 02:40 nothing is refused for it. */
export const UNKNOWN = 'unknown';

/** A value or "unknown"; the key itself must be there, so that a question cannot be skipped unseen. */
export function orUnknown<Value extends z.ZodType>(value: Value) {
  return z.union([z.literal(UNKNOWN), value], {
    error: ({ input }) =>
      input === undefined
        ? `is missing; "${UNKNOWN}" is an answer`
        : `fits no answer here; "${UNKNOWN}" is one`,
  });
}

/** True when the answer is known. */
export function isKnown<Value>(answer: Value | typeof UNKNOWN | undefined): answer is Value {
  return answer !== undefined && answer !== UNKNOWN;
}

/** An instant with its offset, such as `2026-06-05T23:30:00+02:00`. */
export const InstantSchema = z.iso
  .datetime({ offset: true })
  .meta({ description: 'ISO 8601 with an offset', example: '2026-06-05T23:30:00+02:00' });

/** A calendar day in Europe/Stockholm, `YYYY-MM-DD`. */
export const LocalDaySchema = z.iso.date().meta({ example: '2026-06-06' });

export const UnitIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(80)
  .meta({ description: 'The id of a unit in the directory', example: 'socialjouren-stockholm' });

export const UuidSchema = z.uuid().meta({ example: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10' });

/** An id that is derived for the authority that reads it; another authority sees another one (DESIGN 2). */
export const OutwardIdSchema = z
  .string()
  .min(16)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .meta({ description: 'Derived for your authority and side; cannot be joined with what others see' });

/** A short text typed by a person; control characters other than line breaks are refused. */
export function shortText(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !hasControlCharacter(text), { error: 'contains control characters' });
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' && character !== '\n' && character !== '\t');
}

/** A wording in both languages of the house. */
export const LabelSchema = z.object({ sv: z.string(), en: z.string() }).meta({ id: 'Label' });

/** Versions are positive whole numbers and are the ETag of what carries them. */
export const VersionSchema = z.int().min(1);

/** One keyset page: `next` goes back in as `after`, and is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item, id: string) {
  return z.object({ items: z.array(item), next: z.string().nullable() }).meta({ id });
}

/** How much of a list, and from where. */
export const PageQuerySchema = z.object({
  unit: UnitIdSchema.optional().meta({ description: 'One of your units; without it all of them' }),
  after: z
    .string()
    .max(300)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional()
    .meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type PageQuery = z.infer<typeof PageQuerySchema>;

/** A line of an explanation: why this unit, this day, this deadline (C8). */
export const BecauseSchema = z
  .object({ code: z.string(), text: LabelSchema, source: z.string().nullable() })
  .meta({ id: 'Because' });
