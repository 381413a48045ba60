import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { KnownAnswer } from '../content/known-answer.js';
import { personFactsOf } from './person-facts.js';

const KEY = randomBytes(32);
const HER = 'subject-1';
const identity = (value: KnownAnswer['value'], concerns = [HER]): KnownAnswer => ({
  field: 'victim.identity',
  value,
  concerns,
  source: 'police',
  keepFrom: [],
});
const facts = (answers: readonly KnownAnswer[], authority = 'a', key = KEY) =>
  personFactsOf(key, { authority, subjectId: HER, answers });
const number = (value: string) => ({ value, standing: 'verified', kind: 'personal' });

describe('what is kept of a person for retention', () => {
  it('is the kind of her birth day and a digest, and nothing that could be read', () => {
    const kept = facts([
      identity({ name: 'Kanarie Kanariesson', number: number('19900315-1234'), birthDate: '1990-03-15' }),
    ]);
    expect(kept).toEqual({ sampleDay: 'yes', personKey: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(kept)).not.toMatch(/1990|kanarie/i);
  });

  it('finds the same person however the number was written, and by name and birth date where there is none', () => {
    const keyOf = (value: KnownAnswer['value']) => facts([identity(value)]).personKey;
    expect(keyOf({ number: number('19900315-1234') })).toBe(keyOf({ number: number('9003151234') }));
    expect(keyOf({ number: number('9003151234') })).not.toBe(keyOf({ number: number('9003151235') }));
    const named = { name: 'Åsa Öberg', number: 'unknown', birthDate: '1990-03-16' };
    expect(keyOf(named)).toBe(keyOf({ ...named, name: '  åsa öberg ' }));
    expect(keyOf(named)).not.toBe(keyOf({ ...named, birthDate: '1990-03-17' }));
  });

  it('cannot be joined with what another authority or another key makes of her', () => {
    const answers = [identity({ number: number('9003151234') })];
    const keys = [facts(answers), facts(answers, 'b'), facts(answers, 'a', randomBytes(32))];
    expect(new Set(keys.map(({ personKey }) => personKey)).size).toBe(3);
  });

  it.each<[string, KnownAnswer[]]>([
    ['nothing is known', []],
    ['it is about somebody else', [identity({ birthDate: '1990-03-15', name: 'x' }, ['subject-2'])]],
    ['it says unknown', [identity({ name: 'unknown', number: 'unknown', birthDate: 'unknown' })]],
    ['it is no identity', [identity('Kanarie')]],
  ])('is unknown where %s: that fails closed', (_, answers) => {
    expect(facts(answers)).toEqual({ sampleDay: 'unknown', personKey: null });
  });

  it.each(['child.identity', 'victim.identity', 'suspect.identity', 'subject.identity'])(
    'is known by %s',
    (field) => {
      const answers = [{ ...identity({ birthDate: '1990-03-15' }), field }];
      expect(facts(answers).sampleDay).toBe('yes');
    },
  );

  it('takes the newest that is known', () => {
    const answers = [
      identity({ birthDate: 'unknown' }),
      identity({ birthDate: '1990-03-16' }),
      identity({ birthDate: '1990-03-15' }),
    ];
    expect(facts(answers).sampleDay).toBe('no');
  });
});
