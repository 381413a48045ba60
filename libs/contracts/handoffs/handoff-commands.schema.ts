import { z } from 'zod';
import { keysOf, OUTSIDE_FUNCTIONS } from '#domain';
import { InstantSchema, shortText, UnitIdSchema, UuidSchema } from '../wire/index.js';

/** A coded reason of forms.md 3; which codes the route takes is said by `#domain`. */
const ReasonSchema = z
  .string()
  .regex(/^[A-Z][A-Z_]{2,40}$/)
  .meta({ example: 'NOT_TARGET_GROUP' });

export const AcceptHandoffSchema = z
  .object({
    mergedInto: UuidSchema.optional().meta({
      description: 'A running matter of yours that this report joins',
    }),
  })
  .meta({ id: 'AcceptHandoff' });

export const DeclineHandoffSchema = z
  .object({ reason: ReasonSchema, personsReason: ReasonSchema.optional(), note: shortText(500).optional() })
  .meta({ id: 'DeclineHandoff' });

/** Redirecting only proposes: the sender previews again and sends (DESIGN 5). */
export const RedirectHandoffSchema = z
  .object({ reason: ReasonSchema, proposedUnit: UnitIdSchema.optional(), note: shortText(500).optional() })
  .meta({ id: 'RedirectHandoff' });

export const RequestInformationSchema = z
  .object({ question: shortText(500) })
  .meta({ id: 'RequestInformation' });
export const AnswerInformationSchema = z
  .object({ answer: shortText(2000) })
  .meta({ id: 'AnswerInformation' });
export const WithdrawHandoffSchema = z
  .object({ note: shortText(500).optional() })
  .meta({ id: 'WithdrawHandoff' });
export const EnterInErrorSchema = z.object({ note: shortText(500) }).meta({ id: 'EnterInError' });
export const RequestCancellationSchema = z
  .object({ note: shortText(500) })
  .meta({ id: 'RequestCancellation' });

/** What the sender was told by a unit outside Handslag: function, time and case number (DESIGN 2, Receipt). */
export const AttestHandoffSchema = z
  .object({ function: z.enum(keysOf(OUTSIDE_FUNCTIONS)), at: InstantSchema, caseNumber: shortText(60) })
  .meta({ id: 'AttestHandoff' });
