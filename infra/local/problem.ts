import { codeOf } from './error-code.js';

/**
 * Something the person at the keyboard can put right. The message is one sentence (or two) that says what is
 * wrong and what to do; it is shown as it is, without a stack.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
}

const DISK_IS_FULL = /ENOSPC|EDQUOT|no space left on device|disk (is )?full/i;

/** The same error, or the sentence about a full disk if that is what lies behind it. */
export function explained(error: unknown, folder: string): Error {
  const said = error instanceof Error ? `${error.message} ${codeOf(error)}` : String(error);
  if (!(error instanceof Problem) && DISK_IS_FULL.test(said)) return diskIsFull(folder);
  return error instanceof Error ? error : new Error(said);
}

/** For a service that ended: its own last words, after the full-disk check. */
export function endedEarly(what: string, logFile: string, lastLines: string): Problem {
  if (DISK_IS_FULL.test(lastLines)) return diskIsFull(logFile);
  const words =
    lastLines.trim() === '' ? '' : ` It said: ${lastLines.trim().split('\n').slice(-3).join(' / ')}`;
  return new Problem(`${what} did not start; its log is ${logFile}.${words}`);
}

export function diskIsFull(folder: string): Problem {
  return new Problem(
    `The disk that holds ${folder} is full: free some space (a first start needs about 1 GB), then run the command again.`,
  );
}
