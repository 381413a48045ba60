import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { endedEarly } from './problem.js';
import { identify } from './process-identity.js';
import { endProcess, type LedgerChild, type ProcessLedger } from './process-ledger.js';

export interface ChildPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: LedgerChild['signal'];
  readonly folder?: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export interface Child {
  readonly pid: number;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  /** Everything it has said since it started. */
  said(): string;
  stop(): Promise<void>;
}

/**
 * Starts a process in a session of its own, so that Ctrl-C in the terminal reaches only us and we end things
 * in order; its output goes to a file; its number goes to the ledger.
 */
export function startChild(ledger: ProcessLedger, plan: ChildPlan): Child {
  const log = openSync(plan.logFile, 'a', 0o600);
  const from = statSync(plan.logFile).size;
  let child: ReturnType<typeof spawn>;
  try {
    child = spawn(plan.command, plan.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...plan.environment, ...ledger.mark },
      ...(plan.folder ? { cwd: plan.folder } : {}),
      ...(plan.user ?? {}),
    });
  } finally {
    closeSync(log);
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const pid = child.pid;
  const said = (): string => readFileSync(plan.logFile).subarray(from).toString('utf8');
  if (pid === undefined) return { pid: -1, ended, said, stop: async () => {} };
  ledger.add(plan.name, pid, plan.signal);
  const identity = identify(pid);
  void ended.then(() => ledger.remove(pid));
  return {
    pid,
    ended,
    said,
    stop: async () => {
      if (identity) await endProcess(identity, plan.signal);
      await ended;
    },
  };
}

/** Waits until `ready` says yes; throws a Problem with its last words if the child ends first or takes too long. */
export async function whenReady(
  child: Child,
  plan: Pick<ChildPlan, 'name' | 'logFile'>,
  ready: () => Promise<boolean>,
  { withinMs = 30_000, everyMs = 40 } = {},
): Promise<void> {
  const until = Date.now() + withinMs;
  const state: { ended: string | undefined } = { ended: undefined };
  void child.ended.then((how) => {
    state.ended = how;
  });
  const isReady = (): Promise<boolean> =>
    ready().catch(async (error: unknown) => {
      await child.stop();
      throw error;
    });
  while (!(await isReady())) {
    if (state.ended !== undefined)
      throw endedEarly(`${plan.name} (${state.ended})`, plan.logFile, child.said());
    if (Date.now() > until) {
      await child.stop();
      throw endedEarly(`${plan.name} (not ready after ${withinMs / 1000} s)`, plan.logFile, child.said());
    }
    await pause(everyMs);
  }
}
