import { describe, expect, test } from '@jest/globals';
import { PROCESSES } from '#domain';
import { isOver, stepsOf } from './child-decision-story.js';

const KEYS = Object.keys(PROCESSES['child-decision'].steps);

describe('the story of a child at BoU', () => {
  test('asks BoU for everything that the record asks for, in the order of the story, whatever order it came in', () => {
    const asked = KEYS.toReversed().map((stepKey) => ({ stepKey, occurrence: '1' }));
    const steps = stepsOf({ isHeld: true, asked });
    expect(steps.map(({ stepKey }) => stepKey)).toEqual(KEYS);
    expect(steps.every(({ party }) => party === 'bou')).toBe(true);
  });

  test.each([
    ['the unit answers for the report', { isHeld: true, asked: [] }, false],
    ['something is left to do', { isHeld: false, asked: [{ stepKey: 'delivery', occurrence: '1' }] }, false],
    ['the report is with another or closed, and nothing is left', { isHeld: false, asked: [] }, true],
  ])('when %s, over: %s', (_, facts, expected) => {
    expect(isOver(facts)).toBe(expected);
  });
});
