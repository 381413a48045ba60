import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '#temporal';
import { UnknownCallers } from './unknown-callers.js';

describe('the security log of unknown callers', () => {
  let lines: { message: string; code: string; count: number; size: number }[];
  let callers: UnknownCallers;
  beforeEach(() => {
    jest.useFakeTimers();
    lines = [];
    callers = new UnknownCallers(createLogger('info', (line) => void lines.push(JSON.parse(line))));
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const told = () => lines.map(({ code, count, size }) => `${code} ${count}/${size}`);

  it('tells of the first at once, of a flood once a minute and a reason, and of nothing when it is quiet', () => {
    callers.count('no-token');
    expect(told()).toEqual(['no-token 1/1']);
    for (let flood = 0; flood < 5_000; flood += 1) callers.count(flood % 2 ? 'expired' : 'no-token');
    expect(told()).toHaveLength(1);
    jest.advanceTimersByTime(60_000);
    expect(told().slice(1)).toEqual(['no-token 2500/2501', 'expired 2500/2500']);
    jest.advanceTimersByTime(600_000);
    expect(told()).toHaveLength(3);
    callers.count('signature');
    expect(told().slice(3)).toEqual(['signature 1/1']);
  });

  it('tells what it still has when the service ends', () => {
    callers.count('expired');
    callers.count('expired');
    callers.beforeApplicationShutdown();
    expect(told()).toEqual(['expired 1/1', 'expired 1/2']);
    expect([...callers.seen]).toEqual([['expired', 2]]);
  });
});
