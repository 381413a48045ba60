import { expect, it } from '@jest/globals';
import type { InsightExtract } from '#contracts';
import { appealText, INSIGHT_OUTCOMES, valueInWords } from '#domain';
import { extractSections } from './extract-pdf.js';

const EXTRACT: InsightExtract = {
  requestId: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10',
  authority: 'Socialnämnden Stockholm',
  decidedAt: '2026-06-08T08:00:00.000Z',
  outcome: 'RELEASED_IN_PART',
  outcomeLabel: INSIGHT_OUTCOMES.RELEASED_IN_PART,
  provisions: ['OSL 21:3', 'OSL 26:1'],
  grounds: [{ sv: 'Säker kontaktväg maskeras.', en: 'Safe contact is masked.' }],
  fields: [
    {
      field: 'violence.codes',
      label: { sv: 'Slag av våld', en: 'Kinds of violence' },
      value: ['PHYSICAL', 'CONTROL'],
      maskedParts: [],
      source: 'police',
    },
    {
      field: 'victim.identity',
      label: { sv: 'Den våldsutsatta', en: 'Victim' },
      value: { name: 'Åsa' },
      maskedParts: ['residence'],
      source: 'register',
    },
  ],
  appeal: appealText({ authority: 'Socialnämnden Stockholm', kind: 'social-board', lastDay: null }),
};

async function pagesOf(extract: InsightExtract) {
  const said: { label: string; lines: readonly string[]; marks: readonly string[] }[] = [];
  for await (const { entries } of extractSections(extract)) {
    for await (const { label, lines, marks } of entries) said.push({ label, lines, marks });
  }
  return said;
}

it('shows on paper what the JSON shows, field by field, and nothing besides', async () => {
  const pages = await pagesOf(EXTRACT);
  expect(pages.map(({ label }) => label)).toEqual([
    'Lämnas ut delvis',
    'Slag av våld',
    'Den våldsutsatta',
    'Överklagandehänvisning',
  ]);
  for (const { label, field, value, maskedParts } of EXTRACT.fields) {
    const page = pages.find((one) => one.label === label.sv);
    expect(page?.lines).toEqual(valueInWords(field, value, 'sv'));
    expect(page?.marks.length).toBe(maskedParts.length > 0 ? 1 : 0);
  }
  // What is withheld is told as provisions: its name would tell that it is there.
  expect(JSON.stringify(pages)).not.toContain('Säker kontaktväg');
  expect(JSON.stringify(pages)).toContain('OSL 21:3; OSL 26:1');
});

it('is one decision and how to appeal where nothing is shown, and no decision page where all is', async () => {
  const refused = await pagesOf({
    ...EXTRACT,
    outcome: 'REFUSED',
    outcomeLabel: INSIGHT_OUTCOMES.REFUSED,
    fields: [],
  });
  expect(refused.map(({ label }) => label)).toEqual(['Lämnas inte ut', 'Överklagandehänvisning']);
  expect(refused[1]?.lines.join(' ')).toContain('tre veckor');
  const whole = await pagesOf({ ...EXTRACT, outcome: 'RELEASED', provisions: [], appeal: null });
  expect(whole.map(({ label }) => label)).toEqual(['Slag av våld', 'Den våldsutsatta']);
});
