import { expect, test } from '@jest/globals';
import { afterSecondTry, countTests, mayBeTriedAgain } from './summary.js';

const outcome = (passed: number, failed: number, broken = 0, testResults: readonly unknown[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numRuntimeErrorTestSuites: broken,
    testResults,
  });
const file = (name: string, ...statuses: string[]) => ({
  name,
  status: statuses.every((status) => status === 'passed') ? 'passed' : 'failed',
  assertionResults: statuses.map((status) => ({ status })),
});

test('counts come from the summary', () => {
  expect(countTests(outcome(12, 3), 1)).toMatchObject({ passed: 12, failed: 3 });
});
test('a file that could not run is a failure', () => {
  expect(countTests(outcome(12, 0, 1), 1)).toMatchObject({ passed: 12, failed: 1 });
});
test('a run that says nothing, or fails without saying why, is a failure', () => {
  expect(countTests('', 1).failed).toBe(1);
  expect(countTests('{', 137).failed).toBe(1);
  expect(countTests(outcome(12, 0), 1).failed).toBe(1);
});
test('files tried again count as they did the second time, and what failed again has failed', () => {
  const first = countTests(
    outcome(3, 1, 0, [file('well', 'passed', 'passed'), file('unwell', 'passed', 'failed')]),
    1,
  );
  expect(first.failedFiles).toEqual(['unwell']);
  expect(afterSecondTry(first, countTests(outcome(2, 0), 0))).toMatchObject({ passed: 4, failed: 0 });
  expect(afterSecondTry(first, countTests(outcome(1, 1), 1))).toMatchObject({ passed: 3, failed: 1 });
});
test('a few files that wait for whole systems are tried again; a unit test that failed has failed', () => {
  const failing = (...names: string[]) =>
    countTests(
      outcome(
        1,
        names.length,
        0,
        names.map((name) => file(name, 'failed')),
      ),
      1,
    );
  expect(mayBeTriedAgain(failing('a.int.test.ts', 'b.int.test.ts'))).toBe(true);
  expect(mayBeTriedAgain(failing('a.int.test.ts', 'b.test.ts'))).toBe(false);
  expect(mayBeTriedAgain(failing('a.int.test.ts', 'b.int.test.ts', 'c.int.test.ts', 'd.int.test.ts'))).toBe(
    false,
  );
  expect(mayBeTriedAgain(failing())).toBe(false);
});
