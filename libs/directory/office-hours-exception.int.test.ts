import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantOf, type LocalDate, localDateOf, localTimeOf } from '#calendar';
import { hoursOf, isStaffed, unitId } from '#domain';
import { formatRefusals, shippedDataFolder, snapshotFromFiles } from './index.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handslag-exceptions-'));
  await cp(await shippedDataFolder(), folder, { recursive: true });
});
afterAll(async () => rm(folder, { recursive: true }));

async function snapshotOf(dataFolder: string) {
  const read = await snapshotFromFiles(dataFolder);
  if (!read.ok) throw new Error(formatRefusals(read.refusals, 'en'));
  return read.value;
}

const FARSTA = unitId('bou-farsta');
const at = (day: LocalDate, hour: number) => instantOf(day, localTimeOf(hour, 0));

describe('a day on which a unit keeps other hours', () => {
  it('changes that unit on that day, and the version of its hours', async () => {
    const [closed, late] = [localDateOf(2026, 11, 24), localDateOf(2026, 11, 25)];
    await appendFile(
      join(folder, 'office_hours_exceptions.csv'),
      'bou-farsta,2026-11-24,,,U,test,planning day\nbou-farsta,2026-11-25,12:00,20:00,U,test,open late\n',
    );
    const [before, after] = [await snapshotOf(await shippedDataFolder()), await snapshotOf(folder)];
    expect(isStaffed(before, FARSTA, at(closed, 10))).toBe(true);
    expect(isStaffed(after, FARSTA, at(closed, 10))).toBe(false);
    expect(isStaffed(after, unitId('bou-bromma'), at(closed, 10))).toBe(true);
    expect([10, 19].map((hour) => isStaffed(after, FARSTA, at(late, hour)))).toEqual([false, true]);
    const version = (of: typeof before, unit: string) => hoursOf(of, unitId(unit))?.hours.version;
    expect(version(after, 'bou-farsta')).not.toBe(version(before, 'bou-farsta'));
    expect(version(after, 'bou-bromma')).toBe(version(before, 'bou-bromma'));
  });
});
