import { z } from 'zod';
import { InstantSchema } from '../wire/index.js';

/** The figures of C1 to C4 over the record as coordination may see it. `npm run verify` checks C7 and the receipts too. */
export const RecordFiguresSchema = z
  .object({
    at: InstantSchema.meta({ description: 'Record time' }),
    ok: z.boolean(),
    matters: z.object({ open: z.int(), closed: z.int() }),
    spells: z.int(),
    unownedMinutes: z.number().meta({ description: 'Minutes for which a matter had no responsible unit: 0' }),
    deadlinesArmed: z.int(),
    breaches: z.int().meta({ description: 'Due and not met' }),
    clocksRunning: z.int().nullable().meta({ description: 'Null when Temporal does not answer' }),
    checks: z.array(z.object({ rule: z.string(), name: z.string(), offending: z.int() })),
  })
  .meta({ id: 'RecordFigures' });
export type RecordFigures = z.infer<typeof RecordFiguresSchema>;
