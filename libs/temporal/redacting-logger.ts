import type { Logger, LogLevel, LogMetadata } from '@temporalio/common';
import { z } from 'zod';
import { redactFields, redactMessage } from './redaction.js';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const satisfies readonly LogLevel[];

/** `LOG_LEVEL` in a service's ConfigSchema. */
export const LogLevelSchema = z.enum(LEVELS).default('INFO');

/**
 * Writes one JSON line an event: `time`, `level`, `message` and fields. What is not known to be an id, a code or a count is
 * replaced (C5), so the message is an event code (`stream.parked`), never a sentence with something in it. Fits the Temporal
 * SDK's Logger, and any service.
 */
export function createLogger(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Logger {
  const lowest = LEVELS.indexOf(level);
  const log = (at: LogLevel, message: string, fields: LogMetadata = {}): void => {
    if (LEVELS.indexOf(at) < lowest) return;
    const line = {
      time: new Date().toISOString(),
      level: at,
      message: redactMessage(message),
      ...redactFields(fields),
    };
    write(`${JSON.stringify(line)}\n`);
  };
  return {
    log,
    trace: (message, fields) => log('TRACE', message, fields),
    debug: (message, fields) => log('DEBUG', message, fields),
    info: (message, fields) => log('INFO', message, fields),
    warn: (message, fields) => log('WARN', message, fields),
    error: (message, fields) => log('ERROR', message, fields),
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
    (level: LogLevel) =>
    (message: unknown, ...rest: readonly unknown[]): void => {
      const error = [message, ...rest].find((value) => value instanceof Error);
      const context = rest.at(-1);
      logger.log(level, typeof message === 'string' ? message : '', {
        ...(typeof context === 'string' && { context }),
        ...(error && { error }),
      });
    };
  return {
    log: to('INFO'),
    error: to('ERROR'),
    warn: to('WARN'),
    debug: to('DEBUG'),
    verbose: to('TRACE'),
    fatal: to('ERROR'),
  };
}
