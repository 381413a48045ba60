import { z } from 'zod';
import { DRAW_RESULTS, keysOf, LOG_RISKS } from '#domain';
import { InstantSchema, LabelSchema, pageOf, shortText, UnitIdSchema, UuidSchema } from '../wire/index.js';

const RiskSchema = z.enum(keysOf(LOG_RISKS));
const ResultSchema = z.enum(keysOf(DRAW_RESULTS));

export const LogReviewLineSchema = z
  .object({
    reviewId: UuidSchema,
    unit: UnitIdSchema,
    from: InstantSchema,
    until: InstantSchema.nullable().meta({ description: 'Null until the draw is made' }),
    dueAt: InstantSchema,
    state: z.enum(['due', 'drawn', 'finished', 'followed-up']),
  })
  .meta({ id: 'LogReviewLine' });
export const LogReviewPageSchema = pageOf(LogReviewLineSchema, 'LogReviewPage');
export type LogReviewPage = z.infer<typeof LogReviewPageSchema>;

/** A review with its draw: who did what and when, and how it was drawn; never what was read. */
export const LogReviewViewSchema = LogReviewLineSchema.extend({
  method: z.string().nullable(),
  seed: z
    .string()
    .nullable()
    .meta({ description: 'With the method and the accesses: the draw can be made again' }),
  accesses: z.int().nullable().meta({ description: 'How many it was drawn from' }),
  result: z.enum(['IN_ORDER', 'MEASURES']).nullable(),
  draws: z.array(
    z.object({
      leafId: UuidSchema,
      at: InstantSchema,
      person: z.string().meta({ description: 'As the token names the person; empty once erased' }),
      kind: z.enum(['command', 'reading', 'refusal']),
      action: z.string(),
      target: z.object({ kind: z.string(), id: z.string() }).nullable(),
      code: z.string(),
      risks: z.array(z.object({ code: RiskSchema, label: LabelSchema })),
      why: z.enum(['every', 'each-risk', 'weighted']),
      weight: z.int(),
      mine: z.boolean().meta({ description: 'Your own access: another reviewer judges it' }),
      result: ResultSchema.nullable(),
    }),
  ),
}).meta({ id: 'LogReviewView' });
export type LogReviewView = z.infer<typeof LogReviewViewSchema>;

export const JudgeDrawSchema = z
  .object({ leafId: UuidSchema, result: ResultSchema, words: shortText(2000).optional() })
  .strict()
  .meta({ id: 'JudgeDraw' });
export type JudgeDraw = z.infer<typeof JudgeDrawSchema>;

export const FinishLogReviewSchema = z
  .object({ result: z.enum(['IN_ORDER', 'MEASURES']), words: shortText(4000) })
  .strict()
  .meta({ id: 'FinishLogReview' });
export type FinishLogReview = z.infer<typeof FinishLogReviewSchema>;

export const FollowUpLogReviewSchema = z
  .object({ words: shortText(4000).meta({ description: 'What was found and done; sealed to the unit' }) })
  .strict()
  .meta({ id: 'FollowUpLogReview' });
export type FollowUpLogReview = z.infer<typeof FollowUpLogReviewSchema>;

export const DrawLogReviewSchema = z.object({}).strict().meta({ id: 'DrawLogReview' });
