import { describe, expect, it } from '@jest/globals';
import { ROUTING_REFUSAL_CODES } from '../routing/index.js';
import { keysOf } from '../wording/index.js';
import { refuse, succeed } from './refusal.js';
import { REFUSALS } from './refusal-codes.js';
import { refusalOfRouting } from './refusal-of-routing.js';

describe('refusals', () => {
  it.each(keysOf(REFUSALS))(
    '%s says what happened and what to do, as sentences in both languages',
    (code) => {
      const { sv, en, next } = REFUSALS[code];
      for (const sentence of [sv, en, next.sv, next.en]) expect(sentence).toMatch(/^\S.*\.$/);
      expect(sv).not.toBe(en);
    },
  );

  it('cover the bad input and bad luck of the issue', () => {
    expect(keysOf(REFUSALS)).toEqual(
      expect.arrayContaining([
        'UNKNOWN_PLACE',
        'SUBJECT_NOT_A_CHILD',
        'FUTURE_INCIDENT',
        'NO_BASIS',
        'FIELD_NOT_PERMITTED',
        'UNKNOWN_UNIT',
        'UNIT_ENDED',
        'CANNOT_DECLINE_REPORT',
        'ALREADY_ACCEPTED',
        'NOT_YOUR_UNIT',
        'NO_MANDATE',
        'HANDOFF_WITHDRAWN',
        'LOST_RACE',
        'STALE_VERSION',
        'IDEMPOTENCY_BODY_DIFFERS',
        'BODY_TOO_LARGE',
        'UNAUTHENTICATED',
        'DEPENDENCY_UNAVAILABLE',
        'AUDIT_UNAVAILABLE',
      ]),
    );
  });

  it('carry fields and the current state only when given', () => {
    expect(refuse('NOT_FOUND')).toEqual({ ok: false, refusal: { code: 'NOT_FOUND' } });
    expect(refuse('LOST_RACE', { current: { phase: 'accepted' } }).refusal.current).toEqual({
      phase: 'accepted',
    });
    expect(succeed(1)).toEqual({ ok: true, value: 1 });
  });

  it.each(ROUTING_REFUSAL_CODES)('has a word for the routing refusal %s', (code) => {
    const refusal = refusalOfRouting(
      { code, text: { sv: 'Välj.', en: 'Choose.' }, candidates: [] },
      'place',
      'en',
    );
    expect(keysOf(REFUSALS)).toContain(refusal.code);
    expect(refusal.errors).toEqual([{ field: 'place', message: 'Choose.' }]);
  });
});
