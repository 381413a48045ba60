import { parseArgs } from 'node:util';
import type { Language } from '#calendar';

/** Where a subcommand writes: results one line each, and what keeps it from giving any. */
export interface Output {
  line(text: string): void;
  problem(sentence: string): void;
}

/** 0 is an answer, 2 a question that cannot be understood. */
export type ExitCode = 0 | 2;

/** One question that `npm run -s explain` answers; its own arguments without its name. */
export interface Subcommand {
  readonly usage: string;
  run(args: readonly string[], output: Output): ExitCode | Promise<ExitCode>;
}

/** A question that cannot be understood: shown as one sentence, exit code 2. */
export class UnclearQuestion extends Error {
  override readonly name = 'UnclearQuestion';
}

/** What every subcommand takes, and its own options with a text each. */
export interface Question {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly language: Language;
  readonly options: Readonly<Record<string, string | undefined>>;
}

const languageOf = (text: string): Language => {
  if (text === 'sv' || text === 'en') return text;
  throw new UnclearQuestion(`--lang is sv or en, not "${text}".`);
};

/** Reads the arguments of a subcommand; `own` names its options. Throws `UnclearQuestion`. */
export const readQuestion = (args: readonly string[], own: readonly string[] = []): Question => {
  const ownOptions = Object.fromEntries(own.map((name) => [name, { type: 'string' } as const]));
  const parse = () => {
    try {
      return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { ...ownOptions, json: { type: 'boolean' }, lang: { type: 'string' } },
      });
    } catch (error) {
      throw new UnclearQuestion(error instanceof Error ? error.message : String(error));
    }
  };
  const { values, positionals } = parse();
  const textOf = (name: string): string | undefined => {
    const value: unknown = Object.entries(values).find(([key]) => key === name)?.[1];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words: positionals,
    json: values.json === true,
    language: languageOf(textOf('lang') ?? 'sv'),
    options: Object.fromEntries(own.map((name) => [name, textOf(name)])),
  };
};
