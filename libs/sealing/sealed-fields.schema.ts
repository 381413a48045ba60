import { z } from 'zod';

/** One answer of a form, with what the disclosure policy must know of it (DESIGN 8, "each field carries"). */
export const SealedFieldSchema = z.object({
  /** The field's key in its form. */
  field: z.string(),
  value: z.json(),
  /** Subject ids whom the answer is about. */
  concerns: z.array(z.string()),
  /** Where it came from: a coded origin such as `victim`, `police-observation`, `register`. */
  source: z.string(),
  /** Sides or subject ids from whom it must be kept. */
  keepFrom: z.array(z.string()),
});

/** What is inside every envelope: a form, its version, and the answers with their origin and secrecy. */
export const SealedFieldsSchema = z.object({
  form: z.string(),
  version: z.int().min(1),
  fields: z.array(SealedFieldSchema),
});
export type SealedField = z.infer<typeof SealedFieldSchema>;
export type SealedFields = z.infer<typeof SealedFieldsSchema>;
