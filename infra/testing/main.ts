// npm test. Without arguments: type check, lint, every test. With arguments: jest alone, with these.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { explained, Problem } from '../local/problem.js';
import { bold, red, say } from '../local/say.js';
import { afterSecondTry, countTests, mayBeTriedAgain, type TestCount } from './summary.js';
import { startTestServices, type TestServices } from './test-services.js';

const JEST_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
const args = process.argv.slice(2).filter((argument) => argument !== '--only-jest');
const wantsServicesOnly = args.includes('--services');
const wantsEverything = process.argv.length === 2;

let services: TestServices | undefined;
let current: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    void endCurrent(signal)
      .then(stopServices)
      .then(() => process.exit(130));
  });
}

/** Passes the signal on to what runs now and everything it started, and waits, so that services outlive their users. */
async function endCurrent(signal: NodeJS.Signals): Promise<void> {
  const group = current?.pid;
  if (!current || group === undefined || current.exitCode !== null) return;
  const gone = once(current, 'exit');
  process.kill(-group, signal);
  const insist = setTimeout(() => process.kill(-group, 'SIGKILL'), 20_000);
  await gone;
  clearTimeout(insist);
}

async function stopServices(): Promise<void> {
  const running = services;
  services = undefined;
  await running?.stop();
}

/** Exit code of a program that writes to our terminal. */
function run(
  command: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return new Promise((resolve) => {
    // A group of its own: Ctrl-C reaches us alone, and we pass it on once.
    const child = spawn(command, parameters, { stdio: 'inherit', env: environment, detached: true });
    current = child;
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function jest(parameters: readonly string[]): Promise<TestCount> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-jest-'));
  const outcome = path.join(folder, 'outcome.json');
  try {
    const code = await run(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${outcome}`, ...parameters],
      {
        ...process.env,
        ...services?.environment,
        NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${JEST_OPTIONS}`,
      },
    );
    return countTests(readOrNothing(outcome), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function everything(): Promise<TestCount> {
  let stepsFailed = 0;
  for (const [name, script] of [
    ['type check', 'check'],
    ['lint, arrows, dead code', 'lint'],
  ] as const) {
    say(bold(name));
    const code = await run('npm', ['run', '--silent', script]);
    if (code !== 0) {
      stepsFailed += 1;
      say(red(`${name} failed`));
    }
  }
  say(bold('tests'));
  services = await startTestServices();
  const count = await steady(await jest(['--maxWorkers=2']));
  return { ...count, failed: count.failed + stepsFailed };
}

/**
 * Whole systems run beside each other on two cores, and now and then one waits too long: a few failed files are tried
 * once more, alone, and it is said which. What is broken fails again.
 */
async function steady(count: TestCount): Promise<TestCount> {
  if (!mayBeTriedAgain(count)) return count;
  const { failedFiles } = count;
  const names = failedFiles.map((file) => path.relative(process.cwd(), file)).join(', ');
  say(red(`failed, and tried again alone: ${names}`));
  const again = await jest(['--maxWorkers=1', '--runTestsByPath', ...failedFiles]);
  if (again.failed === 0) say(bold(`unsteady: failed once and passed alone: ${names}`));
  return afterSecondTry(count, again);
}

async function main(): Promise<number> {
  if (wantsServicesOnly) {
    services = await startTestServices();
    for (const [name, value] of Object.entries(services.environment))
      process.stdout.write(`export ${name}='${value}'\n`);
    setInterval(() => {}, 3_600_000); // stays until it is told to end
    return await new Promise<never>(() => {});
  }
  if (wantsEverything) {
    const count = await everything();
    const summary = process.env['HANDSLAG_TEST_SUMMARY'];
    if (summary) writeFileSync(summary, `${JSON.stringify(count)}\n`);
    say(`${count.passed} passed, ${count.failed} failed`);
    return count.failed === 0 && count.passed > 0 ? 0 : 1;
  }
  const unitOnly = args.some((argument) => argument === '--selectProjects=unit');
  if (!unitOnly) services = await startTestServices();
  return (await jest(args)).failed === 0 ? 0 : 1;
}

try {
  const code = await main();
  if (!interrupted) {
    await stopServices();
    process.exit(code);
  }
} catch (error) {
  await stopServices();
  const shown = explained(error, process.cwd());
  process.stderr.write(`\n${shown instanceof Problem ? shown.message : (shown.stack ?? shown.message)}\n`);
  process.exit(1);
}
