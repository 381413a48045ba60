import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localTimeOf } from '#calendar';
import { keysOf } from '../wording/index.js';
import { answersOfCard, cardOfAnswers } from './card-of-answers.js';
import { brokenBy, isWithin, SAFE_CONTACT_RULES } from './check-contact.js';
import { CONTACT_CHANNELS, type ContactManner, INTERPRETERS, type SafeContactCard } from './safe-contact.js';

const WEEKDAYS = [1, 2, 3, 4, 5] as const;
const OPEN: SafeContactCard = {
  number: '070-174 06 41',
  times: 'vardagar före tolv',
  windows: [{ weekdays: WEEKDAYS, from: localTimeOf(8, 0), until: localTimeOf(12, 0) }],
  channels: ['phone-call', 'text-message', 'in-person'],
  mayWeSayWhoWeAre: true,
  voicemail: true,
  sharedPhone: false,
  language: 'svenska',
  interpreter: 'not-needed',
};
/** Wednesday 3 June 2026, 10:00 in Stockholm. */
const CALL: ContactManner = {
  channel: 'phone-call',
  at: new Date('2026-06-03T08:00:00Z'),
  leftMessage: false,
  saidWhoWeAre: false,
  interpreter: 'none',
  withinTimes: false,
};

describe('a contact against how she can be reached', () => {
  it.each([
    ['as she told it', {}, {}, true, []],
    ['a letter', {}, { channel: 'letter' }, false, ['CHANNEL']],
    ['at noon, when the window ends', {}, { at: new Date('2026-06-03T10:00:00Z') }, true, ['TIME']],
    ['on a Sunday', {}, { at: new Date('2026-06-07T08:00:00Z') }, true, ['TIME']],
    [
      'she comes herself on a Sunday',
      {},
      { channel: 'in-person', at: new Date('2026-06-07T08:00:00Z') },
      true,
      [],
    ],
    ['a message that may not be left', { voicemail: false }, { leftMessage: true }, false, ['MESSAGE']],
    ['a message nobody asked about', { voicemail: 'unknown' }, { leftMessage: true }, false, ['MESSAGE']],
    [
      'a message on a shared telephone',
      { sharedPhone: true },
      { leftMessage: true },
      false,
      ['SHARED_PHONE'],
    ],
    [
      'a text to a telephone that may be shared',
      { sharedPhone: 'unknown' },
      { channel: 'text-message' },
      false,
      ['SHARED_PHONE'],
    ],
    [
      'said who we are to whoever answered',
      { mayWeSayWhoWeAre: false },
      { saidWhoWeAre: true },
      false,
      ['SAID_WHO'],
    ],
    ['said who we are to herself', { mayWeSayWhoWeAre: false }, { saidWhoWeAre: true }, true, []],
    [
      'said it through another',
      { mayWeSayWhoWeAre: 'unknown', channels: ['through-another'] },
      { saidWhoWeAre: true, channel: 'through-another' },
      true,
      ['SAID_WHO'],
    ],
    ['a relative interpreted', {}, { interpreter: 'relative' }, true, ['RELATIVE_INTERPRETED']],
    ['an interpreter was needed', { interpreter: 'needed' }, {}, true, ['NO_INTERPRETER']],
    ['needed, but nobody answered', { interpreter: 'needed' }, {}, false, []],
    ['times in words only, heeded', { windows: null }, { withinTimes: true }, true, []],
    ['times in words only, not heeded', { windows: null }, {}, true, ['TIME']],
    ['no number, and a call', { channels: null, number: 'unknown' }, {}, false, ['CHANNEL']],
    ['never asked about ways, and a call', { channels: null }, {}, false, []],
  ] as const)('%s', (_, card, manner, reached, broken) => {
    expect(brokenBy({ ...OPEN, ...card }, { ...CALL, ...manner }, reached)).toEqual(broken);
  });

  it('asks only for the interpreter where no card is known', () => {
    expect(brokenBy(null, { ...CALL, channel: 'letter', leftMessage: true }, false)).toEqual([]);
    expect(brokenBy(null, { ...CALL, interpreter: 'relative' }, true)).toEqual(['RELATIVE_INTERPRETED']);
  });

  it('knows a window that goes past midnight, and the hours when clocks change', () => {
    const night = { weekdays: [5], from: localTimeOf(22, 0), until: localTimeOf(2, 0) } as const;
    expect(isWithin(night, new Date('2026-06-05T20:30:00Z'))).toBe(true);
    expect(isWithin(night, new Date('2026-06-05T23:30:00Z'))).toBe(true);
    expect(isWithin(night, new Date('2026-06-06T00:30:00Z'))).toBe(false);
    // The night before 29 March 2026 has no 02:30: 01:30 UTC is 03:30 in Stockholm.
    const early = { weekdays: [7], from: localTimeOf(3, 0), until: localTimeOf(4, 0) } as const;
    expect(isWithin(early, new Date('2026-03-29T01:30:00Z'))).toBe(true);
    expect(isWithin(early, new Date('2026-03-29T00:30:00Z'))).toBe(false);
  });
});

const told = <Value>(value: fc.Arbitrary<Value>) => fc.oneof(value, fc.constant('unknown' as const));
const aCard: fc.Arbitrary<SafeContactCard> = fc.record({
  number: told(fc.constantFrom('070', '08')),
  times: told(fc.constantFrom('före tolv', 'aldrig')),
  windows: fc.option(
    fc.array(
      fc.record({
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const),
        from: fc.integer({ min: 0, max: 23 }).map((hour) => localTimeOf(hour, 0)),
        until: fc.integer({ min: 0, max: 23 }).map((hour) => localTimeOf(hour, 30)),
      }),
      { maxLength: 3 },
    ),
    { nil: null },
  ),
  channels: fc.option(fc.subarray([...keysOf(CONTACT_CHANNELS)]), { nil: null }),
  mayWeSayWhoWeAre: told(fc.boolean()),
  voicemail: told(fc.boolean()),
  sharedPhone: told(fc.boolean()),
  language: told(fc.constantFrom('svenska', 'arabiska')),
  interpreter: told(fc.constantFrom('needed' as const, 'not-needed' as const)),
});
const aManner: fc.Arbitrary<ContactManner> = fc.record({
  channel: fc.constantFrom(...keysOf(CONTACT_CHANNELS)),
  at: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
  leftMessage: fc.boolean(),
  saidWhoWeAre: fc.boolean(),
  interpreter: fc.constantFrom(...keysOf(INTERPRETERS)),
  withinTimes: fc.boolean(),
});

describe('whatever she told', () => {
  it('is the same after it was written as answers and read again', () => {
    fc.assert(
      fc.property(aCard, (card) => {
        const read = cardOfAnswers(answersOfCard(card));
        if (read !== null) expect(read).toEqual(card);
      }),
    );
  });

  it('never allows more for not being known, nor for being narrower', () => {
    fc.assert(
      fc.property(aCard, aManner, fc.boolean(), (card, manner, reached) => {
        const broken = new Set(brokenBy(card, manner, reached));
        const narrower: SafeContactCard[] = [
          { ...card, voicemail: 'unknown' },
          { ...card, mayWeSayWhoWeAre: 'unknown' },
          { ...card, sharedPhone: 'unknown' },
          { ...card, channels: [] },
          { ...card, interpreter: 'needed' },
        ];
        for (const one of narrower) {
          const after = brokenBy(one, manner, reached);
          for (const rule of broken) expect(after).toContain(rule);
        }
      }),
    );
  });

  it('is broken by a relative who interprets, always', () => {
    fc.assert(
      fc.property(fc.option(aCard, { nil: null }), aManner, fc.boolean(), (card, manner, reached) => {
        expect(brokenBy(card, { ...manner, interpreter: 'relative' }, reached)).toContain(
          'RELATIVE_INTERPRETED',
        );
      }),
    );
  });

  it('says each rule in both languages', () => {
    for (const { label } of Object.values(SAFE_CONTACT_RULES)) {
      expect(label.sv.length * label.en.length).toBeGreaterThan(100);
    }
  });
});
