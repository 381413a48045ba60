import { describe, expect, test } from '@jest/globals';
import type { CallOutFacts, CallOutMatterState } from '#activities';
import { keyOf } from './awaited-step.js';
import { isCarriedOver, stepsOf } from './call-out-story.js';

const matter = (subjectId: string, state: CallOutMatterState) => ({
  ...{ matterId: `matter-of-${subjectId}`, kind: 'child-protection', subjectId, state },
  responsibleParty: 'police',
});
const night = (given: Partial<CallOutFacts> = {}): CallOutFacts => ({
  ...{ programme: 'islandsprojektet', childCheckRecorded: true, firstSocialParty: 'socialjouren' },
  ...{ children: ['child-1'], adultVictims: ['adult-1'] },
  matters: [matter('child-1', 'offered'), matter('adult-1', 'offered')],
  ...given,
});
const asked = (facts: CallOutFacts): string[] => stepsOf(facts).map(keyOf);

describe('what the night asks of people', () => {
  test('begins with the child check, and nothing of the social side before it was sent', () => {
    expect(asked(night({ childCheckRecorded: false, firstSocialParty: null }))).toEqual([
      'police: child-check 1',
    ]);
  });

  test.each([
    ['no programme', night({ programme: null })],
    ['no child', night({ children: [] })],
    ['the flag but nobody sent to', night({ firstSocialParty: null })],
  ])('asks for no attendance decision with %s', (_, facts) => {
    expect(asked(facts).filter((step) => step.includes('attendance'))).toEqual([]);
  });

  test('asks BoU in office hours for what socialjouren is asked for in the night', () => {
    const inTheNight = asked(night());
    expect(inTheNight).toEqual([
      'socialjouren: attendance-decision 1',
      'socialjouren: protection-assessment child-1',
    ]);
    expect(asked(night({ firstSocialParty: 'ordinary' }))).toEqual(
      inTheNight.map((step) => step.replace('socialjouren', 'bou')),
    );
  });

  test('asks the first social party for the assessment also when an ordinary unit holds the child’s matter (C9)', () => {
    const facts = night({ matters: [matter('child-1', 'held-by-ordinary'), matter('adult-1', 'offered')] });
    expect(asked(facts)).toContain('socialjouren: protection-assessment child-1');
  });

  test('asks for a morning handover of each matter that socialjouren holds, and of no other', () => {
    const facts = night({
      matters: [matter('child-1', 'held-by-socialjouren'), matter('adult-1', 'offered')],
    });
    expect(asked(facts).filter((step) => step.includes('morning'))).toEqual([
      'socialjouren: morning-handover matter-of-child-1',
    ]);
  });

  test('asks for nothing once all is closed', () => {
    const matters = [matter('child-1', 'closed'), matter('adult-1', 'closed')];
    expect(asked(night({ childCheckRecorded: false, matters }))).toEqual([]);
  });
});

describe('the morning has come', () => {
  test.each([
    ['unsent', false],
    ['offered', false],
    ['held-by-police', false],
    ['held-by-socialjouren', false],
    ['held-by-ordinary', true],
    ['held-elsewhere', true],
    ['closed', true],
  ] as const)('with a last matter that is %s: %s', (state, expected) => {
    const matters = [matter('child-1', 'held-by-ordinary'), matter('adult-1', state)];
    expect(isCarriedOver(night({ matters }))).toBe(expected);
  });

  test('not while someone has no matter', () => {
    expect(isCarriedOver(night({ matters: [matter('child-1', 'held-by-ordinary')] }))).toBe(false);
  });
});
