import { z } from 'zod';

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

const OutcomeSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/** Counts from jest's own summary. A file that could not run, or a run that left no summary, is a failure too. */
export function countTests(summary: string, exitCode: number): TestCount {
  let parsed: z.infer<typeof OutcomeSchema> | undefined;
  try {
    parsed = OutcomeSchema.safeParse(JSON.parse(summary)).data;
  } catch {
    parsed = undefined;
  }
  if (!parsed) return { passed: 0, failed: exitCode === 0 ? 0 : 1 };
  const failed = parsed.numFailedTests + parsed.numRuntimeErrorTestSuites;
  return { passed: parsed.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
