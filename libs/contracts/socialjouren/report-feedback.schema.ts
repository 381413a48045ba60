import { z } from 'zod';
import { InstantSchema, shortText } from '../wire/index.js';

/** What BoU decides to tell who reported: which of the three it was is the record's, never typed (OSL 26:9 a). */
export const DecideReportFeedbackSchema = z
  .object({
    tells: z.boolean().meta({ description: 'False only where telling is unsuitable' }),
    askedFor: z.boolean().default(false).meta({ description: 'The reporter has asked' }),
    reasons: shortText(2000).meta({ description: 'Sealed' }),
    decidedAt: InstantSchema,
  })
  .meta({ id: 'DecideReportFeedback' });
export type DecideReportFeedback = z.infer<typeof DecideReportFeedbackSchema>;
