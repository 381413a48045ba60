import { expect, it } from '@jest/globals';
import {
  asDocumentSection,
  type CaseFileEntry,
  type CaseFileSection,
  keptFromLabel,
  sourceLabel,
} from './case-file.js';
import { CaseFileJson } from './case-file-json.js';

const ENTRIES: readonly CaseFileEntry[] = [
  {
    label: { sv: 'Slag av våld', en: 'Kinds of violence' },
    field: 'violence.codes',
    value: ['PHYSICAL'],
    source: sourceLabel('police'),
    at: '2026-06-05T21:30:00.000Z',
    about: [],
    keepFrom: [keptFromLabel('alleged-perpetrator', () => null)],
  },
  {
    label: { sv: 'Den våldsutsatta', en: 'Victim' },
    field: 'victim.identity',
    value: { name: 'Åsa Öberg', birthDate: '1990-02-03' },
    source: sourceLabel('register'),
    at: null,
    about: [{ sv: 'Våldsutsatt', en: 'Victim' }],
    keepFrom: [],
  },
];

async function* all<One>(items: readonly One[]): AsyncIterable<One> {
  yield* items;
}

it('says the same in the PDF and in the JSON, written while the pages are drawn', async () => {
  const chunks: Buffer[] = [];
  const json = new CaseFileJson(async (chunk) => void chunks.push(chunk));
  const section: CaseFileSection = {
    id: 'told',
    heading: { sv: 'Uppgifter', en: 'Information' },
    intro: null,
    entries: all(ENTRIES),
  };
  await json.begin(
    {
      title: 'Uttag',
      subtitle: 'x',
      facts: [['Enhet', 'Socialjouren']],
      notice: null,
      foot: 'x',
      language: 'sv',
      madeAt: new Date('2026-06-06T00:00:00Z'),
    },
    { exportId: 'e', matterId: 'm', unit: 'u' },
  );
  await json.section(section);
  const drawn = [];
  for await (const entry of asDocumentSection(section, 'sv', (one) => json.entry(one)).entries)
    drawn.push(entry);
  await json.endSection();
  await json.end();

  const written = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const [told] = written.sections;
  expect(told.entries.map(({ words }: { words: string[] }) => words)).toEqual(
    drawn.map(({ lines }) => lines),
  );
  expect(told.entries.map(({ value }: { value: unknown }) => value)).toEqual(
    ENTRIES.map(({ value }) => value),
  );
  expect(drawn).toEqual([
    {
      label: 'Slag av våld',
      lines: ['Fysiskt'],
      marks: ['Hemlig för: den misstänkte'],
      meta: ['Källa: polisen', '5 juni 2026 kl. 23.30'],
    },
    {
      label: 'Den våldsutsatta',
      lines: ['Namn: Åsa Öberg', 'Född: 3 februari 1990'],
      marks: [],
      meta: ['Källa: register', 'Gäller: Våldsutsatt'],
    },
  ]);
});
