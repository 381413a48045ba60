const began = performance.now();

/** One line per step, with the time since the run began; on stderr, so that stdout belongs to the tool. */
export function say(line: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${dim(`${seconds} s`)}  ${line}\n`);
}

/** Runs a step and says how it went. */
export async function step<Result>(
  name: string,
  work: () => Promise<Result>,
  tell: (result: Result) => string = () => 'done',
): Promise<Result> {
  const start = performance.now();
  const result = await work();
  say(`${name.padEnd(14)} ${tell(result)} ${dim(`(${((performance.now() - start) / 1000).toFixed(1)} s)`)}`);
  return result;
}

const colourful = process.stderr.isTTY === true && !process.env['NO_COLOR'];
const paint = (code: number) => (text: string) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);
export const dim = paint(2);
export const bold = paint(1);
export const red = paint(31);
