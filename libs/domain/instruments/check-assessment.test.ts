import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keysOf } from '../wording/index.js';
import {
  type AssessmentToCheck,
  checkAssessment,
  RISK_LEVELS,
  type RiskLevel,
  strictestLevel,
} from './check-assessment.js';
import {
  FACTOR_ANSWERS,
  factorLabel,
  RISK_INSTRUMENTS,
  type RiskInstrumentId,
  riskInstrument,
} from './risk-instruments.js';

const IDS = keysOf<RiskInstrumentId>(RISK_INSTRUMENTS);
const LEVELS = keysOf<RiskLevel>(RISK_LEVELS);

const MEDIUM = { acute: 'medium', future: 'medium', severity: 'medium' } as const;
function assessment(instrument: RiskInstrumentId, some: Partial<AssessmentToCheck> = {}): AssessmentToCheck {
  const { version, use } = riskInstrument(instrument);
  return {
    instrument,
    instrumentVersion: version,
    about: 'victim',
    answers: [],
    total: null,
    judgement: use === 'assesses' ? MEDIUM : null,
    assessedOn: '2026-12-01',
    ...some,
  };
}
const refusal = (checked: ReturnType<typeof checkAssessment>) =>
  checked.ok ? null : [checked.refusal.code, checked.refusal.errors?.[0]?.field];

describe('risk instruments (B9)', () => {
  it.each(['sara-sv', 'patriark', 'sam', 'no-instrument'] as const)('%s never takes a total', (id) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), (total) => {
        expect(refusal(checkAssessment(assessment(id, { total })))).toEqual([
          'TOTAL_NOT_OF_INSTRUMENT',
          'total',
        ]);
      }),
    );
  });

  it('FREDA keeps a total as it was entered', () => {
    expect(checkAssessment(assessment('freda-danger', { total: 17 })).ok).toBe(true);
  });

  it.each(['freda-short', 'freda-description'] as const)('%s judges no risk', (id) => {
    expect(checkAssessment(assessment(id)).ok).toBe(true);
    expect(refusal(checkAssessment(assessment(id, { judgement: MEDIUM })))).toEqual([
      'INVALID_INPUT',
      'judgement',
    ]);
  });

  it.each(['sara-sv', 'patriark'] as const)('%s has fifteen factors in three groups, and no more', (id) => {
    const answered = (factor: number) =>
      assessment(id, { answers: [{ factor, period: 'before', answer: 'PARTLY' }] });
    for (let factor = 1; factor <= 15; factor += 1) expect(checkAssessment(answered(factor)).ok).toBe(true);
    for (const factor of [0, 16, 1.5]) {
      expect(refusal(checkAssessment(answered(factor)))).toEqual(['INVALID_INPUT', 'answers.0.factor']);
    }
  });

  it('an item is answered once a period, from its own scale', () => {
    const one = { factor: 3, period: 'now', answer: 'YES' };
    const twice = { answers: [one, { ...one, answer: 'NO' }] };
    expect(refusal(checkAssessment(assessment('sara-sv', twice)))).toEqual([
      'INVALID_INPUT',
      'answers.1.factor',
    ]);
    const other = { answers: [{ ...one, answer: 'PARTLY' }] };
    expect(refusal(checkAssessment(assessment('freda-danger', other)))).toEqual([
      'INVALID_INPUT',
      'answers.0.answer',
    ]);
    const before = { answers: [{ ...one, period: 'before' }] };
    expect(refusal(checkAssessment(assessment('freda-danger', before)))).toEqual([
      'INVALID_INPUT',
      'answers.0.period',
    ]);
  });

  it('is named with its version, about whom it is for, and not before it was in use', () => {
    expect(refusal(checkAssessment(assessment('freda-danger', { instrumentVersion: '2012' })))).toEqual([
      'INVALID_INPUT',
      'instrumentVersion',
    ]);
    expect(refusal(checkAssessment(assessment('freda-danger', { about: 'alleged-perpetrator' })))).toEqual([
      'INVALID_INPUT',
      'instrument',
    ]);
    expect(refusal(checkAssessment(assessment('freda-danger', { assessedOn: '2014-10-21' })))).toEqual([
      'INVALID_INPUT',
      'assessedAt',
    ]);
  });

  it('carries no published item: every label is a group and a place, or a number', () => {
    for (const id of IDS) {
      for (const { label, first, count } of riskInstrument(id).factors ?? []) {
        expect(factorLabel(id, first)?.sv).toBe(`${label.sv} 1`);
        expect(factorLabel(id, first + count - 1)?.sv).toBe(`${label.sv} ${count}`);
        expect(label.sv.split(' ').length).toBeLessThan(4);
      }
      for (const answer of riskInstrument(id).answers) expect(keysOf(FACTOR_ANSWERS)).toContain(answer);
    }
  });

  it('counts the strictest of the three judgements, in whatever order', () => {
    const level = fc.constantFrom(...LEVELS);
    fc.assert(
      fc.property(level, level, level, (acute, future, severity) => {
        const all = [acute, future, severity];
        const strictest = strictestLevel({ acute, future, severity });
        expect(all).toContain(strictest);
        expect(strictest === 'low').toBe(all.every((one) => one === 'low'));
        expect(strictest === 'high').toBe(all.includes('high'));
      }),
    );
  });
});
