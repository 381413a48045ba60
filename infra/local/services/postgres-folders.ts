import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../problem.js';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it the user `postgres`, or `nobody` where there is none: a
 * development command has no business adding users to a machine.
 */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such user
    }
  }
  throw new Problem(
    'You are root, PostgreSQL does not run as root, and there is no user postgres or nobody: run the command as an ordinary user, or set DATABASE_URL.',
  );
}

/** The first folder on the way to `target` that the user may not pass, or undefined. Folders that do not exist yet are ours to make. */
export async function closedTo(user: SystemUser | undefined, target: string): Promise<string | undefined> {
  if (!user) return undefined;
  const parts = path.resolve(target).split(path.sep);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join(path.sep) || path.sep;
    const found = await stat(folder).catch(() => undefined);
    if (!found) return undefined;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return folder;
  }
  return undefined;
}

/**
 * A folder PostgreSQL may enter: the wanted one, or, when root works in a folder that others may not pass
 * (`/root/…`), one under /var/lib/handslag named after it. HANDSLAG_POSTGRES_FOLDER chooses another.
 */
export async function enterableFolder(
  user: SystemUser | undefined,
  wanted: string,
  fallbackRoot = process.env['HANDSLAG_POSTGRES_FOLDER'] ?? '/var/lib/handslag',
): Promise<string> {
  const closed = await closedTo(user, wanted);
  if (closed === undefined) return wanted;
  const key = createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 12);
  const elsewhere = path.join(fallbackRoot, `${path.basename(wanted)}-${key}`);
  const refused = await mkdir(fallbackRoot, { recursive: true, mode: 0o755 }).then(
    () => closedTo(user, elsewhere),
    () => fallbackRoot,
  );
  if (refused !== undefined) {
    throw new Problem(
      `PostgreSQL runs as another user than root and may not enter ${[...new Set([closed, refused])].join(' or ')}: move the project, "chmod o+x" that folder, or name a folder it may enter with HANDSLAG_POSTGRES_FOLDER=<folder>.`,
    );
  }
  return elsewhere;
}

/** Makes a data folder that belongs to the user PostgreSQL runs as. */
export async function makeDataFolder(user: SystemUser | undefined, folder: string): Promise<void> {
  // 0711: PostgreSQL must pass, nobody else needs to list.
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o711 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
}

/** The programs of the npm package, where PostgreSQL may run them, with the links that `--ignore-scripts` left out. */
export async function embeddedPrograms(user: SystemUser | undefined, packageFolder: string): Promise<string> {
  const native = path.join(packageFolder, 'native');
  const place = await enterableFolder(user, native);
  if (place !== native && !(await stat(path.join(place, 'bin', 'postgres')).catch(() => undefined))) {
    const partial = `${place}.${process.pid}`;
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await rm(place, { recursive: true, force: true });
    await rename(partial, place);
  }
  await recreateLinks(path.dirname(place), path.basename(place), path.join(native, 'pg-symlinks.json'));
  return path.join(place, 'bin');
}

async function recreateLinks(base: string, placeName: string, list: string): Promise<void> {
  const links: unknown = JSON.parse(await readFile(list, 'utf8').catch(() => '[]'));
  if (!Array.isArray(links)) return;
  for (const link of links as readonly { source?: unknown; target?: unknown }[]) {
    if (typeof link.source !== 'string' || typeof link.target !== 'string') continue;
    const inPlace = (name: string): string => path.join(base, name.replace(/^native\b/, placeName));
    const target = inPlace(link.target);
    if (await lstat(target).catch(() => undefined)) continue;
    await symlink(path.relative(path.dirname(target), inPlace(link.source)), target).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error; // another run was first
      },
    );
  }
}
