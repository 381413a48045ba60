import { z } from 'zod';
import {
  INVESTIGATION_STEPS,
  keysOf,
  RVC_INTERVENTIONS,
  SESSION_CONTENTS,
  SESSION_STATES,
  SUPPORT_CHANNELS,
  SUPPORT_MODALITIES,
} from '#domain';
import { ActRecordedSchema } from '../socialjouren/index.js';
import { InstantSchema, LabelSchema, orUnknown, shortText, UuidSchema } from '../wire/index.js';

const DecisionSchema = shortText(120).meta({
  description: 'The reference of the decision, as RVT or BoU writes it; sealed',
});

/** How somebody came to RVC, and that support may begin. */
export const BeginSupportSchema = z
  .object({
    channel: z.enum(keysOf(SUPPORT_CHANNELS)),
    isAdult: orUnknown(z.boolean()).meta({
      description: '18 or more on the day of the referral; "unknown" for who does not say who she is',
    }),
    anonymous: z.boolean().default(false).meta({ description: 'Does not say who she is; may do so later' }),
    asksAsCouple: z.boolean().default(false).meta({ description: 'They ask to come together (C-20)' }),
    decision: DecisionSchema.optional(),
    need: shortText(2000).meta({ description: 'Sealed' }),
    referredAt: InstantSchema,
  })
  .meta({ id: 'BeginSupport' });
export type BeginSupport = z.infer<typeof BeginSupportSchema>;

export const BookSessionSchema = z
  .object({
    intervention: z.enum(keysOf(RVC_INTERVENTIONS)),
    modality: z.enum(keysOf(SUPPORT_MODALITIES)),
    startsAt: InstantSchema,
    note: shortText(500).optional().meta({ description: 'Sealed' }),
  })
  .meta({ id: 'BookSession' });
export type BookSession = z.infer<typeof BookSessionSchema>;

/** What became of a session; said again it is corrected. */
export const TellSessionSchema = z
  .object({
    state: z.enum(keysOf(SESSION_STATES)).exclude(['BOOKED']),
    content: z.enum(keysOf(SESSION_CONTENTS)).optional().meta({ description: 'Of a session that was held' }),
    note: shortText(4000).optional().meta({ description: 'Sealed' }),
  })
  .refine(({ state, content }) => (state === 'ATTENDED') === (content !== undefined), {
    path: ['content'],
    error: 'is said of a session that was held, and of no other',
  })
  .meta({ id: 'TellSession' });
export type TellSession = z.infer<typeof TellSessionSchema>;

/** A step about the investigation that lets support go on after five conversations. */
export const InvestigationStepSchema = z
  .object({
    step: z.enum(keysOf(INVESTIGATION_STEPS)),
    until: InstantSchema.optional().meta({ description: 'Until when the unit head bridges' }),
    decision: DecisionSchema.optional(),
    reasons: shortText(2000).optional().meta({ description: 'Sealed' }),
    at: InstantSchema,
  })
  .refine(({ step, until }) => (step === 'BRIDGED') === (until !== undefined), {
    path: ['until'],
    error: 'is the day of a bridge, and of no other step',
  })
  .meta({ id: 'RecordInvestigationStep' });
export type RecordInvestigationStep = z.infer<typeof InvestigationStepSchema>;

export const SessionBookedSchema = ActRecordedSchema.meta({
  id: 'SessionBooked',
  description: '`recordId` names the session from now on',
});

const CodedSchema = z.object({ code: z.string(), label: LabelSchema });

/** The support of one person in one contact episode. */
export const SupportViewSchema = z
  .object({
    begun: z.object({ channel: CodedSchema, anonymous: z.boolean(), asksAsCouple: z.boolean() }).nullable(),
    conversations: z.object({
      spent: z.int().min(0),
      free: z.int().min(0),
      offerInvestigation: z.boolean().meta({ description: 'At the fourth: offer the investigation now' }),
    }),
    investigation: z.object({ step: CodedSchema, until: InstantSchema.nullable() }).nullable(),
    sessions: z.array(
      z.object({
        sessionId: UuidSchema,
        startsAt: InstantSchema,
        state: CodedSchema,
        intervention: CodedSchema,
        modality: CodedSchema,
        content: CodedSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'Support' });
export type SupportView = z.infer<typeof SupportViewSchema>;
