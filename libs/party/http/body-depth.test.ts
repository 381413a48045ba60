import { describe, expect, test } from '@jest/globals';
import { assertShallow, NestedTooDeep } from './body-depth.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('how deep a body may be', () => {
  test('as deep as any form of ours', () => {
    expect(() => assertShallow(nested(32))).not.toThrow();
    expect(() => assertShallow({ items: [{ answers: { a: { value: null } } }] })).not.toThrow();
  });
  test.each([33, 100_000])('%d levels are refused, without falling over them', (depth) => {
    expect(() => assertShallow(nested(depth))).toThrow(NestedTooDeep);
  });
  test('what is no object has no depth', () => {
    for (const body of [undefined, null, 'text', 7, true]) expect(() => assertShallow(body)).not.toThrow();
  });
});
