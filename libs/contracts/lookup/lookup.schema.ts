import { z } from 'zod';
import { keysOf, LOOKUP_HITS, LOOKUP_PURPOSES, LOOKUP_TERMS } from '#domain';
import { InstantSchema, OutwardIdSchema, shortText, UnitIdSchema, UuidSchema } from '../wire/index.js';

/** One search: by name, by number or by case number, and by nothing else (SoLPUL 15 §). */
export const LookUpSchema = z
  .object({
    actingUnit: UnitIdSchema,
    by: z.enum(keysOf(LOOKUP_TERMS)),
    value: shortText(120).meta({ description: 'The whole name, or two parts of it; no wildcards' }),
    purpose: z.enum(keysOf(LOOKUP_PURPOSES)),
    reason: shortText(300).meta({
      description: 'Which case or report it is for; sealed, and read in log reviews',
    }),
  })
  .meta({ id: 'LookUp' });
export type LookUp = z.infer<typeof LookUpSchema>;

const FoundMatterSchema = z
  .object({
    matterId: UuidSchema,
    kind: z.string(),
    incidentId: OutwardIdSchema,
    subjectId: OutwardIdSchema,
    openedAt: InstantSchema,
    holds: z.boolean().meta({ description: 'Your unit answers for it now' }),
    isOpen: z.boolean(),
  })
  .meta({ id: 'FoundMatter' });
export type FoundMatter = z.infer<typeof FoundMatterSchema>;

/** What was found that you may see. What you may not see is not counted. */
export const LookedUpSchema = z
  .object({
    lookupId: UuidSchema,
    items: z.array(FoundMatterSchema).max(LOOKUP_HITS),
    more: z.boolean().meta({ description: 'There is more than is shown: look for something narrower' }),
  })
  .meta({ id: 'LookedUp' });
export type LookedUp = z.infer<typeof LookedUpSchema>;

/** Other matters of the unit that may be about the same person. A warning, and never a conclusion. */
export const SamePersonSchema = z
  .object({
    matterId: UuidSchema,
    items: z.array(
      z.object({
        ...FoundMatterSchema.shape,
        by: z.enum(['number', 'name']).meta({ description: 'A number is stronger than a name' }),
      }),
    ),
    isIdentityKnown: z.boolean().meta({ description: 'False when there is nothing to compare by' }),
  })
  .meta({ id: 'SamePerson' });
export type SamePerson = z.infer<typeof SamePersonSchema>;

/** The authority's own number of the case, so that it can be found by it. */
export const RecordCaseNumberSchema = z
  .object({ actingUnit: UnitIdSchema, caseNumber: shortText(60) })
  .meta({ id: 'RecordCaseNumber' });
export type RecordCaseNumber = z.infer<typeof RecordCaseNumberSchema>;
