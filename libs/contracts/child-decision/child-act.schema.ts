import { z } from 'zod';
import { CHILD_ACTS, type ChildActKind } from '#domain';
import { ReachedPersonSchema } from '../consents/consent.schema.js';
import { InstantSchema, LocalDaySchema, orUnknown, shortText, UuidSchema } from '../wire/index.js';

const words = {
  at: InstantSchema.meta({ description: 'When it was done or decided; not in the future' }),
  reasons: shortText(2000).meta({ description: 'Why, or what it says; sealed' }),
};
const outcome = <Kind extends ChildActKind>(kind: Kind) => z.enum(CHILD_ACTS[kind].codes);
const YesNoSchema = orUnknown(z.enum(['yes', 'no']));

const ParentSchema = z.object({
  isCustodian: YesNoSchema.meta({ description: 'Recorded apart from being a parent' }),
  isAtRvc: YesNoSchema,
});

const ProgrammeSchema = z
  .object({
    kind: z.literal('programme'),
    age: orUnknown(z.int().min(0).max(20)),
    isSafe: YesNoSchema.meta({ description: 'Lives safe, protected from violence' }),
    hasUnsafeContact: YesNoSchema.meta({ description: 'Meets somebody in a way that may feel unsafe' }),
    isReceptive: YesNoSchema,
    parents: z.array(ParentSchema).max(4),
    deliveredBy: z.enum(['rvc', 'open-care']),
    ...words,
  })
  .meta({ id: 'EvaluateProgramme', description: 'Trappan, Här och nu or neither, by the criteria' });

/** What BoU does in a child's case, one kind a shape; the words are sealed to the unit. */
export const RecordChildActSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('notice'),
      person: ReachedPersonSchema,
      outcome: outcome('notice'),
      ...words,
    }),
    z.object({ kind: z.literal('notices-complete'), ...words }),
    z.object({ kind: z.literal('reach'), person: ReachedPersonSchema, outcome: outcome('reach'), ...words }),
    z.object({ kind: z.literal('plan'), ...words }),
    z.object({ kind: z.literal('progress'), outcome: outcome('progress'), ...words }),
    z.object({
      kind: z.literal('extension'),
      until: LocalDaySchema.meta({ description: 'To the end of that day' }),
      ...words,
    }),
    z.object({ kind: z.literal('move'), ...words }),
    z.object({ kind: z.literal('take-over'), outcome: outcome('take-over'), ...words }),
    z.object({ kind: z.literal('closing'), outcome: outcome('closing'), ...words }),
    ProgrammeSchema,
    z.object({
      kind: z.literal('support'),
      outcome: outcome('support'),
      committeeProtocol: shortText(200)
        .optional()
        .meta({ description: 'The minutes, where the committee decided (FB 6:13 a); sealed' }),
      ...words,
    }),
    z.object({
      kind: z.literal('commission'),
      outcome: outcome('commission'),
      matterId: UuidSchema.optional().meta({
        description: 'The `child-support` matter that is offered to RVC',
      }),
      ...words,
    }),
    z.object({ kind: z.literal('delivery'), outcome: outcome('delivery'), ...words }),
    z.object({ kind: z.literal('undelivered-report'), ...words }),
    z.object({
      kind: z.literal('follow-up'),
      outcome: outcome('follow-up'),
      since: InstantSchema.optional().meta({
        description: 'When the placement or the care ended; of an investigation the record knows',
      }),
      ...words,
    }),
    z.object({ kind: z.literal('follow-up-end'), outcome: outcome('follow-up-end'), ...words }),
    z.object({
      kind: z.literal('risk-review'),
      fact: UuidSchema.meta({ description: 'The `occurrence` of the step' }),
      outcome: outcome('risk-review'),
      ...words,
    }),
    z.object({ kind: z.literal('young-relationship'), outcome: outcome('young-relationship'), ...words }),
    z.object({ kind: z.literal('youth-clinic'), outcome: outcome('youth-clinic'), ...words }),
    z.object({ kind: z.literal('entered-in-error'), act: UuidSchema, ...words }),
  ])
  .meta({ id: 'RecordChildAct' });
export type RecordChildAct = z.infer<typeof RecordChildActSchema>;
