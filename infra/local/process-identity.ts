import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process, told apart from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in whatever form the system gives; only compared for equality. */
  readonly born: string;
}

/** The identity of a running process, or undefined if there is none (a zombie has ended). */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    if (process.platform !== 'linux') {
      const born = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
      return born === '' ? undefined : { pid, born };
    }
    // The name in parentheses may hold anything, so count from the last one: state is field 3, start time field 22.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    const born = fields[19];
    return state === undefined || born === undefined || 'ZX'.includes(state) ? undefined : { pid, born };
  } catch {
    return undefined;
  }
}

export function isSame(known: ProcessIdentity): boolean {
  return identify(known.pid)?.born === known.born;
}

/** Every process that was started with this in its environment, with the value. Linux only; elsewhere none are found. */
export function withVariable(name: string): { readonly identity: ProcessIdentity; readonly value: string }[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((entry) => {
    const identity = /^\d+$/.test(entry) ? identify(Number(entry)) : undefined;
    if (!identity) return [];
    try {
      const variables = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
      const value = variables.find((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1);
      return value === undefined ? [] : [{ identity, value }];
    } catch {
      return []; // another user's, or gone
    }
  });
}
