import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { REFUSALS } from '#domain';
import { problemOf } from './problem.js';
import { refusalOfError } from './refusal-of-error.js';
import { REFUSAL_STATUS } from './refusal-status.js';
import { RefusedException } from './refused.exception.js';

const withCode = (code: string) => Object.assign(new Error('kanarie'), { code });

describe('refusalOfError', () => {
  it.each([
    ['08006', 'DEPENDENCY_UNAVAILABLE'],
    ['57P01', 'DEPENDENCY_UNAVAILABLE'],
    ['57P03', 'DEPENDENCY_UNAVAILABLE'],
    ['53300', 'DEPENDENCY_UNAVAILABLE'],
    ['ECONNREFUSED', 'DEPENDENCY_UNAVAILABLE'],
    ['23505', 'UNEXPECTED'],
    ['42P01', 'UNEXPECTED'],
  ])('takes the error code %s for %s', (code, refusal) => {
    expect(refusalOfError(withCode(code)).code).toBe(refusal);
  });

  it('sees an outage behind several failed addresses', () => {
    expect(refusalOfError(new AggregateError([withCode('ECONNREFUSED')])).code).toBe(
      'DEPENDENCY_UNAVAILABLE',
    );
  });

  it('keeps a refusal as it is, and tells nothing of an address', () => {
    const refusal = { code: 'LOST_RACE', current: { phase: 'accepted' } } as const;
    expect(refusalOfError(new RefusedException(refusal))).toEqual(refusal);
    expect(refusalOfError(new NotFoundException('Cannot GET /kanarie'))).toEqual({ code: 'NOT_FOUND' });
  });

  it.each(['kanarie', undefined, null, 7, {}])('takes %j for something unexpected', (thrown) => {
    expect(refusalOfError(thrown)).toEqual({ code: 'UNEXPECTED' });
  });
});

describe('problemOf', () => {
  it('says in both languages what happened and what to do, for every refusal there is', () => {
    for (const code of Object.keys(REFUSALS).filter((key): key is keyof typeof REFUSALS =>
      Object.hasOwn(REFUSALS, key),
    )) {
      const problem = problemOf({ code });
      expect(problem.status).toBe(REFUSAL_STATUS[code]);
      for (const text of [problem.what.sv, problem.what.en, problem.next.sv, problem.next.en]) {
        expect([code, text.length > 0]).toEqual([code, true]);
      }
    }
  });
});
