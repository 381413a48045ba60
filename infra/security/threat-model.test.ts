import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const page = (name: string) => readFileSync(`${ROOT}docs/${name}`, 'utf8');

interface Row {
  readonly id: string;
  readonly control: string;
  readonly shownBy: string;
  readonly leftOver: string;
}

/** The rows of the tables of threats: those whose first cell is `T-<number>`. */
function threatsOf(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const [id = '', , control = '', shownBy = '', leftOver = ''] = cells;
    return /^T-\d+$/.test(id) ? [{ id, control, shownBy, leftOver }] : [];
  });
}

/** Every `path.test.ts` “name” on a page. */
function referencesOf(text: string): { file: string; name: string }[] {
  return [...text.matchAll(/`([^`]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', name = '']) => ({
    file,
    name,
  }));
}

/** Whether a test of exactly that name is in the text of a test file, and runs. */
function hasTest(source: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => {
    const written = `${quote}${name.replaceAll(quote, `\\${quote}`)}${quote}`;
    const at = source.indexOf(written);
    if (at < 0) return false;
    const before = source.slice(Math.max(0, at - 40), at).trimEnd();
    return /(?:\b(?:it|test)|\))\($/.test(before) && !/\.(?:skip|todo)\($/.test(before);
  });
}

describe('the threat model', () => {
  const threats = threatsOf(page('threat-model.md'));

  it('has a control, a test or a person who answers for it, and what is left over, for every threat', () => {
    expect(threats.length).toBeGreaterThan(40);
    const incomplete = threats.filter(
      ({ control, shownBy, leftOver }) =>
        control === '' ||
        leftOver === '' ||
        (referencesOf(shownBy).length === 0 && !control.includes('*organisational*')),
    );
    expect(incomplete.map(({ id }) => id)).toEqual([]);
    expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length);
  });

  it('names nothing but references in the column of tests: no promise slips in as one', () => {
    const loose = threats.filter(
      ({ shownBy }) => shownBy.replace(/`[^`]+\.test\.ts` “[^”]+”/g, '').replace(/[;–\s]/g, '') !== '',
    );
    expect(loose.map(({ id, shownBy }) => [id, shownBy])).toEqual([]);
  });

  it.each(['threat-model.md', 'dpia-outline.md', 'controllers-agreement-outline.md'])(
    'names tests that exist: %s',
    (name) => {
      const references = referencesOf(page(name));
      expect(references.length).toBeGreaterThan(5);
      const missing = references.filter(({ file, name: test }) => {
        const path = `${ROOT}${file}`;
        return !existsSync(path) || !hasTest(readFileSync(path, 'utf8'), test);
      });
      expect(missing).toEqual([]);
    },
  );

  it('refers only to its own rows', () => {
    const known = new Set(threats.map(({ id }) => id));
    const named = ['threat-model.md', 'dpia-outline.md', 'controllers-agreement-outline.md'].flatMap(
      (name) => page(name).match(/\bT-\d+\b/g) ?? [],
    );
    expect([...new Set(named)].filter((id) => !known.has(id))).toEqual([]);
  });

  it('would notice: a test that is not there, one that is skipped, and a name in a comment', () => {
    const source = `it('is there', () => {}); it.skip('is skipped', () => {}); // 'is said'\n)('is each', () => {});`;
    expect(['is there', 'is each'].map((name) => hasTest(source, name))).toEqual([true, true]);
    expect(['is skipped', 'is said', 'is not there'].map((name) => hasTest(source, name))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
