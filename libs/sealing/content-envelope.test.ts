import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decryptContent, digestOf, encryptContent, newContentKey } from './content-envelope.js';

const aBinding = () => ({ contentId: randomUUID(), incidentId: randomUUID(), subjectId: randomUUID() });

describe('an envelope', () => {
  it('gives back whatever JSON was put in, under its key and binding', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const key = newContentKey();
        const binding = aBinding();
        const { ciphertext } = encryptContent(key, binding, content);
        expect(decryptContent(key, binding, ciphertext)).toEqual(JSON.parse(JSON.stringify(content)));
      }),
    );
  });

  it('does not open with another key', () => {
    const binding = aBinding();
    const { ciphertext } = encryptContent(newContentKey(), binding, { word: 'secret' });
    expect(decryptContent(newContentKey(), binding, ciphertext)).toBeNull();
  });

  it.each(['contentId', 'incidentId', 'subjectId'] as const)('does not open under another %s', (part) => {
    const key = newContentKey();
    const binding = aBinding();
    const { ciphertext } = encryptContent(key, binding, { word: 'secret' });
    expect(decryptContent(key, { ...binding, [part]: randomUUID() }, ciphertext)).toBeNull();
  });

  it('about the whole incident does not open as one about a subject', () => {
    const key = newContentKey();
    const binding = { ...aBinding(), subjectId: null };
    const { ciphertext } = encryptContent(key, binding, { word: 'secret' });
    expect(decryptContent(key, binding, ciphertext)).toEqual({ word: 'secret' });
    expect(decryptContent(key, { ...binding, subjectId: '' }, ciphertext)).toBeNull();
  });

  it('does not open with any one byte flipped or missing, and its digest tells', () => {
    const key = newContentKey();
    const binding = aBinding();
    const { ciphertext, digest } = encryptContent(key, binding, { word: 'secret' });
    for (let at = 0; at < ciphertext.length; at += 1) {
      const flipped = Buffer.from(ciphertext);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      expect(decryptContent(key, binding, flipped)).toBeNull();
      expect(digestOf(flipped)).not.toBe(digest);
      expect(decryptContent(key, binding, ciphertext.subarray(0, at))).toBeNull();
    }
  });

  it('of a short note is as long as one of a longer', () => {
    const seal = (text: string) => encryptContent(newContentKey(), aBinding(), { text }).ciphertext.length;
    expect(seal('no')).toBe(seal('åäö '.repeat(60)));
  });
});
