/** The running system did not do what the story tells. The message is one line for the person at the keyboard. */
export class NotAsTold extends Error {
  override readonly name = 'NotAsTold';
}

/** Checks a told fact against what the system answered. Throws NotAsTold with what was expected and what came. */
export function expectTold(isSo: boolean, expected: string, came?: unknown): asserts isSo {
  if (isSo) return;
  throw new NotAsTold(
    came === undefined ? `expected ${expected}` : `expected ${expected}; came ${JSON.stringify(came)}`,
  );
}

/** The value, once it is known to be there. Throws NotAsTold otherwise. */
export function told<Value>(value: Value | null | undefined, expected: string): Value {
  if (value === null || value === undefined) throw new NotAsTold(`expected ${expected}; there is none`);
  return value;
}
