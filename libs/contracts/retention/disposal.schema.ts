import { z } from 'zod';
import {
  DISPOSAL_STATES,
  keysOf,
  REGISTER_EXTRACTS,
  RETENTION_EXEMPTIONS,
  RETENTION_MARKS,
  RETENTION_RULES,
} from '#domain';
import {
  InstantSchema,
  LabelSchema,
  LocalDaySchema,
  OutwardIdSchema,
  pageOf,
  shortText,
  UnitIdSchema,
  UuidSchema,
} from '../wire/index.js';

const RuleSchema = z.enum(keysOf(RETENTION_RULES));
const StateSchema = z.enum(keysOf(DISPOSAL_STATES));
const DigestSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 of the list, hex' });

/** Why a file goes or stays, with the source and how well it is known (C confirmed … U unconfirmed). */
export const RetentionBecauseSchema = z
  .object({
    code: z.string(),
    text: LabelSchema,
    source: LabelSchema,
    status: z.enum(['S', 'C', 'CI', 'INF', 'U']),
  })
  .meta({ id: 'RetentionBecause' });

/** Asks what would go by a rule as of a day: the dry run. Nothing is erased by it. */
export const ListDisposalSchema = z
  .object({
    actingUnit: UnitIdSchema,
    rule: RuleSchema,
    cutOff: LocalDaySchema.optional().meta({ description: 'Today, when not said; never later' }),
    statedPeriod: z
      .object({
        years: z.int().min(1).max(100),
        ground: shortText(200).meta({ description: 'The provision or decision; nothing about a person' }),
      })
      .optional()
      .meta({ description: 'Where no period is confirmed: your own, with its ground' }),
  })
  .meta({ id: 'ListDisposal' });
export type ListDisposal = z.infer<typeof ListDisposalSchema>;

export const ProposeDisposalSchema = z
  .object({
    listDigest: DigestSchema,
    registerExtract: z.enum(keysOf(REGISTER_EXTRACTS)).meta({
      description: 'What was done about the register extract of those whose files go',
    }),
  })
  .meta({ id: 'ProposeDisposal' });
export type ProposeDisposal = z.infer<typeof ProposeDisposalSchema>;

export const DecideDisposalSchema = z
  .object({ approves: z.boolean(), listDigest: DigestSchema })
  .meta({ id: 'DecideDisposal' });
export type DecideDisposal = z.infer<typeof DecideDisposalSchema>;

export const DisposalSchema = z
  .object({
    disposalId: UuidSchema,
    authority: z.string(),
    state: StateSchema,
    stateLabel: LabelSchema,
    rule: RuleSchema,
    ruleTitle: LabelSchema,
    ruleVersion: z.int(),
    cutOff: LocalDaySchema,
    statedPeriod: z.object({ years: z.int(), ground: z.string() }).nullable(),
    listedAt: InstantSchema,
    listDigest: DigestSchema,
    goes: z.int(),
    exempt: z.int(),
    notYet: z.int(),
    registerExtract: z
      .object({ step: z.enum(keysOf(REGISTER_EXTRACTS)), label: LabelSchema, digest: DigestSchema })
      .nullable(),
    proposedAt: InstantSchema.nullable(),
    decidedAt: InstantSchema.nullable(),
    progress: z.object({ erased: z.int(), skipped: z.int(), left: z.int() }),
    refused: z
      .object({ code: z.string(), at: InstantSchema, because: LabelSchema, next: LabelSchema })
      .nullable()
      .meta({ description: 'Why the record did not carry the decision out; nothing was erased' }),
    erasedAt: InstantSchema.nullable(),
    backupsGoneBy: LocalDaySchema.nullable().meta({
      description: 'From this day no backup of the key store can bring anything back',
    }),
    receipt: z.string().nullable().meta({ description: 'Compact JWS by the acting unit' }),
    proof: z
      .object({
        persons: z.int(),
        contents: z.int(),
        wraps: z.int(),
        rows: z.int(),
        leaves: z.int(),
        stillOpened: z.int().meta({ description: 'Attempts to open what was erased that succeeded: 0' }),
        before: DigestSchema,
        after: DigestSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Disposal' });
export type Disposal = z.infer<typeof DisposalSchema>;

export const DisposalPageSchema = pageOf(DisposalSchema, 'DisposalPage');
export type DisposalPage = z.infer<typeof DisposalPageSchema>;

/** One line of the list: an id of your authority, a kind, and why. No name, no number, no date of birth. */
export const DisposalItemSchema = z
  .object({
    subjectId: OutwardIdSchema,
    incidentId: OutwardIdSchema,
    role: z.string(),
    verdict: z.enum(['goes', 'exempt']),
    exemptions: z.array(z.enum(keysOf(RETENTION_EXEMPTIONS))),
    arisesOn: LocalDaySchema.nullable(),
    finishBy: LocalDaySchema.nullable(),
    because: z.array(RetentionBecauseSchema),
    state: z.enum(['listed', 'erased', 'skipped']),
    skippedCode: z.string().nullable(),
    erasedAt: InstantSchema.nullable(),
  })
  .meta({ id: 'DisposalItem' });
export type DisposalItem = z.infer<typeof DisposalItemSchema>;
export const DisposalItemPageSchema = pageOf(DisposalItemSchema, 'DisposalItemPage');
export type DisposalItemPage = z.infer<typeof DisposalItemPageSchema>;

export const DisposalItemsQuerySchema = z.object({
  verdict: z.enum(['goes', 'exempt']).optional(),
  after: z
    .string()
    .max(300)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional()
    .meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type DisposalItemsQuery = z.infer<typeof DisposalItemsQuerySchema>;

/** Notes what keeps somebody's file, or takes the note back; also on which kind of day she was born. */
export const MarkFileSchema = z
  .object({
    actingUnit: UnitIdSchema,
    subjectId: OutwardIdSchema,
    mark: z.enum(keysOf(RETENTION_MARKS)),
    holds: z.boolean().default(true).meta({ description: 'False takes an earlier note back' }),
    until: LocalDaySchema.optional().meta({
      description: 'The last day that it keeps the file; for ever when not said',
    }),
    reason: shortText(1000),
  })
  .meta({ id: 'MarkFile' });
export type MarkFile = z.infer<typeof MarkFileSchema>;
