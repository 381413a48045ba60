import { z } from 'zod';

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  /** The files in which something failed, and how many of their tests passed all the same. */
  readonly failedFiles: readonly string[];
  readonly passedInFailedFiles: number;
}

const NONE = { failedFiles: [], passedInFailedFiles: 0 } as const;

const OutcomeSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z
    .array(
      z.object({
        name: z.string(),
        status: z.string(),
        assertionResults: z.array(z.object({ status: z.string() })).default([]),
      }),
    )
    .default([]),
});

/** Counts from jest's own summary. A file that could not run, or a run that left no summary, is a failure too. */
export function countTests(summary: string, exitCode: number): TestCount {
  let parsed: z.infer<typeof OutcomeSchema> | undefined;
  try {
    parsed = OutcomeSchema.safeParse(JSON.parse(summary)).data;
  } catch {
    parsed = undefined;
  }
  if (!parsed) return { passed: 0, failed: exitCode === 0 ? 0 : 1, ...NONE };
  const failed = parsed.numFailedTests + parsed.numRuntimeErrorTestSuites;
  const unwell = parsed.testResults.filter(({ status }) => status !== 'passed');
  return {
    passed: parsed.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    failedFiles: unwell.map(({ name }) => name),
    passedInFailedFiles: unwell.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'passed'),
    ).length,
  };
}

/** More than this is no accident of a busy machine. */
const MOST_TRIED_AGAIN = 3;

/**
 * A few files that wait for whole systems, which two cores may starve. Never a unit test: it waits for nothing, and one that
 * fails now and then has found a counterexample that a second try, with another seed, would hide.
 */
export function mayBeTriedAgain({ failedFiles }: TestCount): boolean {
  return (
    failedFiles.length > 0 &&
    failedFiles.length <= MOST_TRIED_AGAIN &&
    failedFiles.every((file) => file.endsWith('.int.test.ts'))
  );
}

/** The count after the failed files were tried again: what they did the second time stands for the first. */
export function afterSecondTry(first: TestCount, second: TestCount): TestCount {
  return { ...second, passed: first.passed - first.passedInFailedFiles + second.passed };
}
