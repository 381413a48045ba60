import { z } from 'zod';
import type { JsonValue } from '#audit';

/** One answer of a form, with what the disclosure policy must know of it (DESIGN 8, "each field carries"). */
export interface SealedField {
  /** The field's key in its form. */
  readonly field: string;
  readonly value: JsonValue;
  /** Subject ids whom the answer is about. */
  readonly concerns: readonly string[];
  /** Where it came from: a coded origin such as `victim`, `police-observation`, `register`. */
  readonly source: string;
  /** Sides or subject ids from whom it must be kept. */
  readonly keepFrom: readonly string[];
}

/** What is inside every envelope: a form, its version, and the answers with their origin and secrecy. */
export interface SealedFields {
  readonly form: string;
  readonly version: number;
  readonly fields: readonly SealedField[];
}

/** Parses what came out of an envelope: it is genuine, but another version of Handslag may have sealed it. */
export const SealedFieldsSchema: z.ZodType<SealedFields> = z.object({
  form: z.string(),
  version: z.int().min(1),
  fields: z.array(
    z.object({
      field: z.string(),
      value: z.json(),
      concerns: z.array(z.string()),
      source: z.string(),
      keepFrom: z.array(z.string()),
    }),
  ),
});
