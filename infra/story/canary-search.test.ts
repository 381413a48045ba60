import { expect, test } from '@jest/globals';
import { isClean, searchInWords } from './canary-search.js';

const place = (found: number) => ({
  place: 'Redis',
  looked: '3 keys',
  bytes: 2_000,
  sawTrace: true,
  findings: Array.from({ length: found }, () => ({
    canary: { field: 'mother.name', text: 'Vemulorati' },
    form: 'base64' as const,
    where: 'bull:notify:7',
  })),
});

test('a search that found nothing and saw the run is clean', () => {
  expect(isClean({ searched: [place(0)], unproven: [] })).toBe(true);
});

test('what was found is named by its field and place, and not repeated', () => {
  const outcome = { searched: [place(1)], unproven: [] };
  expect(isClean(outcome)).toBe(false);
  const said = searchInWords(outcome, 12)
    .map(({ sv }) => sv)
    .join('\n');
  expect(said).toContain('mother.name (base64) in bull:notify:7');
  expect(said).not.toContain('Vemulorati');
});

test('a search that did not see what it should have seen is not clean, and says so', () => {
  const outcome = { searched: [place(0)], unproven: ['Mail'] };
  expect(isClean(outcome)).toBe(false);
  expect(searchInWords(outcome, 12).at(-1)?.en).toContain('Mail: no trace');
});
