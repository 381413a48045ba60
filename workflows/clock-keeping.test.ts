import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Clock } from '#activities';
import { type Armed, answered, arm, leftMs, told } from './clock-keeping.js';

const NOW = 1_000_000;
const clock = (version: number, waitMs: number | null, more: Partial<Clock> = {}): Clock => ({
  ...{ version, waitMs, closed: false, deadlineId: 'deadline-1', rung: 0 },
  ...more,
});
const clocks = fc.record({
  version: fc.nat({ max: 20 }),
  closed: fc.boolean(),
  waitMs: fc.option(fc.integer({ min: -1_000, max: 1_000_000 })),
  deadlineId: fc.constant('deadline-1'),
  rung: fc.nat({ max: 5 }),
});
const ask = (asked: Armed, answer: Clock, now = NOW): Armed => answered(asked, asked, answer, now);

describe('being told', () => {
  test('ends with the newest clock, in whatever order they come and however often', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(clocks, { selector: ({ version }) => version, minLength: 1 }),
        fc.gen(),
        (all, gen) => {
          const disordered = gen(fc.shuffledSubarray, [...all, ...all], { minLength: 2 * all.length });
          const [first, ...rest] = disordered;
          if (!first) return;
          const end = rest.reduce((armed, next) => told(armed, next, NOW), arm(first, NOW));
          expect(end.clock.version).toBe(Math.max(...all.map(({ version }) => version)));
        },
      ),
    );
  });

  test('counts the time from when it was told', () => {
    expect(leftMs(told(arm(clock(1, 10), NOW), clock(2, 500), NOW + 100), NOW + 200)).toBe(400);
  });
});

describe('being told the same again', () => {
  const hour = 3_600_000;
  const armed = arm(clock(3, hour), NOW);

  test('changes nothing when it means the same instant, counted a moment later', () => {
    expect(told(armed, clock(3, hour - 5_000), NOW + 5_000)).toBe(armed);
    expect(told(armed, clock(3, hour - 5_900), NOW + 5_000)).toBe(armed);
    expect(told(armed, clock(3, hour), NOW + 5_000)).toBe(armed);
  });

  test('mends a clock that was read late: the instant it means is the earlier one', () => {
    expect(told(armed, clock(3, hour - 600_000), NOW)).toMatchObject({ dueAt: NOW + hour - 600_000 });
  });

  test('arms nothing that waits without a wake-up, and no older version', () => {
    const waiting = arm(clock(3, null), NOW);
    expect(told(waiting, clock(3, 5), NOW)).toBe(waiting);
    expect(told(armed, clock(2, 5), NOW)).toBe(armed);
  });
});

describe('being answered', () => {
  const asked = arm(clock(7, 0), NOW);

  test('goes on with a newer clock, due or not, at once', () => {
    expect(ask(asked, clock(8, -5))).toMatchObject({ clock: { version: 8 }, dueAt: NOW - 5 });
  });

  test('sleeps on when the same version says not yet, waits when it is not armed, ends when it is closed', () => {
    expect(ask(asked, clock(7, 60_000)).dueAt).toBe(NOW + 60_000);
    expect(ask(asked, clock(7, null)).dueAt).toBeNull();
    expect(ask(asked, clock(7, 0, { closed: true })).clock.closed).toBe(true);
  });

  test.each([
    ['the same', clock(7, -1)],
    ['an older', clock(6, -1)],
    ['an older, not due', clock(6, 60_000)],
    ['an older, closed', clock(6, 0, { closed: true })],
  ])('pauses, longer each time, when %s clock moves nothing', (_, answer) => {
    const pauses: (number | null)[] = [];
    let armed = asked;
    for (let time = 0; time < 9; time += 1) {
      armed = ask(armed, answer);
      pauses.push(leftMs(armed, NOW));
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => 1_000 * seconds));
    expect(armed.clock).toEqual(asked.clock);
  });

  test('keeps what it was told while it asked, unless the answer is newer still', () => {
    const meanwhile = told(asked, clock(9, 30_000), NOW);
    expect(answered(meanwhile, asked, clock(8, -1), NOW)).toBe(meanwhile);
    expect(answered(meanwhile, asked, clock(9, 29_999), NOW)).toBe(meanwhile);
    expect(answered(meanwhile, asked, clock(10, 5), NOW)).toMatchObject({ clock: { version: 10 } });
  });

  test('never asks twice in the same instant without the version having moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 0 }), clocks, (waitMs, answer) => {
        const before = arm(clock(10, waitMs), NOW);
        const after = ask(before, answer);
        const left = leftMs(after, NOW);
        const isIdle = after.clock.closed || left === null || left > 0;
        expect(isIdle || after.clock.version > 10).toBe(true);
      }),
    );
  });
});
