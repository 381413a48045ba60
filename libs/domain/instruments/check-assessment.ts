import type { SubjectRole } from '../matter/index.js';
import { type FieldError, type Result, refuse, succeed } from '../refusals/index.js';
import type { Label } from '../wording/index.js';
import { factorLabel, type RiskInstrumentId, riskInstrument } from './risk-instruments.js';

/** The assessor's judgement; nobody and nothing derives it from the answers (Belfrage, domain.md C1). */
export const RISK_LEVELS = {
  low: { sv: 'Låg', en: 'Low' },
  medium: { sv: 'Medel', en: 'Medium' },
  high: { sv: 'Hög', en: 'High' },
} as const satisfies Record<string, Label>;
export type RiskLevel = keyof typeof RISK_LEVELS;

export interface RiskJudgement {
  /** Of violence in the coming weeks. */
  readonly acute: RiskLevel;
  readonly future: RiskLevel;
  /** How severe the violence would be. */
  readonly severity: RiskLevel;
}

/** An assessment before it is recorded. */
export interface AssessmentToCheck {
  readonly instrument: RiskInstrumentId;
  readonly instrumentVersion: string;
  readonly about: SubjectRole;
  readonly answers: readonly { readonly factor: number; readonly period: string; readonly answer: string }[];
  readonly total: number | null;
  readonly judgement: RiskJudgement | null;
  /** The local day on which it was made, `YYYY-MM-DD`. */
  readonly assessedOn: string;
}

/** Items of an instrument whose count is not confirmed: a bound against nonsense, and no claim. */
const MOST_ITEMS = 60;

/**
 * Whether an assessment is one that its instrument allows. Refuses TOTAL_NOT_OF_INSTRUMENT for a sum where none exists, and
 * INVALID_INPUT with the fields: version, person, factors, answers, a judgement missing or out of place.
 */
export function checkAssessment(assessment: AssessmentToCheck): Result<null> {
  const instrument = riskInstrument(assessment.instrument);
  if (assessment.total !== null && instrument.total === 'never') {
    return refuse('TOTAL_NOT_OF_INSTRUMENT', {
      errors: [{ field: 'total', message: `${instrument.label.en} has none: no factors are added up` }],
    });
  }
  const wrong = (isWrong: boolean, field: string, message: string): FieldError[] =>
    isWrong ? [{ field, message }] : [];
  const { instrumentVersion, about, assessedOn, judgement, answers } = assessment;
  const errors = [
    ...wrong(instrumentVersion !== instrument.version, 'instrumentVersion', `is ${instrument.version}`),
    ...wrong(!instrument.mayAssess.includes(about), 'instrument', `assesses no ${about}`),
    ...wrong(assessedOn < instrument.validFrom, 'assessedAt', `in use from ${instrument.validFrom}`),
    ...wrong(
      (judgement === null) === (instrument.use === 'assesses'),
      'judgement',
      instrument.use === 'assesses'
        ? 'acute risk, future risk and severity, each low, medium or high'
        : 'this instrument asks and describes; it judges no risk',
    ),
    ...answers.flatMap((one, index) => answerErrors(assessment, one, `answers.${index}`)),
  ];
  return errors.length === 0 ? succeed(null) : refuse('INVALID_INPUT', { errors });
}

function answerErrors(
  { instrument: id, answers }: AssessmentToCheck,
  one: AssessmentToCheck['answers'][number],
  field: string,
): FieldError[] {
  const instrument = riskInstrument(id);
  const isFactor =
    Number.isInteger(one.factor) &&
    one.factor >= 1 &&
    (instrument.factors === null ? one.factor <= MOST_ITEMS : factorLabel(id, one.factor) !== null);
  if (!isFactor) return [{ field: `${field}.factor`, message: 'is no factor of this instrument' }];
  if (!instrument.periods.some((period) => period === one.period)) {
    return [{ field: `${field}.period`, message: `one of ${instrument.periods.join(', ')}` }];
  }
  if (!instrument.answers.includes(one.answer)) {
    return [{ field: `${field}.answer`, message: `one of ${instrument.answers.join(', ')}` }];
  }
  const same = answers.find(({ factor, period }) => factor === one.factor && period === one.period);
  return same === one ? [] : [{ field: `${field}.factor`, message: 'is answered twice' }];
}

const ORDER: readonly RiskLevel[] = ['low', 'medium', 'high'];

/** The highest of the three: what decides how soon the risk is assessed again. */
export function strictestLevel({ acute, future, severity }: RiskJudgement): RiskLevel {
  return [acute, future, severity].reduce((one, other) =>
    ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one,
  );
}
