import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameKeys, nameParts, nameSought } from './normal-name.js';

describe('a name as it is looked for', () => {
  it.each([
    ['Anna-Karin Åström', ['anna', 'astrom', 'karin']],
    ['ÅSTRÖM, Anna Karin', ['anna', 'astrom', 'karin']],
    ['Åsa Ödmark', ['asa', 'odmark']],
    ['A\u030Asa O\u0308dmark', ['asa', 'odmark']],
    ['Linnéa Świątek', ['linnea', 'swiatek']],
    ['Øystein Æsker', ['aesker', 'oystein']],
    ["Siobhán O'Neill", ['neill', 'o', 'siobhan']],
    ['  von   Essen   Märta ', ['essen', 'marta', 'von']],
    ['فاطمة الزهراء', ['الزهراء', 'فاطمة']],
    ['12 %', []],
    ['', []],
  ])('%j has the parts %j', (typed, parts) => {
    expect(nameParts(typed)).toEqual(parts);
  });

  it('finds somebody with two given names by either of them and her surname', () => {
    const keys = nameKeys('Anna Maria Svensson');
    for (const typed of ['Svensson Anna', 'maria svensson', 'SVENSSON, ANNA MARIA']) {
      expect(keys).toContain(nameSought(typed));
    }
    expect(keys).not.toContain(nameSought('Eva Svensson'));
    expect(keys).not.toContain(nameSought('Svensson'));
  });

  it('looks for nothing when nothing is a letter', () => {
    expect([nameSought('%_*'), nameKeys('%_*')]).toEqual([null, []]);
  });

  it('does not depend on case, order or how often it is normalised', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 5 }), (words) => {
        const typed = words.join(' ');
        expect(nameSought([...words].reverse().join(' '))).toBe(nameSought(typed));
        expect(nameParts(nameParts(typed).join(' '))).toEqual(nameParts(typed));
      }),
    );
  });
});
