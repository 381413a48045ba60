import { describe, expect, test } from '@jest/globals';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { asNestLogger, createLogger } from './redacting-logger.js';

const SECRETS = ['Kanarie', '19121212-1212', 'Storgatan'];
const SENTENCE = `${SECRETS.join(' ')} 1`;

function listen() {
  const lines: string[] = [];
  const logger = createLogger('debug', (line) => lines.push(line));
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}');
  return { lines, logger, nest: asNestLogger(logger), last };
}

describe('the logger', () => {
  test('writes one JSON line with time, level, code and the ids', () => {
    const { logger, last } = listen();
    logger.warn('stream.parked', { matterId: '0d6fb1f2-5c1b-4a7e-9a3b-111111111111', count: 3, attempt: 1 });
    expect(last()).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'warn',
      message: 'stream.parked',
      matterId: '0d6fb1f2-5c1b-4a7e-9a3b-111111111111',
      count: 3,
      attempt: 1,
    });
  });

  test.each([
    ['a sentence', SENTENCE, {}],
    ['a field that is not on the list', 'a.b', { name: 'Kanarie', input: { address: SENTENCE } }],
    ['free text in a field that is', 'a.b', { code: SENTENCE, state: ['Storgatan'] }],
    [
      'a personal number as an id',
      'a.b',
      { matterId: '19121212-1212', unitId: '191212121212', version: 191212121212 },
    ],
    ['a personal number in an event code or in a name', 'x.191212121212', { '19121212-1212': 1 }],
  ])('leaves out what is in %s', (_, message, fields) => {
    const { logger, lines } = listen();
    logger.error(message, fields);
    expect(lines).toHaveLength(1);
    for (const secret of [...SECRETS, '191212121212']) expect(lines[0]).not.toContain(secret);
    expect(lines[0]).toContain('[redacted]');
  });

  test('tells an error by name, code and type, with its causes, and without message and stack', () => {
    const { logger, last } = listen();
    const cause = ApplicationFailure.nonRetryable(SENTENCE, 'MATTER_UNKNOWN');
    const error = new ActivityFailure(
      SENTENCE,
      'callAgain',
      '1',
      'NON_RETRYABLE_FAILURE',
      'courier:1',
      cause,
    );
    logger.error('clock.failed', { error });
    expect(last()['error']).toEqual([
      { name: 'ActivityFailure' },
      { name: 'ApplicationFailure', type: 'MATTER_UNKNOWN' },
    ]);
    logger.error('record.down', { error: Object.assign(new Error(SENTENCE), { code: 'ECONNREFUSED' }) });
    expect(last()['error']).toEqual([{ name: 'Error', code: 'ECONNREFUSED' }]);
  });

  test('keeps what is below its level to itself', () => {
    const lines: string[] = [];
    const logger = createLogger('warn', (line) => lines.push(line));
    logger.info('a.b');
    logger.log('DEBUG', 'a.b');
    logger.log('ERROR', 'a.c');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['a.c']);
  });
});

describe('as Nest’s logger', () => {
  test('keeps the context and known sentences, and drops messages and stacks', () => {
    const { nest, last } = listen();
    nest.log('Nest application successfully started', 'NestApplication');
    expect(last()).toMatchObject({
      level: 'info',
      message: 'Nest application successfully started',
      context: 'NestApplication',
    });
    nest.error(`duplicate key (name)=(${SENTENCE})`, `Error: ${SENTENCE}\n at x.ts`, 'ExceptionsHandler');
    expect(last()).toMatchObject({ level: 'error', message: '[redacted]', context: 'ExceptionsHandler' });
    expect(JSON.stringify(last())).not.toContain('Kanarie');
    nest.error(new TypeError(SENTENCE));
    expect(last()).toMatchObject({ message: '[redacted]', error: [{ name: 'TypeError' }] });
  });
});
