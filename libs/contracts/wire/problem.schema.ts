import { z } from 'zod';
import { LabelSchema } from './wire-values.schema.js';

/** What is wrong with one field of a request, without repeating what was written there. */
export const FieldErrorSchema = z
  .object({
    field: z.string().meta({ description: 'Dotted path', example: 'children.0.birthDate' }),
    message: z.string(),
  })
  .meta({ id: 'FieldError' });

/** RFC 9457, with a stable code, what happened and what to do next, in both languages. */
export const ProblemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:handslag:refusal:STALE_VERSION' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to do next' }),
    code: z.string().meta({ description: 'Stable: programs may rely on it', example: 'STALE_VERSION' }),
    what: LabelSchema,
    next: LabelSchema,
    errors: z.array(FieldErrorSchema).optional(),
    current: z.unknown().optional().meta({ description: 'After a lost race: what holds now' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof ProblemSchema>;
