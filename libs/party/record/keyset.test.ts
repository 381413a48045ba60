import { describe, expect, it } from '@jest/globals';
import { RefusedException } from '../http/refused.exception.js';
import { instantText, readKeyset, writeKeyset } from './keyset.js';

const FIRST = { instants: ['-infinity'], id: '00000000-0000-0000-0000-000000000000' };
const ID = '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10';

describe('a keyset', () => {
  it('comes back as it was written', () => {
    const keyset = { instants: [instantText(new Date('2026-06-05T21:30:00Z'))], id: ID };
    expect(readKeyset(writeKeyset(keyset), FIRST)).toEqual(keyset);
  });

  it('keeps what has no instant apart from what has', () => {
    expect([instantText(Number.POSITIVE_INFINITY), instantText(Number.NEGATIVE_INFINITY)]).toEqual([
      'infinity',
      '-infinity',
    ]);
  });

  it('starts from the first page when there is none', () => {
    expect(readKeyset(undefined, FIRST)).toBe(FIRST);
  });

  it.each([
    'AAAA',
    'bm90IGpzb24',
    writeKeyset({ instants: ['infinity', 'infinity'], id: ID }),
    writeKeyset({ instants: [`now() '; drop`], id: ID }),
    writeKeyset({ instants: ['infinity'], id: 'not-an-id' }),
  ])('refuses %j, which is no page of this list', (after) => {
    expect(() => readKeyset(after, FIRST)).toThrow(RefusedException);
  });
});
