import { expect, test } from '@jest/globals';
import { isAtLeast } from './on-path.js';

test.each([
  [[6, 2, 14], [6, 2], true],
  [[7, 0, 0], [6, 2], true],
  [[6, 0, 16], [6, 2], false],
  [[1, 9], [1, 9, 1], false],
  [[1, 10, 0], [1, 9], true],
])('%j at least %j: %s', (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected);
});
