import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AskedUnit,
  covers,
  type PartyScope,
  type RecordedWord,
  type WordQuestion,
  wordThatCounts,
} from './recorded-word.js';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 0, minute));
const US: AskedUnit = { unit: 'socialjouren-stockholm', kind: 'socialjouren' };
const SYDVAST: AskedUnit = { unit: 'rvt-sydvast', kind: 'rvt' };
const OTHERS: readonly AskedUnit[] = [
  { unit: 'rvt-skarpnack', kind: 'rvt' },
  { unit: 'bou-skarpnack', kind: 'bou' },
];

const word = (some: Partial<RecordedWord> = {}): RecordedWord => ({
  id: 'a',
  kind: 'answer',
  answer: 'GIVEN',
  giver: 'unit:socialjouren-stockholm',
  recipient: 'unit:rvt-sydvast',
  purpose: 'adult-safety',
  fields: null,
  saidAt: at(0),
  recordedAt: at(0),
  validUntil: null,
  inErrorSince: null,
  ...some,
});
const question = (minute: number, some: Partial<WordQuestion> = {}): WordQuestion => ({
  giver: US,
  recipient: SYDVAST,
  purpose: 'adult-safety',
  at: at(minute),
  ...some,
});
const lastOf = (words: readonly RecordedWord[], minute = 30, some: Partial<WordQuestion> = {}) =>
  wordThatCounts(words, question(minute, some)).lastWord;

const SCOPES = ['unit:rvt-sydvast', 'unit:rvt-skarpnack', 'kind:rvt', 'kind:bou'] as const;
const anyMinute = fc.integer({ min: 0, max: 30 });
const anyWord = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('answer' as const, 'withdrawal' as const),
    answer: fc.constantFrom('GIVEN' as const, 'REFUSED' as const, 'NOT_ASKED' as const),
    recipient: fc.constantFrom<PartyScope>(...SCOPES),
    purpose: fc.constantFrom('adult-safety' as const, 'mental-health' as const),
    said: anyMinute,
    late: fc.integer({ min: 0, max: 10 }),
    lasts: fc.option(fc.integer({ min: 1, max: 20 })),
    errs: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ said, late, lasts, errs, ...rest }) =>
    word({
      ...rest,
      saidAt: at(said),
      recordedAt: at(said + late),
      validUntil: lasts === null ? null : at(said + lasts),
      inErrorSince: errs === null ? null : at(said + late + errs),
    }),
  );
const anyWords = fc.array(anyWord, { maxLength: 12 });
const anyQuestion = fc
  .record({
    recipient: fc.constantFrom<AskedUnit>(SYDVAST, ...OTHERS),
    purpose: fc.constantFrom('adult-safety' as const, 'mental-health' as const),
    minute: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ minute, ...some }) => question(minute, some));

describe('the word that counts', () => {
  it.each([
    ['nothing was recorded', [], 'none'],
    ['she said yes', [word()], 'given'],
    ['she said no', [word({ answer: 'REFUSED' })], 'refused'],
    ['she was not asked', [word({ answer: 'NOT_ASKED' })], 'not-asked'],
    ['her yes ran out', [word({ validUntil: at(30) })], 'expired'],
    [
      'she took it back',
      [word(), word({ id: 'b', kind: 'withdrawal', saidAt: at(1), recordedAt: at(1) })],
      'withdrawn',
    ],
    ['it was a mistake', [word({ inErrorSince: at(2) })], 'none'],
    [
      'she said no and then yes',
      [word({ answer: 'REFUSED' }), word({ saidAt: at(1), recordedAt: at(1) })],
      'given',
    ],
    [
      'an old yes was recorded after her no',
      [word({ answer: 'REFUSED', saidAt: at(1), recordedAt: at(1) }), word({ recordedAt: at(2) })],
      'refused',
    ],
    ['a no was said at the same instant', [word(), word({ answer: 'REFUSED' })], 'refused'],
    [
      'she said no to the whole kind later',
      [word(), word({ recipient: 'kind:rvt', answer: 'REFUSED', saidAt: at(1) })],
      'refused',
    ],
    [
      'she said no to another unit',
      [word(), word({ recipient: 'unit:bou-skarpnack', answer: 'REFUSED', saidAt: at(1) })],
      'given',
    ],
    ['it was for something else', [word({ purpose: 'mental-health' })], 'none'],
    [
      'they were to tell us',
      [word({ giver: 'unit:rvt-sydvast', recipient: 'unit:socialjouren-stockholm' })],
      'none',
    ],
  ] as const)('when %s', (_, words, lastWord) => {
    expect(lastOf(words)).toBe(lastWord);
  });

  it('lets something out only on a yes that covers it, said and known by then, running, and no mistake', () => {
    fc.assert(
      fc.property(anyWords, anyQuestion, (words, asked) => {
        const { standing } = wordThatCounts(words, asked);
        if (standing === null) return;
        expect(standing).toMatchObject({ kind: 'answer', answer: 'GIVEN' });
        expect(covers(standing, asked)).toBe(true);
        expect(standing.saidAt <= asked.at && standing.recordedAt <= asked.at).toBe(true);
        expect(standing.validUntil === null || standing.validUntil > asked.at).toBe(true);
        expect(standing.inErrorSince === null || standing.inErrorSince > asked.at).toBe(true);
        const noes = words.filter(
          (one) =>
            covers(one, asked) &&
            (one.kind === 'withdrawal' || one.answer !== 'GIVEN') &&
            one.recordedAt <= asked.at &&
            !(one.inErrorSince !== null && one.inErrorSince <= asked.at) &&
            one.saidAt >= standing.saidAt,
        );
        // A no of the very same instant and hour of recording wins; a later one wins always.
        expect(noes.filter(({ saidAt }) => saidAt > standing.saidAt)).toEqual([]);
        expect(noes.filter(({ recordedAt }) => recordedAt >= standing.recordedAt)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('is open after a new yes, and closed from the instant at which she takes it back', () => {
    fc.assert(
      fc.property(anyWords, anyQuestion, (before, { recipient, purpose }) => {
        // Later than all that was said and recorded before.
        const yes = word({
          id: 'yes',
          recipient: `unit:${recipient.unit}`,
          purpose,
          saidAt: at(50),
          recordedAt: at(50),
        });
        const back = word({ ...yes, id: 'back', kind: 'withdrawal', saidAt: at(51), recordedAt: at(52) });
        const words = [...before, yes, back];
        const lastAt = (minute: number) => lastOf(words, minute, { recipient, purpose });
        expect([50, 51, 52, 90].map(lastAt)).toEqual(['given', 'given', 'withdrawn', 'withdrawn']);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which the words are read', () => {
    fc.assert(
      fc.property(anyWords, anyQuestion, (words, asked) => {
        expect(wordThatCounts([...words].reverse(), asked).lastWord).toBe(
          wordThatCounts(words, asked).lastWord,
        );
      }),
    );
  });

  it('about another person, unit or purpose changes nothing here', () => {
    fc.assert(
      fc.property(anyWords, anyQuestion, (words, asked) => {
        const relevant = words.filter((one) => covers(one, asked));
        expect(wordThatCounts(relevant, asked)).toEqual(wordThatCounts(words, asked));
      }),
    );
  });
});
