import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../local/ports.js';
import { Problem } from '../local/problem.js';
import { projectRoot } from '../local/state-folder.js';
import { type BenchRecord, openBenchRecord } from './bench-record.js';
import { type Comparison, comparePairs, measurePairs, type Pair } from './paired.js';

export interface SealerBench {
  readonly command: string;
  /** Milliseconds a command, over all pairs. */
  readonly withoutMs: number;
  readonly withMs: number;
  readonly comparison: Comparison;
  /** The same without a sealer in either half: how much of the above is the machine's own noise. */
  readonly control: Comparison;
}

/** Long enough that a sealer with its poll of a second seals in it; short, so that the machine changes little within a pair. */
const BLOCK_MS = 1_200;

/**
 * What the sealer adds to the time of a command (issue 4: no more than a tenth): one client sends commands as fast as they are
 * answered, in blocks that run in pairs, one with the queue's trigger and a live sealer process, one with neither. Throws the
 * reason of `stopped` once it is aborted, with nothing left behind.
 */
export async function benchSealer(
  pairs: number,
  told: (line: string) => void,
  stopped: AbortSignal,
): Promise<SealerBench[]> {
  const record = await openBenchRecord();
  const sealer = await startSealerProcess(record);
  try {
    // A matter of its own for each block: a command reads the events of its matter, which must not grow from pair to pair.
    const commands = {
      note: async () => {
        const matterId = await record.openIncident();
        return () => record.note(matterId);
      },
      'open-incident': async () => () => record.openIncident(),
    };
    const results: SealerBench[] = [];
    for (const [command, prepare] of Object.entries(commands)) {
      const block = async (condition: keyof Pair) => {
        stopped.throwIfAborted();
        const run = await prepare();
        return sealer.under(condition, () => timeOf(run));
      };
      const measured = await measurePairs(pairs, block, ({ base, tried }, number) =>
        told(`${command} ${number}/${pairs}: ${base.toFixed(2)} ms without, ${tried.toFixed(2)} ms with`),
      );
      const control = await measurePairs(pairs, () => block('base'));
      results.push({
        command,
        withoutMs: average(measured.map(({ base }) => base)),
        withMs: average(measured.map(({ tried }) => tried)),
        comparison: comparePairs(measured),
        control: comparePairs(control),
      });
    }
    return results;
  } finally {
    await sealer.stop();
    await record.close();
  }
}

/** Milliseconds a command, over one block. */
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < BLOCK_MS) {
    await run();
    done += 1;
  }
  return (performance.now() - began) / done;
}

interface SealerProcess {
  /** Runs a block with the sealer at work and leaves queued (`tried`), or with neither (`base`). */
  under<Value>(condition: keyof Pair, block: () => Promise<Value>): Promise<Value>;
  stop(): Promise<void>;
}

/** The real process, as it runs in production; stopped in its tracks while it is not wanted. */
async function startSealerProcess({ database, admin }: BenchRecord): Promise<SealerProcess> {
  const program = path.join(projectRoot(), 'dist', 'apps', 'sealer', 'main.js');
  if (!existsSync(program))
    throw new Problem('The sealer is not built: run "npm run build", then this again.');
  const [port = 0] = await freePorts(1);
  const child: ChildProcess = spawn(process.execPath, [program], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: database.urlFor('sealer'),
      HANDSLAG_MASTER_KEY: randomBytes(32).toString('base64'),
      PORT: String(port),
    },
  });
  const ended = once(child, 'exit');
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  const unsealed = async (): Promise<number> => {
    const [row]: { n: number }[] = await admin.query('select count(*)::int as n from custody.audit_unsealed');
    return row?.n ?? 0;
  };
  const settled = async (): Promise<void> => {
    while ((await unsealed()) > 0) {
      if (hasEnded) throw new Error('the sealer ended before it had sealed');
      await pause(50);
    }
  };
  const turn = (how: 'enable always' | 'disable') =>
    admin.query(`alter table custody.audit_leaf ${how} trigger audit_leaf_queued`);
  return {
    async under(condition, block) {
      // Both conditions begin alike: nothing waits, and the table was just altered, which makes every plan over it anew.
      await settled();
      if (condition === 'tried') {
        await turn('enable always');
        return block();
      }
      await turn('disable');
      child.kill('SIGSTOP');
      try {
        return await block();
      } finally {
        child.kill('SIGCONT');
        await turn('enable always');
      }
    },
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
