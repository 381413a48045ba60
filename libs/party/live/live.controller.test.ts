import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, lastValueFrom, Subject, toArray } from 'rxjs';
import type { Mandate } from '../identity/caller.js';
import { LiveController } from './live.controller.js';
import type { LiveNotice } from './live-feed.js';

const at = (unit: string): Mandate => ({ unit, role: 'case-worker', authority: 'board' });

function stream(before: readonly Mandate[]) {
  let mandates = before;
  const [notices, stopped] = [new Subject<LiveNotice>(), new Subject<void>()];
  const controller = new LiveController({ notices, stopped }, { of: async () => [...mandates] });
  const events = controller.liveEvents({ person: 'p', mandates: before });
  return {
    events,
    notices,
    stopped,
    leave: (kept: readonly Mandate[]) => {
      mandates = kept;
    },
  };
}

describe('a live stream', () => {
  it('tells of the units of the caller, and of no others', async () => {
    const { events, notices } = stream([at('a'), at('b')]);
    const first = firstValueFrom(events);
    for (const unit of ['c', 'b']) notices.next({ unit });
    expect(await first).toEqual({ type: 'changed', data: { unit: 'b' } });
  });

  it('tells nothing of a unit that was left while it was open', async () => {
    const { events, notices, leave } = stream([at('a'), at('b')]);
    const first = firstValueFrom(events);
    leave([at('b')]);
    for (const unit of ['a', 'b']) notices.next({ unit });
    expect(await first).toEqual({ type: 'changed', data: { unit: 'b' } });
  });

  it('ends once the last mandate has ended', async () => {
    const { events, notices, leave } = stream([at('a')]);
    const all = lastValueFrom(events.pipe(toArray()));
    leave([]);
    notices.next({ unit: 'a' });
    expect(await all).toEqual([]);
  });
});
