import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import type { Language } from '#calendar';
import { Problem } from '../local/problem.js';
import { red } from '../local/say.js';

/**
 * Runs an operator's command and ends the process with what it answers: 0 when all is well, 1 when something is not. 2 means
 * that nothing could be done: a Problem is told as its sentence, anything else with its stack.
 */
export async function runOperator(command: (args: readonly string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command(process.argv.slice(2));
  } catch (error) {
    const shown =
      error instanceof Problem
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`${red(shown)}\n`);
    process.exitCode = 2;
  }
}

/** The options that were given. Throws a Problem with the usage when there is one that the command does not have. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new Problem(usage);
  }
}

/** Swedish unless English was asked for. Throws a Problem with the usage for any other. */
export function readLanguage(given: unknown, usage: string): Language {
  if (given === undefined || given === 'sv') return 'sv';
  if (given === 'en') return 'en';
  throw new Problem(usage);
}

/** One connection as the operator, named after the tool; the caller destroys it. Throws what pg throws. */
export function openAsOperator(url: string, tool: string): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    installExtensions: false,
    applicationName: `handslag ${tool}`,
  }).initialize();
}

/** Everything of a tool's answer, as it is: lines on stdout. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
