import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { localDateOf } from '#calendar';
import {
  createTestDatabase,
  openDataSource,
  type Service,
  schemaDifference,
  type TestDatabase,
} from '#database';
import { explainPlace, unitWithId } from '#domain';
import {
  advanceRecordTime,
  DIRECTORY_SCHEMA,
  generatePersonas,
  loadDirectory,
  loadPersonas,
  readSnapshot,
  recordNow,
  setTimeMachine,
  shippedDataFolder,
  snapshotFromFiles,
} from './index.js';

let parent: string;
let database: TestDatabase;
let admin: DataSource;
const opened: DataSource[] = [];

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'handslag-load-'));
});
beforeEach(async () => {
  database = await createTestDatabase([DIRECTORY_SCHEMA]);
  admin = await open();
}, 60_000);
afterEach(async () => {
  for (const dataSource of opened.splice(0)) await dataSource.destroy();
  await database.drop();
});
afterAll(async () => {
  await rm(parent, { recursive: true });
});

async function open(service?: Service): Promise<DataSource> {
  const dataSource = await openDataSource({
    url: service === undefined ? database.adminUrl : database.urlFor(service),
    definition: DIRECTORY_SCHEMA,
    applicationName: 'directory test',
    poolSize: 2,
  });
  opened.push(dataSource);
  return dataSource;
}

async function copyOfData(): Promise<string> {
  const folder = await mkdtemp(join(parent, 'data-'));
  await cp(await shippedDataFolder(), folder, { recursive: true });
  return folder;
}

async function loaded(folder: string) {
  const result = await loadDirectory(admin, folder);
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.value;
}

describe('the schema of the directory', () => {
  it('is what the entities say', async () => {
    expect(await schemaDifference(database.adminUrl, DIRECTORY_SCHEMA)).toEqual([]);
  });

  it('is read by every service and written by none', async () => {
    await loaded(await shippedDataFolder());
    for (const service of ['police', 'coordination', 'courier'] as const) {
      const dataSource = await open(service);
      expect((await readSnapshot(dataSource)).units).toHaveLength(193);
      for (const sql of [
        `update directory.unit set external = ''`,
        `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en)
         values (gen_random_uuid(), 'p-x', 'rvt-farsta', 'unit-head', '', '')`,
        'delete from directory.load',
      ]) {
        await expect(dataSource.query(sql)).rejects.toThrow('permission denied');
      }
    }
  });

  it('refuses a role that is none, and a mandate at a unit that is none', async () => {
    await loaded(await shippedDataFolder());
    const insert = (unit: string, role: string) =>
      admin.query(
        `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en)
         values (gen_random_uuid(), 'p-x', $1, $2, '', '')`,
        [unit, role],
      );
    await expect(insert('rvt-farsta', 'superuser')).rejects.toThrow('mandate_role');
    await expect(insert('rvt-nowhere', 'unit-head')).rejects.toThrow('mandate_unit');
  });
});

describe('loading', () => {
  it('gives the same directory as the files do without a database', async () => {
    const folder = await shippedDataFolder();
    await loaded(folder);
    const files = await snapshotFromFiles(folder);
    const byKey = (snapshot: object) =>
      Object.fromEntries(
        Object.entries(snapshot).map(([key, value]: [string, unknown]) => [
          key,
          Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value,
        ]),
      );
    if (!files.ok) throw new Error('the shipped files are refused');
    expect(byKey(await readSnapshot(admin))).toEqual(byKey(files.value));
  });

  it('twice changes nothing and writes nothing', async () => {
    const folder = await shippedDataFolder();
    const first = await loaded(folder);
    const rowsOf = async () =>
      admin.query(
        'select xmin::text, id from directory.unit union all select xmin::text, file from directory.load order by 2',
      );
    const before: unknown = await rowsOf();
    expect(first).toMatchObject({ isNew: true, changed: 0, removed: 0 });
    expect(await loaded(folder)).toEqual({
      version: first.version,
      isNew: false,
      added: 0,
      changed: 0,
      removed: 0,
    });
    expect(await rowsOf()).toEqual(before);
  });

  it('twice at once loads once', async () => {
    const folder = await shippedDataFolder();
    const results = await Promise.all([loaded(folder), loaded(folder)]);
    expect(results.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  });

  it('of a changed file changes just its rows, and the snapshot is another one', async () => {
    const folder = await copyOfData();
    await loaded(folder);
    const before = await readSnapshot(admin);
    const units = await readFile(join(folder, 'units.csv'), 'utf8');
    await writeFile(
      join(folder, 'units.csv'),
      units.replace(/^(bops-stockholm,.*?,,Stockholms län),,,/m, '$1,,2027-01-31,'),
    );
    await appendFile(
      join(folder, 'programmes.csv'),
      'islandsprojektet,1,lpo-jarva,Islandsprojektet,The Iceland project,2027-01-01,,U,,test,\n',
    );
    const counts = await readFile(join(folder, 'expected_counts.csv'), 'utf8');
    expect(counts).toContain('units.csv,,,192');
    expect(await loaded(folder)).toMatchObject({ isNew: true, added: 1, changed: 1, removed: 0 });
    const after = await readSnapshot(admin);
    expect(after.version).not.toBe(before.version);
    expect(unitWithId(before, 'bops-stockholm')?.validTo).toBeNull();
    expect(unitWithId(after, 'bops-stockholm')?.validTo).toBe('2027-01-31');
    const jarva = explainPlace(after, 'Rinkeby', localDateOf(2027, 1, 1));
    expect(jarva.ok && jarva.value.programmes.map(({ code }) => code)).toEqual(['islandsprojektet']);
  });

  it('back to former files restores them', async () => {
    const folder = await copyOfData();
    const first = await loaded(folder);
    const programmes = await readFile(join(folder, 'programmes.csv'), 'utf8');
    await writeFile(join(folder, 'programmes.csv'), programmes.replace(/^igor,.*\n/m, ''));
    expect(await loaded(folder)).toMatchObject({ removed: 1 });
    await writeFile(join(folder, 'programmes.csv'), programmes);
    expect(await loaded(folder)).toMatchObject({ version: first.version, isNew: true, added: 1 });
    expect((await readSnapshot(admin)).programmes).toHaveLength(4);
  });

  it('of a malformed file writes nothing and names the line', async () => {
    const folder = await copyOfData();
    const { version } = await loaded(folder);
    const units = await readFile(join(folder, 'units.csv'), 'utf8');
    const changed = units
      .replace('Relationsvåldsteam Farsta', 'RVT Farsta')
      .replace(/^(rvt-bromma,.*),S,/m, '$1,maybe,');
    await writeFile(join(folder, 'units.csv'), changed);
    const result = await loadDirectory(admin, folder);
    expect(result).toMatchObject({
      ok: false,
      refusals: [{ code: 'ROW_MALFORMED', file: 'units.csv', line: 6 }],
    });
    const snapshot = await readSnapshot(admin);
    expect([snapshot.version, unitWithId(snapshot, 'rvt-farsta')?.name]).toEqual([
      version,
      'Relationsvåldsteam Farsta',
    ]);
  });

  it('refuses to forget a unit that was loaded: it is ended with a date', async () => {
    const folder = await copyOfData();
    await loaded(folder);
    const units = await readFile(join(folder, 'units.csv'), 'utf8');
    await writeFile(join(folder, 'units.csv'), units.replace(/^kvinnojour-ideell,.*\n/m, ''));
    const counts = await readFile(join(folder, 'expected_counts.csv'), 'utf8');
    const fewer = counts.replace(',,,192', ',,,191').replace(',177', ',176').replace(',165', ',164');
    await writeFile(join(folder, 'expected_counts.csv'), fewer);
    const result = await loadDirectory(admin, folder);
    expect(result).toMatchObject({ ok: false, refusals: [{ code: 'UNIT_REMOVED', file: 'units.csv' }] });
    expect(unitWithId(await readSnapshot(admin), 'kvinnojour-ideell')).toBeDefined();
  });

  it('records each file with its digest and its rows', async () => {
    await loaded(await shippedDataFolder());
    const rows: unknown = await admin.query(
      `select file, row_count, length(sha256) as digits from directory.load where file in ('units.csv', 'subdistricts.csv') order by 1`,
    );
    expect(rows).toEqual([
      { file: 'subdistricts.csv', row_count: 117, digits: 64 },
      { file: 'units.csv', row_count: 192, digits: 64 },
    ]);
  });
});

describe('the snapshot', () => {
  it('is read once per version by a process', async () => {
    await loaded(await shippedDataFolder());
    expect(await readSnapshot(admin)).toBe(await readSnapshot(admin));
  });

  it('of an empty directory is an error that says what to do', async () => {
    await expect(readSnapshot(admin)).rejects.toThrow('load it first');
  });
});

describe('mandates', () => {
  it('of the personas are the same after every start, and count on their days only', async () => {
    await loaded(await shippedDataFolder());
    const personas = generatePersonas(await readSnapshot(admin), localDateOf(2021, 10, 1));
    await loadPersonas(admin, personas);
    await loadPersonas(admin, personas);
    const count: unknown = await admin.query('select count(*)::int as count from directory.mandate');
    expect(count).toEqual([{ count: personas.length }]);
    const police = await open('police');
    const persona = personas.find(({ name }) => name === 'rvt-unit-head-norrmalm');
    const held = async (day: string): Promise<unknown> =>
      police.query(
        `select unit_id, role from directory.mandate
         where person_id = $1 and coalesce(valid_from, '-infinity') <= $2::date
           and coalesce(valid_until, 'infinity') >= $2::date`,
        [persona?.personId, day],
      );
    expect(await held('2023-06-30')).toEqual([{ unit_id: 'rvt-norrmalm', role: 'unit-head' }]);
    expect(await held('2023-07-01')).toEqual([]);
  });
});

describe('record time', () => {
  it('is wall time in whole milliseconds until someone moves it', async () => {
    const before = Date.now();
    const now = await recordNow(admin.manager);
    expect(Math.abs(now.getTime() - before)).toBeLessThan(5_000);
    expect(await admin.query('select offset_ms from directory.clock')).toEqual([{ offset_ms: '0' }]);
    const exact: unknown = await admin.query(
      `select extract(microseconds from directory.record_now())::int % 1000 as rest`,
    );
    expect(exact).toEqual([{ rest: 0 }]);
  });

  it('is moved by the courier in local mode only, and by no other service', async () => {
    const courier = await open('courier');
    const coordination = await open('coordination');
    await expect(advanceRecordTime(courier.manager, 1)).rejects.toThrow('permission denied');
    await setTimeMachine(admin, true);
    const before = await recordNow(coordination.manager);
    const after = await advanceRecordTime(courier.manager, 9 * 3_600_000);
    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(9 * 3_600_000);
    await expect(advanceRecordTime(coordination.manager, 1)).rejects.toThrow('permission denied');
    await setTimeMachine(admin, false);
    await expect(advanceRecordTime(courier.manager, 1)).rejects.toThrow('permission denied');
  });

  it('never goes back, not even for an administrator, and has one clock', async () => {
    await admin.query('update directory.clock set offset_ms = 1000');
    await expect(admin.query('update directory.clock set offset_ms = 999')).rejects.toThrow(
      'only moves forward',
    );
    await expect(admin.query('delete from directory.clock')).rejects.toThrow('only moves forward');
    await expect(admin.query('insert into directory.clock (id) values (2)')).rejects.toThrow('clock_is_one');
    await expect(advanceRecordTime(admin.manager, -1)).rejects.toThrow(RangeError);
  });
});
