// npm run -s bench -- sealer [--pairs 20] [--json]: figures of DESIGN 11, in interleaved pairs, on a PostgreSQL of its own.
import os from 'node:os';
import { Problem } from '../local/problem.js';
import { dim, say } from '../local/say.js';
import { printLines, readOptions, runOperator } from '../operator/operator-command.js';
import type { Comparison } from './paired.js';
import { benchSealer, type SealerBench } from './sealer.bench.js';

const USAGE = 'Usage: npm run -s bench -- sealer [--pairs <5 or more>] [--json]';
const DEFAULT_PAIRS = 20;
/** Issue 4: the sealer adds no more than a tenth to the time of a command. */
const MOST = 1.1;

/** 0: within the bound with 95 % confidence; 1: not shown to be. */
async function main([which, ...args]: readonly string[]): Promise<number> {
  if (which !== 'sealer') throw new Problem(USAGE);
  const { json, pairs } = readOptions(
    args,
    { json: { type: 'boolean', default: false }, pairs: { type: 'string', default: String(DEFAULT_PAIRS) } },
    USAGE,
  );
  const count = Number(pairs);
  if (!Number.isInteger(count) || count < 5) throw new Problem(USAGE);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Problem(`${signal}: nothing was measured to its end.`)));
  const loadBefore = os.loadavg();
  const results = await benchSealer(count, (line) => say(dim(line)), stopping.signal);
  const load = { cpus: os.cpus().length, before: loadBefore, after: os.loadavg() };
  printLines(json ? [JSON.stringify({ load, results })] : lines(results, load));
  return results.every(({ comparison }) => comparison.high <= MOST) ? 0 : 1;
}

function lines(
  results: readonly SealerBench[],
  load: { readonly cpus: number; readonly before: readonly number[]; readonly after: readonly number[] },
): string[] {
  const shown = ({ ratio, low, high }: Comparison) =>
    `${ratio.toFixed(3)} (95 %: ${low.toFixed(3)} to ${high.toFixed(3)})`;
  const [before = 0, after = 0] = [load.before[0], load.after[0]];
  return [
    `load ${before.toFixed(1)} to ${after.toFixed(1)} on ${load.cpus} cores`,
    ...results.map(
      ({ command, withoutMs, withMs, comparison, control }) =>
        `${command.padEnd(14)} ${withoutMs.toFixed(2)} ms without, ${withMs.toFixed(2)} ms with the sealer: ratio ${shown(comparison)}; control ${shown(control)}; ${comparison.pairs} pairs`,
    ),
  ];
}

await runOperator(main);
