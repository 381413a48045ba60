import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ChainedEvent, chainEvent, chainStart, verifyChain } from './event-chain.js';

const CHAIN = 'handoff-1';

function aChain(length: number, chainId = CHAIN): ChainedEvent[] {
  const events: ChainedEvent[] = [];
  for (let seq = 1; seq <= length; seq += 1)
    events.push(
      chainEvent(events.at(-1)?.hash ?? null, { chainId, seq, kind: 'note', contentDigest: `digest-${seq}` }),
    );
  return events;
}

describe('a chain of events', () => {
  it('is whole as it is made, and tells its head', () => {
    const events = aChain(5);
    expect(verifyChain(CHAIN, events)).toEqual({ ok: true, head: events.at(-1)?.hash });
    expect(verifyChain(CHAIN, [])).toEqual({ ok: true, head: chainStart(CHAIN) });
  });

  it('does not depend on the order of the keys', () => {
    expect(chainEvent(null, { chainId: CHAIN, seq: 1, a: 1, b: 2 }).hash).toBe(
      chainEvent(null, { b: 2, a: 1, seq: 1, chainId: CHAIN }).hash,
    );
  });

  it('tells the first event that was changed, also if its own hash was made anew', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (length, pick) => {
        const at = pick % length;
        const events = aChain(length);
        const changed = events.map((event, index) =>
          index === at ? { ...event, header: { ...event.header, contentDigest: 'swapped' } } : event,
        );
        expect(verifyChain(CHAIN, changed)).toEqual({ ok: false, code: 'HASH_DIFFERS', at });
        const rehashed = changed.map((event, index) =>
          index === at ? chainEvent(event.previousHash, event.header) : event,
        );
        expect(verifyChain(CHAIN, rehashed, events.at(-1)?.hash)).toEqual({
          ok: false,
          ...(at + 1 === length ? { code: 'END', at: length } : { code: 'PREVIOUS_DIFFERS', at: at + 1 }),
        });
      }),
    );
  });

  it('tells that an event was removed, doubled or put in another order', () => {
    const [first, second, third] = aChain(3);
    if (!first || !second || !third) throw new Error('no chain');
    expect(verifyChain(CHAIN, [first, third])).toEqual({ ok: false, code: 'ORDER', at: 1 });
    expect(verifyChain(CHAIN, [first, first])).toEqual({ ok: false, code: 'ORDER', at: 1 });
    expect(verifyChain(CHAIN, [second, first, third])).toEqual({ ok: false, code: 'ORDER', at: 0 });
  });

  it('of one handoff does not pass for that of another', () => {
    expect(verifyChain(CHAIN, aChain(2, 'handoff-2'))).toEqual({ ok: false, code: 'ORDER', at: 0 });
    const renamed = aChain(2, 'handoff-2').map((event) => ({
      ...event,
      header: { ...event.header, chainId: CHAIN },
    }));
    expect(verifyChain(CHAIN, renamed)).toEqual({ ok: false, code: 'PREVIOUS_DIFFERS', at: 0 });
  });

  it('cut off at its end shows against the head in a receipt', () => {
    const events = aChain(4);
    const witnessed = events[3]?.hash;
    expect(verifyChain(CHAIN, events.slice(0, 3))).toMatchObject({ ok: true });
    expect(verifyChain(CHAIN, events.slice(0, 3), witnessed)).toEqual({ ok: false, code: 'END', at: 3 });
    expect(verifyChain(CHAIN, [...events], events[1]?.hash)).toMatchObject({ ok: true });
  });
});
