import { describe, expect, it } from '@jest/globals';
import { keysOf } from '../wording/index.js';
import { declineReasonFor } from './reason-masking.js';
import { DECLINE_REASONS, REASON_SETS, reasonsNeverOffered } from './reasons.js';

describe('coded reasons', () => {
  it('are those of forms.md 3', () => {
    expect(keysOf(REASON_SETS).map((set) => Object.keys(REASON_SETS[set]).length)).toEqual([12, 11, 6, 9]);
  });

  it('offer none that may never be offered', () => {
    expect(keysOf(REASON_SETS).flatMap((set) => reasonsNeverOffered(Object.keys(REASON_SETS[set])))).toEqual(
      [],
    );
  });

  it.each([
    'NO_CAPACITY',
    'LACK_OF_CAPACITY',
    'NOT_VIOLENCE',
    'PROTECTED_IDENTITY',
    'SECRET_ADDRESS',
    'WAITING_LIST',
  ])('would find %s, were it offered', (code) =>
    expect(reasonsNeverOffered([code, 'MOVED'])).toEqual([code]),
  );

  it('tell another authority only "not taken" when the person is known there', () => {
    const shown = declineReasonFor('ALREADY_OPEN_HERE', 'other-authority');
    expect(shown.shown).toBe('not-taken');
    expect(JSON.stringify(shown)).not.toMatch(/ALREADY|pågår|open/i);
  });

  it('tell the same authority, and every other reason to everybody', () => {
    expect(declineReasonFor('ALREADY_OPEN_HERE', 'same-authority').shown).toBe('reason');
    for (const code of keysOf(DECLINE_REASONS).filter((one) => one !== 'ALREADY_OPEN_HERE')) {
      expect(declineReasonFor(code, 'other-authority')).toMatchObject({ shown: 'reason', code });
    }
  });
});
