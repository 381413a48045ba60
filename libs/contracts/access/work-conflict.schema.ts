import { z } from 'zod';
import { keysOf, WORK_CONFLICTS } from '#domain';
import { LabelSchema, shortText } from '../wire/index.js';

export const WorkConflictQuerySchema = z.object({
  person: shortText(120).meta({ description: 'As the token names the person' }),
});
export type WorkConflictQuery = z.infer<typeof WorkConflictQuerySchema>;

/** Why a person may not work on a matter, for the head of its unit; null where nothing of that unit stands in the way. */
export const WorkConflictSchema = z
  .object({
    conflict: z.object({ code: z.enum(keysOf(WORK_CONFLICTS)), text: LabelSchema }).nullable(),
  })
  .meta({ id: 'WorkConflict' });
export type WorkConflictView = z.infer<typeof WorkConflictSchema>;
