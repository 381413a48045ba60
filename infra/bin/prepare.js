// Runs before anything is installed: only Node's own modules may be used here.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// By the URL: an old Node, which is to be told that it is old, has no import.meta.dirname.
export const root = path.resolve(fileURLToPath(import.meta.url), '..', '..', '..');
const cache = path.join(root, 'node_modules', '.cache', 'handslag');

/** Ends the run with one sentence that says what to do. */
export function giveUp(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

/** @returns {string | undefined} the sentence to show when this Node cannot run Handslag. */
export function nodeProblem(version, platform) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    return `Handslag needs Node 20.19 or later and this is Node ${version}: install a current one (https://nodejs.org, or "nvm install"), then run the command again.`;
  if (platform === 'win32')
    return 'Handslag runs on Linux and macOS: on Windows, run it inside WSL (https://learn.microsoft.com/windows/wsl).';
  return undefined;
}

/** @returns {string | undefined} why the installed packages are not those of the lock file. */
export function installedDiffers(lock, installed) {
  if (installed === undefined) return 'node_modules is missing';
  for (const [place, wanted] of Object.entries(lock.packages)) {
    if (place === '' || wanted.link) continue;
    const found = installed.packages[place];
    if (found === undefined && !wanted.optional) return `${place} is missing`;
    if (found !== undefined && found.version !== wanted.version)
      return `${place} is ${found.version}, not ${wanted.version}`;
  }
  return undefined;
}

const readJson = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined);

/** Installs packages and builds what is stale; says what it does on stderr, so that stdout belongs to the tool. */
export async function prepare({ quiet = false, build = true, mustCompile = true } = {}) {
  const problem = nodeProblem(process.versions.node, process.platform);
  if (problem) giveUp(problem);
  process.chdir(root);
  await install();
  if (build) await locked('build', () => buildWhenStale(quiet, mustCompile));
}

/** Runs a compiled program of ours in this very process, so that Ctrl-C and exit codes need no forwarding. */
export async function handOver(main, args) {
  const file = path.join(root, 'dist', 'infra', main);
  if (!fs.existsSync(file))
    giveUp(`There is no dist/infra/${main}: the build did not make it, see the errors above.`);
  process.argv = [process.execPath, file, ...args];
  process.setSourceMapsEnabled(true);
  await import(file);
}

async function install() {
  const lock = readJson(path.join(root, 'package-lock.json'));
  const why = installedDiffers(lock, readJson(path.join(root, 'node_modules', '.package-lock.json')));
  if (!why) return;
  await step(`installing packages (${why}; about a minute)`, () =>
    run(
      'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      'npm could not install the packages: see above. Check the network and the registry ("npm ping"), then run the command again.',
    ),
  );
}

async function buildWhenStale(quiet, mustCompile) {
  const stampFile = path.join(root, 'dist', '.sources.json');
  const now = sources();
  const built = readJson(stampFile);
  if (built && same(built, now)) return;
  const gone = built ? Object.keys(built).filter((file) => !(file in now)) : [];
  const build = async () => {
    // What was compiled from a deleted file would still be found by whoever imports it.
    for (const file of gone) {
      const compiled = path.join(root, 'dist', file.replace(/\.ts$/, '.js'));
      for (const stale of [compiled, `${compiled}.map`]) fs.rmSync(stale, { force: true });
    }
    const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
    const hint = 'The sources do not compile: see above ("npm run check" shows the same).';
    const compiled = await run(tsc, ['-p', 'tsconfig.build.json'], mustCompile ? hint : undefined);
    const bundler = path.join(root, 'dist', 'infra', 'build', 'main.js');
    if (mustCompile) await run(process.execPath, [bundler], 'The workflows could not be bundled: see above.');
    if (compiled && mustCompile) fs.writeFileSync(stampFile, JSON.stringify(now));
  };
  await (quiet ? build() : step('building', build));
}

/** Every source the build reads, with its time and size. */
function sources() {
  const found = {};
  const add = (file) => {
    const { mtimeMs, size } = fs.statSync(file);
    found[path.relative(root, file)] = `${mtimeMs}:${size}`;
  };
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules') walk(full);
      else if (entry.isFile() && !entry.name.endsWith('.test.ts')) add(full);
    }
  };
  for (const folder of ['apps', 'workflows', 'activities', 'libs', 'infra']) {
    if (fs.existsSync(path.join(root, folder))) walk(path.join(root, folder));
  }
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json']) add(path.join(root, file));
  return found;
}

const same = (a, b) =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key]);

/** One build at a time per folder; a lock whose holder died is taken over. */
async function locked(name, work) {
  fs.mkdirSync(cache, { recursive: true });
  const lock = path.join(cache, `${name}.lock`);
  const until = Date.now() + 180_000;
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!alive(Number(readText(lock))) || Date.now() > until) fs.rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const release = () => fs.rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function alive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function step(what, work) {
  const began = Date.now();
  const tty = process.stderr.isTTY === true;
  process.stderr.write(`  ${what} …\n`);
  const beat = setInterval(
    () => tty && process.stderr.write(`\r  … ${Math.round((Date.now() - began) / 1000)} s `),
    1000,
  );
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.stderr.write(
      `${tty ? '\r' : ''}  ${what.replace(/ \(.*/, '')}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
    );
  }
}

/** Resolves to whether it succeeded; with a hint, a failure ends the run. What it prints is shown only then. */
function run(command, args, hint) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => (said += `${command}: ${error.message}\n`));
    child.on('close', (code) => {
      if (code === 0) return resolve(true);
      if (hint === undefined) return resolve(false);
      process.stderr.write(`\n${said}`);
      giveUp(/ENOSPC|no space left/i.test(said) ? diskFull(root) : hint);
    });
  });
}

const diskFull = (folder) =>
  `The disk that holds ${folder} is full: free some space (a first start needs about 1 GB), then run the command again.`;
