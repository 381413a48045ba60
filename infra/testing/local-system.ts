import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePorts } from '../local/ports.js';
import { identify, isSame, type ProcessIdentity } from '../local/process-identity.js';
import { ProcessLedger } from '../local/process-ledger.js';
import { type RunningHandslag, readRunning } from '../local/running-file.js';
import { type AppName, PORT_NAMES, portVariable } from '../local/settings.js';
import { projectRoot } from '../local/state-folder.js';
import { LocalDoor } from './local-door.js';

const READY = 'Handslag is ready.';
const LOOK_MS = 50;
/** What a test must not inherit: it would play on somebody else's servers, or run with jest's options. */
const NOT_INHERITED = [
  'DATABASE_URL',
  'KEYS_DATABASE_URL',
  'REDIS_URL',
  'TEMPORAL_ADDRESS',
  'HANDSLAG_APPS',
  'NODE_OPTIONS',
] as const;

/** A process of the system, by the name that `npm start` gives it; `npm start` is the one that keeps the others. */
export type SystemProcess = AppName | 'postgres' | 'redis' | 'temporal' | 'mail-catcher' | 'npm start';

/** What a program of the project said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/**
 * The whole local system as people start it (`npm start`): every service and app a process of its own, from the built
 * code, on free ports and in a folder that is deleted at the end. For end-to-end tests, which may end any process at any
 * moment; what `npm start` keeps running, it starts again.
 */
export class LocalSystem {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-system-'));
  readonly environment: NodeJS.ProcessEnv;
  readonly door: LocalDoor;
  readonly #paused = new Map<SystemProcess, ProcessIdentity>();
  #child: ChildProcess | undefined;
  #said = '';

  private constructor(ports: readonly number[]) {
    chmodSync(this.folder, 0o711); // PostgreSQL may run as another user, who must pass
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !NOT_INHERITED.some((one) => one === name)),
    );
    this.environment = {
      ...inherited,
      ...Object.fromEntries(PORT_NAMES.map((name, index) => [portVariable(name), String(ports[index])])),
      HANDSLAG_STATE: this.state,
    };
    this.door = new LocalDoor((app) => `http://localhost:${ports[PORT_NAMES.indexOf(app)]}`);
  }

  /** A system that is not started yet: `start` does. */
  static async prepare(): Promise<LocalSystem> {
    return new LocalSystem(await freePorts(PORT_NAMES.length));
  }

  /** Resolves when `npm start` says that it is ready; throws with all that was said when it ends before. */
  static async start(): Promise<LocalSystem> {
    const system = await LocalSystem.prepare();
    try {
      await system.start();
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  get state(): string {
    return path.join(this.folder, 'state');
  }

  /** What `npm start` wrote of where everything is. */
  get running(): RunningHandslag {
    return readRunning(this.state);
  }

  /** Everything that `npm start` said since it was last started. */
  said(): string {
    return this.#said;
  }

  async start(): Promise<void> {
    this.#said = '';
    const { child, said } = this.#program('start.js', []);
    this.#child = child;
    const ended = once(child, 'close');
    let hasEnded = false;
    void ended.then(() => {
      hasEnded = true;
    });
    for (;;) {
      this.#said = said();
      if (this.#said.includes(READY)) break;
      if (hasEnded) throw new Error(`npm start ended before it was ready:\n${this.#said}`);
      await sleep(LOOK_MS);
    }
    child.stderr?.on('data', () => {
      this.#said = said();
    });
  }

  /** Runs a tool of the project (`story`, `verify` …) against this system; resolves when it ends. */
  async run(tool: string, ...args: string[]): Promise<Ended> {
    const { child, said } = this.#program('run.js', [tool, ...args]);
    await once(child, 'close');
    return { code: child.exitCode, said: said() };
  }

  /** Ends one process with SIGKILL; resolves when it is gone. `npm start` starts it again, if it is not paused itself. */
  async kill(name: SystemProcess): Promise<void> {
    const target = this.processOf(name);
    process.kill(target.pid, 'SIGKILL');
    this.#paused.delete(name);
    if (name === 'npm start' && this.#child) await once(this.#child, 'close');
    while (isSame(target)) await sleep(5);
  }

  /** Stops one process where it stands; its connections stay open and nobody answers them. */
  pause(name: SystemProcess): void {
    const target = this.processOf(name);
    process.kill(target.pid, 'SIGSTOP');
    this.#paused.set(name, target);
  }

  resume(name: SystemProcess): void {
    const target = this.#paused.get(name);
    this.#paused.delete(name);
    if (target && isSame(target)) process.kill(target.pid, 'SIGCONT');
  }

  /**
   * Ends one process and keeps it away, by pausing `npm start`, until the returned function is called: its port then
   * refuses connections, as that of a server that is down.
   */
  async takeAway(name: SystemProcess): Promise<() => void> {
    this.pause('npm start');
    await this.kill(name);
    return () => this.resume('npm start');
  }

  /** Resolves when an app answers that it is ready, with the milliseconds it took. */
  async waitReady(app: AppName, withinMs = 60_000): Promise<number> {
    const began = performance.now();
    await this.until(`${app} to be ready`, async () => (await this.door.isReady(app)) || null, withinMs);
    return performance.now() - began;
  }

  /** Looks until something is there, in wall time: another process is doing it right now. Throws after `withinMs`. */
  async until<Value>(what: string, look: () => Promise<Value | null>, withinMs = 60_000): Promise<Value> {
    const end = performance.now() + withinMs;
    for (;;) {
      const seen = await look();
      if (seen !== null) return seen;
      if (performance.now() > end) throw new Error(`waited ${withinMs / 1000} s for ${what}`);
      await sleep(LOOK_MS);
    }
  }

  /** Asks the record as its administrator. */
  async sql<Row extends object>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.running.databaseUrl });
    client.on('error', () => {}); // the query that it fails says so
    await client.connect();
    try {
      return (await client.query<Row>(query, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Everything that a process wrote to its log. */
  log(name: string): string {
    return readFileSync(path.join(this.running.logFolder, `${name}.log`), 'utf8');
  }

  /** Everything that `npm start` has started and not seen end. */
  get children(): readonly ProcessIdentity[] {
    return ProcessLedger.childrenOf(this.state);
  }

  /** Ctrl-C in the terminal of `npm start`; resolves when it has ended. */
  async interrupt(): Promise<Ended> {
    const child = this.#child;
    if (!child) throw new Error('npm start was not started');
    child.kill('SIGINT');
    await once(child, 'close');
    return { code: child.exitCode, said: this.#said };
  }

  /** The process that has this name now. Throws when there is none. */
  processOf(name: SystemProcess): ProcessIdentity {
    const found =
      name === 'npm start'
        ? identify(this.#child?.pid ?? 0)
        : ProcessLedger.childrenOf(this.state).findLast(
            (child) => child.name === name || child.name.startsWith(`${name}-`),
          );
    if (!found) throw new Error(`there is no ${name} now`);
    return found;
  }

  /** Ends what this system started, as Ctrl-C does, and deletes its folder. */
  async stop(): Promise<void> {
    for (const name of [...this.#paused.keys()]) this.resume(name);
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    await ProcessLedger.sweep(this.state);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #program(script: string, args: readonly string[]): { child: ChildProcess; said: () => string } {
    const child = spawn(process.execPath, [path.join(projectRoot(), 'infra', 'bin', script), ...args], {
      cwd: projectRoot(),
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    return { child, said: () => said };
  }
}
