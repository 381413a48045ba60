import { expect, test } from '@jest/globals';
import { countTests } from './summary.js';

const outcome = (passed: number, failed: number, broken = 0): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numRuntimeErrorTestSuites: broken });

test('counts come from the summary', () => {
  expect(countTests(outcome(12, 3), 1)).toEqual({ passed: 12, failed: 3 });
});
test('a file that could not run is a failure', () => {
  expect(countTests(outcome(12, 0, 1), 1)).toEqual({ passed: 12, failed: 1 });
});
test('a run that says nothing, or fails without saying why, is a failure', () => {
  expect(countTests('', 1).failed).toBe(1);
  expect(countTests('{', 137).failed).toBe(1);
  expect(countTests(outcome(12, 0), 1).failed).toBe(1);
});
