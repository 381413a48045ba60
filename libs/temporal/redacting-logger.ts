import type { Logger, LogLevel, LogMetadata } from '@temporalio/common';
import { z } from 'zod';
import { redactFields, redactMessage } from './redaction.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** `LOG_LEVEL` in a service's ConfigSchema. */
export const LogLevelSchema = z.enum(LEVELS).default('info');

/** The level as the Temporal SDK names it. */
export const SDK_LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const satisfies Record<Level, LogLevel>;

/**
 * Writes one JSON line an event: `time`, `level`, `message` and fields. What is not known to be an id, a code or a count is
 * replaced (C5), so the message is an event code (`stream.parked`), never a sentence with something in it. Fits the Temporal
 * SDK's Logger, and any service.
 */
export function createLogger(
  level: Level,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Logger {
  const lowest = LEVELS.indexOf(level);
  const add = (at: Level, message: string, fields: LogMetadata = {}): void => {
    if (LEVELS.indexOf(at) < lowest) return;
    const line = {
      time: new Date().toISOString(),
      level: at,
      message: redactMessage(message),
      ...redactFields(fields),
    };
    write(`${JSON.stringify(line)}
`);
  };
  return {
    log: (at, message, fields) =>
      add(LEVELS.find((known) => SDK_LEVELS[known] === at) ?? 'error', message, fields),
    trace: (message, fields) => add('trace', message, fields),
    debug: (message, fields) => add('debug', message, fields),
    info: (message, fields) => add('info', message, fields),
    warn: (message, fields) => add('warn', message, fields),
    error: (message, fields) => add('error', message, fields),
  };
}

/** The shape of Nest's LoggerService. */
export interface NestLogger {
  log(message: unknown, ...rest: readonly unknown[]): void;
  error(message: unknown, ...rest: readonly unknown[]): void;
  warn(message: unknown, ...rest: readonly unknown[]): void;
  debug(message: unknown, ...rest: readonly unknown[]): void;
  verbose(message: unknown, ...rest: readonly unknown[]): void;
  fatal(message: unknown, ...rest: readonly unknown[]): void;
}

/** The same logger as Nest calls it (`NestFactory.create(…, { logger })`): its last argument is the context, a stack is dropped. */
export function asNestLogger(logger: Logger): NestLogger {
  const to =
    (level: Level) =>
    (message: unknown, ...rest: readonly unknown[]): void => {
      const error = [message, ...rest].find((value) => value instanceof Error);
      const context = rest.at(-1);
      logger[level](typeof message === 'string' ? message : '', {
        ...(typeof context === 'string' && { context }),
        ...(error && { error }),
      });
    };
  return {
    log: to('info'),
    error: to('error'),
    warn: to('warn'),
    debug: to('debug'),
    verbose: to('trace'),
    fatal: to('error'),
  };
}
