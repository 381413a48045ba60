import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Canaries } from '../stage/canaries.js';
import { Needles } from './needles.js';

const canaries = new Canaries();
const word = canaries.word('mother.name');
canaries.keep('mother.number', '20030202-2389');
const needles = new Needles(canaries.all());
const fields = (text: string) => needles.in(text).map(({ canary, form }) => `${canary.field} ${form}`);

describe('what is looked for is found', () => {
  test('as it stands, in any case, amid other text', () => {
    expect(fields(`{"name":"Katja ${word.toUpperCase()}"}`)).toEqual(['mother.name plain']);
    expect(fields('x20030202-2389y')).toEqual(['mother.number plain']);
  });
  test('in hexadecimal, as PostgreSQL shows bytes', () => {
    expect(fields(`(1,"\\\\x00${Buffer.from(word).toString('hex')}ff")`)).toEqual(['mother.name hex']);
  });
  test('in base64 and base64url, whatever stands before and after it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from(word), after]);
        expect(fields(bytes.toString('base64'))).toEqual(['mother.name base64']);
        expect(fields(bytes.toString('base64url'))).toEqual(['mother.name base64']);
      }),
    );
  });
});

test('other words of the same make are not taken for it', () => {
  const others = new Canaries();
  expect(needles.in(Array.from({ length: 200 }, () => others.word('x')).join(' '))).toEqual([]);
});

test('a search for nothing is refused, since it would find nothing', () => {
  expect(() => new Needles([])).toThrow('nothing to look for');
});
