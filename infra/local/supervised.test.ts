import { describe, expect, test } from '@jest/globals';
import { type Running, supervise } from './supervised.js';

/** A program that ends when told to, and counts its starts. */
function program() {
  const ends: ((how: string) => void)[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const start = async (): Promise<Running> => {
    const ended = new Promise<string>((resolve) => ends.push(resolve));
    for (const { resolve } of waiting.filter(({ count }) => count <= ends.length)) resolve();
    return { ended, stop: async () => ends.at(-1)?.('stopped') };
  };
  const started = (count: number): Promise<void> =>
    ends.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }));
  return { start, started, starts: () => ends.length, die: () => ends.at(-1)?.('SIGKILL') };
}

describe('a supervised program', () => {
  test('is started again when it dies, with a line that says so', async () => {
    const { start, started, die } = program();
    const lines: string[] = [];
    const running = await supervise({
      name: 'police',
      start,
      tell: (line) => lines.push(line),
      firstPauseMs: 0,
    });
    die();
    await started(2);
    expect(lines).toEqual(['police ended (SIGKILL); starting it again']);
    await running.stop();
  });

  test('is left down when it dies too often in a minute', async () => {
    const { start, started, starts, die } = program();
    let given: () => void = () => {};
    const gaveUp = new Promise<void>((resolve) => {
      given = resolve;
    });
    const tell = (line: string): void => {
      if (line.includes('is left down')) given();
    };
    await supervise({ name: 'police', start, tell, firstPauseMs: 0, mostPerMinute: 2 });
    for (const count of [2, 3]) {
      die();
      await started(count);
    }
    die();
    await gaveUp;
    expect(starts()).toBe(3);
  });

  test('is not started again once it was stopped', async () => {
    const { start, starts } = program();
    const lines: string[] = [];
    const running = await supervise({
      name: 'police',
      start,
      tell: (line) => lines.push(line),
      firstPauseMs: 0,
    });
    await running.stop();
    expect([starts(), lines]).toEqual([1, []]);
  });

  test('whose first start fails passes the failure on', async () => {
    const start = async (): Promise<Running> => Promise.reject(new Error('no port'));
    await expect(supervise({ name: 'police', start, tell: () => {} })).rejects.toThrow('no port');
  });
});
