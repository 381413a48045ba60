import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { identify, isSame, type ProcessIdentity, withVariable } from './process-identity.js';

const MARK = 'HANDSLAG_STARTED_FROM';
const IdentitySchema = z.object({ pid: z.number().int().positive(), born: z.string() });
const ChildSchema = IdentitySchema.extend({ name: z.string(), signal: z.enum(['SIGTERM', 'SIGINT']) });
const LedgerSchema = z.object({ owner: IdentitySchema, children: z.array(ChildSchema) });
export type LedgerChild = z.infer<typeof ChildSchema>;

/**
 * The processes one run has started, on disk, so that a run that was killed with -9 leaves nothing that the
 * next one cannot recognise and end. A number alone is not enough: it may since belong to someone else.
 */
export class ProcessLedger {
  readonly #file: string;
  readonly #owner: ProcessIdentity;
  #children: LedgerChild[] = [];

  private constructor(file: string, owner: ProcessIdentity) {
    this.#file = file;
    this.#owner = owner;
  }

  /** The run that holds this folder now, if it is alive and is not this one. */
  static ownerOf(folder: string): ProcessIdentity | undefined {
    const left = readLedger(folder);
    return left && left.owner.pid !== process.pid && isSame(left.owner) ? left.owner : undefined;
  }

  /** What the run that holds this folder has started and still lists. */
  static childrenOf(folder: string): readonly LedgerChild[] {
    return readLedger(folder)?.children ?? [];
  }

  static isIn(folder: string): boolean {
    return readLedger(folder) !== undefined;
  }

  /**
   * Ends what a dead run left in this folder, in reverse order, and tells what it was. A run can be killed
   * between starting a process and listing it; such a one is known by the mark in its environment. (PostgreSQL
   * wipes its own, and is found by its lock file.)
   */
  static async sweep(folder: string): Promise<LedgerChild[]> {
    const left = readLedger(folder);
    if (left && isSame(left.owner)) return [];
    const listed = (left?.children ?? []).filter(isSame).reverse();
    const marked = withVariable(MARK)
      .filter(({ value }) => value === path.resolve(folder))
      .map(
        ({ identity }): LedgerChild => ({ ...identity, name: `process ${identity.pid}`, signal: 'SIGTERM' }),
      )
      .filter(({ pid }) => pid !== process.pid && !listed.some((child) => child.pid === pid));
    const orphans = [...listed, ...marked];
    for (const orphan of orphans) await endProcess(orphan, orphan.signal);
    rmSync(fileOf(folder), { force: true });
    return orphans;
  }

  static open(folder: string): ProcessLedger {
    const owner = identify(process.pid);
    if (!owner) throw new Error('this process cannot see itself');
    const ledger = new ProcessLedger(fileOf(folder), owner);
    mkdirSync(folder, { recursive: true });
    ledger.#write();
    return ledger;
  }

  /** What a child must have in its environment to be known again. */
  get mark(): NodeJS.ProcessEnv {
    return { [MARK]: path.resolve(path.dirname(this.#file)) };
  }

  add(name: string, pid: number, signal: LedgerChild['signal']): void {
    const identity = identify(pid);
    if (!identity) return; // it has ended already; whoever started it sees that for itself
    this.#children.push({ ...identity, name, signal });
    this.#write();
  }

  remove(pid: number): void {
    this.#children = this.#children.filter((child) => child.pid !== pid);
    this.#write();
  }

  /** Ends whatever is still listed, the last started first: what a start that was interrupted half-way had begun. */
  async endAll(): Promise<void> {
    for (const child of [...this.#children].reverse()) await endProcess(child, child.signal);
  }

  close(): void {
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    const ledger: z.infer<typeof LedgerSchema> = { owner: this.#owner, children: this.#children };
    writeFileSync(`${this.#file}.new`, JSON.stringify(ledger), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

const fileOf = (folder: string): string => path.join(folder, 'processes.json');

function readLedger(folder: string): z.infer<typeof LedgerSchema> | undefined {
  try {
    // A file cut short by a full disk counts as none: the services' own lock files are the second line.
    return LedgerSchema.safeParse(JSON.parse(readFileSync(fileOf(folder), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Asks a process to end, and after `graceMs` makes it end. Resolves when it is gone. */
export async function endProcess(
  target: ProcessIdentity,
  signal: LedgerChild['signal'],
  graceMs = 10_000,
): Promise<void> {
  const send = (what: NodeJS.Signals): void => {
    try {
      if (isSame(target)) process.kill(target.pid, what);
    } catch {
      // gone between the look and the signal
    }
  };
  send(signal);
  const until = Date.now() + graceMs;
  while (isSame(target)) {
    if (Date.now() > until) send('SIGKILL');
    await pause(25);
  }
}
