import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type FileRefusalCode, formatRefusals, shippedDataFolder, snapshotFromFiles } from './index.js';

let shipped: string;
let parent: string;
let folder: string;

beforeAll(async () => {
  shipped = await shippedDataFolder();
  parent = await mkdtemp(join(tmpdir(), 'handslag-directory-'));
});
beforeEach(async () => {
  folder = await mkdtemp(join(parent, 'data-'));
  await cp(shipped, folder, { recursive: true });
});
afterAll(async () => rm(parent, { recursive: true }));

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await readFile(join(folder, file), 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not hold ${String(from)}: the test changes nothing`);
  await writeFile(join(folder, file), after);
}

async function refusals() {
  const read = await snapshotFromFiles(folder);
  return read.ok ? [] : read.refusals;
}

async function lineOf(file: string, text: string): Promise<number> {
  const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
  return lines.findIndex((line) => line.startsWith(text)) + 1;
}

describe('files that are refused whole', () => {
  it('are none as shipped', async () => {
    expect(await refusals()).toEqual([]);
  });

  it.each<[string, FileRefusalCode, string, string, string | RegExp, string]>([
    ['a stadsdel twice', 'DUPLICATE', 'subdistricts.csv', 'Alvik,', /^Akalla,/m, 'Alvik,'],
    [
      'a stadsdel without a district',
      'ROW_MALFORMED',
      'subdistricts.csv',
      'Alvik,',
      'Alvik,Bromma,Bromma',
      'Alvik,Bromma,',
    ],
    [
      'an unknown district',
      'UNKNOWN_NAME',
      'subdistricts.csv',
      'Alvik,',
      'Alvik,Bromma,Bromma',
      'Alvik,Brommma,Bromma',
    ],
    [
      'an unknown LPO',
      'UNKNOWN_NAME',
      'subdistricts.csv',
      'Alvik,',
      /^(Alvik,.*)\.\.=Vällingby/m,
      '$1..=Bromma',
    ],
    [
      'an LPO gap',
      'NOT_EXACTLY_ONE',
      'subdistricts.csv',
      'Norrmalm,',
      /^(Norrmalm,.*); 2025-01-01/m,
      '$1; 2025-01-02',
    ],
    [
      'an LPO that is not the last of its history',
      'CATCHMENT_BROKEN',
      'subdistricts.csv',
      'Alvik,',
      'Alvik,Bromma,Bromma,Vällingby',
      'Alvik,Bromma,Bromma,Järva',
    ],
    ['an unknown tag', 'ROW_MALFORMED', 'units.csv', 'bou-bromma,', /^(bou-bromma,.*),S,/m, '$1,X,'],
    ['a unit id twice', 'DUPLICATE', 'units.csv', 'bou-bromma,', /^bou-farsta,/m, 'bou-bromma,'],
    [
      'a unit id that is not kebab-case ascii',
      'ROW_MALFORMED',
      'units.csv',
      'bou-Bromma,',
      /^bou-bromma,/m,
      'bou-Bromma,',
    ],
    ['a unit of no known form', 'UNKNOWN_NAME', 'units.csv', 'bux-bromma,', /^bou-bromma,/m, 'bux-bromma,'],
    [
      'an area that does not exist',
      'UNKNOWN_NAME',
      'units.csv',
      'bou-bromma,',
      'nämnd,,Bromma,,,S,"domain.md A1 P06',
      'nämnd,,Brumma,,,S,"domain.md A1 P06',
    ],
    [
      'an organised_in that does not exist',
      'UNKNOWN_NAME',
      'units.csv',
      'rvt-sydvast,',
      'nämnd,rvc-sydvast,',
      'nämnd,rvc-sydväst,',
    ],
    [
      'a successor that does not exist',
      'UNKNOWN_NAME',
      'successors.csv',
      'rvt-norrmalm,',
      'rvt-norrmalm,rvt-norra-innerstaden',
      'rvt-norrmalm,rvt-norra',
    ],
    [
      'a fallback that does not exist',
      'HOURS_WRONG',
      'office_hours.csv',
      'frivarden,',
      /^(frivarden,partner,,MON-FRI,08:00,16:00,all,assumed),,/m,
      '$1,socialjouren,',
    ],
    [
      'days that are none',
      'HOURS_WRONG',
      'office_hours.csv',
      'frivarden,',
      'frivarden,partner,,MON-FRI',
      'frivarden,partner,,MON-FRY',
    ],
    [
      'a time that no clock shows',
      'ROW_MALFORMED',
      'office_hours.csv',
      'frivarden,',
      'frivarden,partner,,MON-FRI,08:00',
      'frivarden,partner,,MON-FRI,25:00',
    ],
    [
      'a unit that outlives its district',
      'UNIT_OUTLIVES_DISTRICT',
      'units.csv',
      'vardcentral-norrmalm,',
      /^(vardcentral-norrmalm,.*),2023-06-30,U/m,
      '$1,,U',
    ],
    [
      'a day that does not exist',
      'ROW_MALFORMED',
      'units.csv',
      'rvt-norrmalm,',
      /^(rvt-norrmalm,.*),2023-06-30,/m,
      '$1,2023-06-31,',
    ],
    [
      'a telephone number outside source',
      'CONTACT_DATA_OUTSIDE_SOURCE',
      'units.csv',
      'manscentrum,',
      'foundation;',
      'foundation; 08-465 004 00;',
    ],
    [
      'an e-mail outside source',
      'CONTACT_DATA_OUTSIDE_SOURCE',
      'units.csv',
      'manscentrum,',
      'foundation;',
      'foundation; a@example.org;',
    ],
    [
      'a street address outside source',
      'CONTACT_DATA_OUTSIDE_SOURCE',
      'units.csv',
      'manscentrum,',
      'foundation;',
      'foundation; Storgatan 12;',
    ],
    [
      'an alias of no stadsdel',
      'UNKNOWN_NAME',
      'aliases.csv',
      'Gärdet,',
      'Gärdet,Ladugårdsgärdet',
      'Gärdet,Gärdet',
    ],
    [
      'a programme of no unit',
      'UNKNOWN_NAME',
      'programmes.csv',
      'islandsprojektet,1,lpo-globe,',
      'lpo-globen',
      'lpo-globe',
    ],
  ])('for %s: %s in %s', async (_, code, file, row, from, to) => {
    await change(file, from, to);
    const found = await refusals();
    const line = await lineOf(file, row);
    const named = found
      .filter((refusal) => refusal.code === code && refusal.file === file)
      .map((one) => one.line);
    // A doubled row is named where it is met the second time.
    expect(named.some((at) => at === line || (code === 'DUPLICATE' && (at ?? 0) > line))).toBe(true);
  });

  it.each([
    ['rvc', /^(rvc-sydost,.*)\|Skarpnäck,/m, '$1,'],
    ['bou', /^(bou-norrmalm,.*),2023-06-30,/m, '$1,2023-06-29,'],
    ['family-law', /^(familjeratt-jarva,.*),2023-07-01,/m, '$1,2023-07-02,'],
    ['financial-assistance', /^(forsorjningsstod-farsta,.*),Farsta,,/m, '$1,Farsta|Skarpnäck,,'],
  ])('for a day on which a district has not exactly one %s', async (form, from, to) => {
    await change('units.csv', from, to);
    const found = await refusals();
    expect(
      found.filter(({ code, text }) => code === 'NOT_EXACTLY_ONE' && text.en.includes(form)),
    ).not.toEqual([]);
  });

  it('for a count other than the stated one, such as a lost stadsdel', async () => {
    await change('subdistricts.csv', /^Alvik,.*\n/m, '');
    await change('postal_towns.csv', 'Alvik|', '');
    const lines = (await refusals())
      .filter(({ code }) => code === 'COUNT_DIFFERS')
      .map(({ text }) => text.en);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('subdistricts: 116, expected 117');
  });

  it('for a header that is not the known one, a broken quote and a missing file, all named at once', async () => {
    await change('units.csv', 'unit_id,name_sv', 'unit_id,name');
    await change('office_hours.csv', '"Rinkeby\'s', 'x"Rinkeby\'s');
    await rm(join(folder, 'parties.csv'));
    const found = (await refusals()).map(({ code, file, line }) => `${file} ${line} ${code}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'parties.csv null FILE_MISSING',
        'units.csv 1 HEADER_WRONG',
        'office_hours.csv 2 ROW_MALFORMED',
      ]),
    );
  });

  it('with what to do, in both languages', async () => {
    await change('units.csv', /^(rvt-norrmalm,.*),2023-06-30,/m, '$1,2023-06-31,');
    const found = await refusals();
    const line = await lineOf('units.csv', 'rvt-norrmalm,');
    expect(formatRefusals(found, 'sv')).toBe(
      `units.csv:${line} ROW_MALFORMED valid_to ska vara en dag ÅÅÅÅ-MM-DD.`,
    );
    expect(formatRefusals(found, 'en')).toContain('valid_to must be a day YYYY-MM-DD');
  });
});
