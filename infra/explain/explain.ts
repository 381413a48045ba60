import { CalendarError } from '#calendar';
import { calendarSubcommand } from './calendar.js';
import { dueSubcommand } from './due.js';
import { placeSubcommand } from './place.js';
import { type ExitCode, type Output, type Subcommand, UnclearQuestion } from './subcommand.js';

/** The questions, by the word that asks them. A new one is a file and a line here. */
const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  due: dueSubcommand,
  calendar: calendarSubcommand,
  place: placeSubcommand,
};

const usage = (): string =>
  Object.values(SUBCOMMANDS)
    .map((subcommand) => `explain -- ${subcommand.usage}`)
    .join('; ');

/**
 * Answers one question and tells the exit code: 0 with an answer, 2 with one sentence to `output.problem` and nothing
 * else when the question cannot be understood.
 */
export const explain = async (args: readonly string[], output: Output): Promise<ExitCode> => {
  const [name, ...rest] = args;
  const subcommand = name !== undefined && Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) {
    output.problem(
      `${name === undefined ? 'Say what to explain' : `"${name}" is nothing that can be explained`}: ${usage()} (each with --json and --lang sv|en).`,
    );
    return 2;
  }
  try {
    return await subcommand.run(rest, output);
  } catch (error) {
    if (!(error instanceof UnclearQuestion || error instanceof CalendarError)) throw error;
    output.problem(error.message);
    return 2;
  }
};
