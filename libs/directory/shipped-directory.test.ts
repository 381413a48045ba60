import { beforeAll, describe, expect, it } from '@jest/globals';
import { instantOf, localDateOf, localTimeOf } from '#calendar';
import type { DirectorySnapshot } from '#domain';
import {
  inboxOf,
  isInForce,
  programmesOf,
  staffedUnitAt,
  UNIT_KINDS,
  unitId,
  unitInForce,
  unitWithId,
} from '#domain';
import { formatRefusals, shippedDataFolder, snapshotFromFiles } from './index.js';

let directory: DirectorySnapshot;

beforeAll(async () => {
  const read = await snapshotFromFiles(await shippedDataFolder());
  if (!read.ok) throw new Error(formatRefusals(read.refusals, 'en'));
  directory = read.value;
});

const externalBecause = (code: string) =>
  directory.units
    .filter(({ external }) => external.some((reason) => reason.code === code))
    .map(({ id }) => id);

describe('the shipped directory', () => {
  it('has 117 stadsdelar, 26 municipalities, and 192 units with coordination beside them', () => {
    expect(directory.subdistricts).toHaveLength(117);
    expect(directory.municipalities).toHaveLength(26);
    expect(directory.units).toHaveLength(193);
    expect(unitWithId(directory, 'samordning-stockholm')?.party).toBe('coordination');
  });

  it('has 13 districts until 2023-06-30 and 11 after, as the two lists of the city', () => {
    const on = (year: number, month: number, day: number) =>
      directory.districts.filter((one) => isInForce(one, localDateOf(year, month, day)));
    expect(on(2023, 6, 30)).toHaveLength(13);
    expect(on(2023, 7, 1)).toHaveLength(11);
  });

  it('has 12 RVT before the merges of 2023 and 10 after', () => {
    const rvts = (year: number) =>
      directory.units.filter(
        ({ form, ...unit }) => form === 'rvt' && isInForce(unit, localDateOf(year, 10, 1)),
      );
    expect(rvts(2021)).toHaveLength(12);
    expect(rvts(2023)).toHaveLength(10);
  });

  it('loads a unit without known hours or fallback as external, 24 municipalities and 16 clinics among them', () => {
    const noFallback = externalBecause('FALLBACK_NOT_KNOWN');
    expect(noFallback.filter((id) => id.startsWith('socialtjanst-'))).toHaveLength(24);
    expect(noFallback.filter((id) => id.startsWith('vardcentral-'))).toHaveLength(16);
    expect(externalBecause('HOURS_NOT_KNOWN')).toContain('socialjour-nordost');
    expect(externalBecause('AREA_NOT_KNOWN')).toEqual(['socialjour-sodertorn']);
  });

  it('takes every other municipality as external, and says why in both languages', () => {
    const others = directory.units.filter(({ form }) => form === 'other-municipality');
    expect(others).toHaveLength(25);
    for (const { external } of others) {
      expect(external.map(({ code }) => code)).toContain('OTHER_MUNICIPALITY');
      for (const { text } of external)
        expect([text.sv, text.en].every((words) => words.length > 10)).toBe(true);
    }
  });

  it('has no external unit among the parties that run, but for what the directory lacks', () => {
    const running = ['police', 'socialjouren', 'rvt', 'bou', 'coordination'];
    const external = directory.units.filter(
      (unit) => running.includes(unit.party) && unit.external.length > 0,
    );
    expect(external.map(({ id }) => id).sort()).toEqual([
      'igor-sodermalm',
      'polisomrade-stockholm-city',
      'polisomrade-stockholm-nord',
      'polisomrade-stockholm-syd',
      'socialjour-nordost',
      'socialjour-nordvast',
      'socialjour-sodertorn',
      'socialjour-sydost',
      'socialjouren-sodertalje',
    ]);
  });

  it('gives every unit that can hold a matter somebody staffed, throughout a week with holidays', () => {
    const internal = directory.units.filter(
      ({ external, validTo }) => external.length === 0 && validTo === null,
    );
    expect(internal.length).toBeGreaterThan(40);
    for (let hour = 0; hour < 7 * 24; hour += 4) {
      const at = new Date(
        instantOf(localDateOf(2026, 12, 21), localTimeOf(0, 30)).getTime() + hour * 3_600_000,
      );
      for (const { id } of internal) expect(staffedUnitAt(directory, id, at)).toBeDefined();
    }
  });

  it('closes the offices on Midsummer’s Eve, and socialjouren answers for them', () => {
    const at = instantOf(localDateOf(2026, 6, 19), localTimeOf(10, 0));
    expect(staffedUnitAt(directory, unitId('bou-farsta'), at)?.unit.id).toBe('socialjouren-stockholm');
    const dayBefore = instantOf(localDateOf(2026, 6, 18), localTimeOf(10, 0));
    expect(staffedUnitAt(directory, unitId('bou-farsta'), dayBefore)?.unit.id).toBe('bou-farsta');
  });

  it('keeps the one inbox of Sydväst apart from its organisation, in both directions', () => {
    const rvt = unitId('rvt-sydvast');
    const rvc = unitId('rvc-sydvast');
    expect(unitWithId(directory, rvt)?.organisedIn).toBe(rvc);
    expect(inboxOf(directory, rvt)).toEqual([rvt, rvc]);
    expect(inboxOf(directory, rvc)).toEqual([rvc, rvt]);
    expect(inboxOf(directory, unitId('rvt-farsta'))).toEqual(['rvt-farsta']);
  });

  it('changes the authority of RVC Väst with the merge', () => {
    const authorityOn = (month: number, day: number) =>
      unitWithId(directory, 'rvc-vast')?.authorities.find((one) =>
        isInForce(one, localDateOf(2023, month, day)),
      )?.authority;
    expect(authorityOn(6, 30)).toBe('spanga-tensta-stadsdelsnamnd');
    expect(authorityOn(7, 1)).toBe('jarva-stadsdelsnamnd');
  });

  it('never takes two authorities that are not known for the same one', () => {
    const unknown = directory.authorities.filter(({ id }) => id.startsWith('okand-'));
    expect(unknown.map(({ id }) => id)).toContain('okand-socialjour-sydost');
    expect(new Set(unknown.map(({ id }) => id)).size).toBe(4);
  });

  it('names the successors of an ended unit instead of returning it', () => {
    const ended = unitInForce(directory, 'rvt-norrmalm', localDateOf(2023, 7, 1));
    expect(ended).toMatchObject({
      ok: false,
      refusal: { code: 'UNIT_NOT_IN_FORCE', candidates: ['rvt-norra-innerstaden'] },
    });
    expect(unitInForce(directory, 'rvt-norrmalm', localDateOf(2023, 6, 30)).ok).toBe(true);
    expect(unitInForce(directory, 'rvt-nowhere', localDateOf(2023, 6, 30))).toMatchObject({
      ok: false,
      refusal: { code: 'UNKNOWN_UNIT' },
    });
  });

  it('starts and ends a programme in each place by itself', () => {
    const codes = (unit: string, year: number, month: number) =>
      programmesOf(directory, unitId(unit), localDateOf(year, month, 1)).map(({ code }) => code);
    expect(codes('lpo-skarholmen', 2021, 3)).toEqual([]);
    expect(codes('lpo-skarholmen', 2021, 4)).toEqual(['islandsprojektet']);
    expect(codes('lpo-globen', 2021, 4)).toEqual([]);
    expect(codes('lpo-globen', 2026, 11)).toEqual(['islandsprojektet']);
    expect(codes('lpo-sodermalm', 2021, 4)).toEqual(['igor']);
    expect(codes('lpo-sodermalm', 2024, 1)).toEqual([]);
  });

  it('has a fictional number for every unit of a running party, marked as a placeholder', () => {
    // The districts' units of one kind may share a switchboard; units of two kinds never share a number.
    const formOf = new Map(directory.units.map(({ id, form }) => [id, form]));
    const forms = new Map<string, Set<string>>();
    for (const { value, unit } of directory.contactPoints)
      forms.set(value, (forms.get(value) ?? new Set()).add(formOf.get(unit) ?? ''));
    expect([...forms].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
    for (const point of directory.contactPoints) {
      expect(point).toMatchObject({ isPlaceholder: true, evidence: { tag: 'U' } });
      expect(point.value).toMatch(/^\+468465004\d\d$/);
    }
    const withNumber = new Set(directory.contactPoints.map(({ unit }) => unit));
    for (const { id, external } of directory.units)
      if (external.length === 0) expect(withNumber).toContain(id);
  });

  it('gives each unit a kind of its own party, as routes take for granted', () => {
    for (const { kind, party } of directory.units) expect(UNIT_KINDS[kind].party).toBe(party);
  });
});
