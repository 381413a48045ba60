import { z } from 'zod';
import {
  FACTOR_ANSWERS,
  INTERVENTIONS,
  keysOf,
  POLICE_ASSESSMENT_STATES,
  RISK_EVENTS,
  RISK_INSTRUMENTS,
  RISK_LEVELS,
  RISK_REVIEW_OUTCOMES,
  TRIAGE_OUTCOMES,
} from '#domain';
import {
  BecauseSchema,
  InstantSchema,
  LabelSchema,
  LocalDaySchema,
  shortText,
  UuidSchema,
} from '../wire/index.js';

const words = (longest = 2000) => shortText(longest).meta({ description: 'Sealed' });

/** Whether a threat-and-risk assessment is needed before support is offered. */
export const TriageRiskSchema = z
  .object({
    outcome: z.enum(keysOf(TRIAGE_OUTCOMES)),
    reasons: words(),
    triagedAt: InstantSchema.meta({ description: 'When it was made; may be before now' }),
  })
  .strict()
  .meta({ id: 'TriageRisk' });
export type TriageRisk = z.infer<typeof TriageRiskSchema>;

const LevelSchema = z.enum(keysOf(RISK_LEVELS));

/** An assessment by an instrument; the answers and the words are sealed, the judgement is the assessor's own. */
export const AssessRiskSchema = z
  .object({
    instrument: z.enum(keysOf(RISK_INSTRUMENTS)),
    instrumentVersion: z.string().max(40),
    answers: z
      .array(
        z
          .object({
            factor: z.int().min(1).max(100),
            period: z.enum(['now', 'before']).default('now'),
            answer: z.enum(keysOf(FACTOR_ANSWERS)),
          })
          .strict(),
      )
      .max(200)
      .default([])
      .meta({ description: 'By the number in the form; sealed' }),
    total: z
      .int()
      .min(0)
      .max(1000)
      .optional()
      .meta({ description: 'As the form has it, of an instrument that has one; never computed; sealed' }),
    judgement: z
      .object({ acute: LevelSchema, future: LevelSchema, severity: LevelSchema })
      .strict()
      .optional(),
    basis: words(4000).meta({ description: 'What the judgement rests on; sealed' }),
    assessedAt: InstantSchema.meta({ description: 'When it was made; may be before now' }),
    corrects: UuidSchema.optional().meta({ description: 'An assessment that this one corrects' }),
  })
  .strict()
  .meta({ id: 'AssessRisk' });
export type AssessRisk = z.infer<typeof AssessRiskSchema>;

export const RiskInErrorSchema = z.object({ reason: words() }).strict().meta({ id: 'RiskInError' });
export type RiskInError = z.infer<typeof RiskInErrorSchema>;

/** Asked for, come or never come; nothing waits for it (B9). */
export const RecordPoliceAssessmentSchema = z
  .object({
    state: z.enum(keysOf(POLICE_ASSESSMENT_STATES)),
    note: words().optional(),
    at: InstantSchema,
  })
  .strict()
  .meta({ id: 'RecordPoliceAssessment' });
export type RecordPoliceAssessment = z.infer<typeof RecordPoliceAssessmentSchema>;

/** Something after which, or before which, the risk is looked at anew (forms 4). */
export const RecordRiskEventSchema = z
  .object({
    event: z.enum(keysOf(RISK_EVENTS)),
    happenedAt: InstantSchema.optional().meta({ description: 'Of what has happened; not in the future' }),
    comingOn: LocalDaySchema.optional().meta({ description: 'Of a hearing or a visit ahead' }),
    note: words().optional(),
  })
  .strict()
  .refine(
    ({ event, happenedAt, comingOn }) =>
      RISK_EVENTS[event].ahead
        ? comingOn !== undefined && happenedAt === undefined
        : happenedAt !== undefined && comingOn === undefined,
    {
      path: ['event'],
      error: 'a hearing or a visit has a day to come; all else an instant at which it happened',
    },
  )
  .meta({ id: 'RecordRiskEvent' });
export type RecordRiskEvent = z.infer<typeof RecordRiskEventSchema>;

/** The risk looked at anew, without a new assessment or leading to one. */
export const ReviewRiskSchema = z
  .object({
    outcome: z.enum(keysOf(RISK_REVIEW_OUTCOMES)),
    reasons: words(),
    reviewedAt: InstantSchema,
  })
  .strict()
  .meta({ id: 'ReviewRisk' });
export type ReviewRisk = z.infer<typeof ReviewRiskSchema>;

/** A decision on a measure. */
export const DecideInterventionSchema = z
  .object({
    intervention: z.enum(keysOf(INTERVENTIONS)),
    granted: z.boolean(),
    reasons: words(4000),
    committeeProtocol: shortText(200)
      .optional()
      .meta({ description: 'Of a decision that a committee took: its minutes; sealed' }),
    decidedAt: InstantSchema,
  })
  .strict()
  .meta({ id: 'DecideIntervention' });
export type DecideIntervention = z.infer<typeof DecideInterventionSchema>;

/** The matter in which a decision is carried out, opened and handed on. */
export const HandOnCommissionSchema = z
  .object({ commissionMatterId: UuidSchema })
  .strict()
  .meta({ id: 'HandOnCommission' });
export type HandOnCommission = z.infer<typeof HandOnCommissionSchema>;

const RiskStepSchema = z
  .object({
    step: z.string(),
    label: LabelSchema,
    occurrence: z.string(),
    dueAt: InstantSchema,
    metAt: InstantSchema.nullable(),
    outcome: z.string().nullable(),
    isBreached: z.boolean(),
    because: z.array(BecauseSchema),
  })
  .meta({ id: 'RiskStep' });

/** All of it in codes and instants; the words are read one by one, and each reading is audited. */
export const RiskViewSchema = z
  .object({
    matterId: UuidSchema,
    triage: z.object({ outcome: z.string(), triagedAt: InstantSchema, version: z.int() }).nullable(),
    isAssessed: z.boolean(),
    assessments: z.array(
      z.object({
        assessmentId: UuidSchema,
        instrument: z.string(),
        instrumentVersion: z.string(),
        acute: z.string().nullable(),
        future: z.string().nullable(),
        severity: z.string().nullable(),
        assessedAt: InstantSchema,
        recordedAt: InstantSchema,
        isLate: z.boolean().meta({ description: 'Recorded on a later day than it was made' }),
        assessor: z.string(),
        standing: z.enum(['stands', 'corrected', 'entered-in-error']),
      }),
    ),
    policeAssessment: z.object({ state: z.string(), at: InstantSchema }).nullable(),
    events: z.array(z.object({ event: z.string(), at: InstantSchema, source: z.enum(['recorded', 'told']) })),
    reviews: z.array(z.object({ outcome: z.string(), reviewedAt: InstantSchema })),
    decisions: z.array(
      z.object({
        decisionId: UuidSchema,
        intervention: z.string(),
        granted: z.boolean(),
        decidedAt: InstantSchema,
        commission: z.string().nullable(),
      }),
    ),
    steps: z.array(RiskStepSchema),
  })
  .meta({ id: 'RiskView' });
export type RiskView = z.infer<typeof RiskViewSchema>;

export const RiskAssessmentWordsSchema = z
  .object({
    assessmentId: UuidSchema,
    answers: z.array(
      z.object({ factor: z.int(), label: LabelSchema, period: z.string(), answer: z.string() }),
    ),
    total: z.int().nullable(),
    basis: z.string(),
    reason: z.string().nullable().meta({ description: 'Of one entered in error: why' }),
  })
  .meta({ id: 'RiskAssessmentWords' });
export type RiskAssessmentWords = z.infer<typeof RiskAssessmentWordsSchema>;

/** Incidents of the same person in the unit within twelve months; nobody else is asked or told. */
export const RepeatIncidentsSchema = z
  .object({
    count: z.int(),
    dates: z.array(InstantSchema),
    isIdentityKnown: z.boolean(),
    withinMonths: z.int(),
  })
  .meta({ id: 'RepeatIncidents' });
export type RepeatIncidents = z.infer<typeof RepeatIncidentsSchema>;
