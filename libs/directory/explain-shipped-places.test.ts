import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, type LocalDate, localDateOf, parseLocalDate } from '#calendar';
import {
  type DirectorySnapshot,
  explainPlace,
  isInForce,
  type Place,
  type PlaceExplanation,
  rvcsOfLocalPoliceArea,
  unitId,
} from '#domain';
import { formatRefusals, shippedDataFolder, snapshotFromFiles } from './index.js';

let directory: DirectorySnapshot;

beforeAll(async () => {
  const read = await snapshotFromFiles(await shippedDataFolder());
  if (!read.ok) throw new Error(formatRefusals(read.refusals, 'en'));
  directory = read.value;
});

function explained(place: string | Place, day: string): PlaceExplanation {
  const result = explainPlace(directory, place, dayOf(day));
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.text.en}`);
  return result.value;
}

function refusal(place: string | Place, day: string) {
  const result = explainPlace(directory, place, dayOf(day));
  return result.ok ? undefined : result.refusal;
}

function dayOf(text: string): LocalDate {
  const day = parseLocalDate(text);
  if (day === undefined) throw new Error(`no day: ${text}`);
  return day;
}

const ids = ({ district, rvt, bou, rvc, lpo }: PlaceExplanation) => [
  district,
  rvt?.id,
  bou?.id,
  rvc?.id,
  lpo?.id,
];
const codes = ({ because }: PlaceExplanation) => because.map(({ code }) => code);

const FIRST = localDateOf(2020, 7, 1);
const anyDay = fc
  .integer({ min: 0, max: daysBetween(FIRST, localDateOf(2027, 12, 31)) })
  .map((n) => addDays(FIRST, n));

describe('every stadsdel, on every day from 2020-07-01', () => {
  it('has exactly one district, RVT, BoU, RVC and LPO, all in force', () => {
    fc.assert(
      fc.property(fc.nat({ max: 116 }), anyDay, (index, day) => {
        const name = directory.subdistricts[index]?.name ?? '';
        const result = explainPlace(directory, { kind: 'subdistrict', name }, day);
        if (!result.ok) return false;
        const { district, rvt, bou, rvc, lpo } = result.value;
        const serving = (form: string) =>
          directory.units.filter(
            (unit) =>
              unit.form === form &&
              isInForce(unit, day) &&
              unit.areas.some((area) => area.kind === 'district' && area.district === district),
          );
        return (
          [rvt, bou, rvc, lpo].every((unit) => unit !== null && isInForce(unit, day)) &&
          ['rvt', 'bou', 'rvc'].every((form) => serving(form).length === 1)
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('explains each of the five with a source and a tag, in both languages', () => {
    for (const { name } of directory.subdistricts) {
      const found = explained({ kind: 'subdistrict', name }, '2026-11-22');
      expect(codes(found)).toEqual(expect.arrayContaining(['DISTRICT', 'RVT', 'BOU', 'RVC', 'LPO']));
      for (const { text, source } of found.because) {
        expect(text.sv).not.toBe(text.en);
        expect(source).not.toBe('');
      }
    }
  });
});

describe('Älvsjö on 2022-01-01', () => {
  it('belongs to Hägersten-Älvsjö, RVT and RVC Sydväst, and LPO Globen', () => {
    expect(ids(explained('Älvsjö', '2022-01-01'))).toEqual([
      'Hägersten-Älvsjö',
      'rvt-sydvast',
      'bou-hagersten-alvsjo',
      'rvc-sydvast',
      'lpo-globen',
    ]);
  });

  it('says that the RVT is organised in the RVC, and that police and social divisions do not meet', () => {
    expect(codes(explained('Älvsjö', '2022-01-01'))).toEqual(
      expect.arrayContaining(['ORGANISED_IN', 'SHARES_INBOX', 'DISTRICT_STRADDLES_LPO', 'LPO_STRADDLES_RVC']),
    );
  });
});

describe('divisions that do not meet', () => {
  it('puts LPO Globen in both RVC Sydost and RVC Sydväst', () => {
    const rvcs = rvcsOfLocalPoliceArea(directory, unitId('lpo-globen'), dayOf('2024-01-01'));
    expect(rvcs.map(({ id }) => id).sort()).toEqual(['rvc-sydost', 'rvc-sydvast']);
    expect(rvcsOfLocalPoliceArea(directory, unitId('lpo-farsta'), dayOf('2024-01-01'))).toHaveLength(1);
  });

  it('splits Hägersten-Älvsjö and Enskede-Årsta-Vantör between two LPOs, by the stadsdel', () => {
    expect(explained('Aspudden', '2024-01-01').lpo?.id).toBe('lpo-skarholmen');
    expect(explained('Solberga', '2024-01-01').lpo?.id).toBe('lpo-globen');
    expect(explained('Högdalen', '2024-01-01').lpo?.id).toBe('lpo-farsta');
    expect(explained('Stureby', '2024-01-01').lpo?.id).toBe('lpo-globen');
    expect(explained('Örby', '2024-01-01').lpo?.id).not.toBe(explained('Örby slott', '2024-01-01').lpo?.id);
  });

  it('leaves the LPO of a whole split district open and asks for the stadsdel', () => {
    const found = explained({ kind: 'district', name: 'Enskede-Årsta-Vantör' }, '2024-01-01');
    expect(found.lpo).toBeNull();
    expect(codes(found)).toContain('LPO_NEEDS_SUBDISTRICT');
    expect(explained({ kind: 'district', name: 'Farsta' }, '2024-01-01').lpo?.id).toBe('lpo-farsta');
  });
});

describe('changes over time', () => {
  it('moves Vasastaden from Norrmalm to Norra innerstaden on 2023-07-01, and its LPO on 2025-01-01', () => {
    const on = (day: string) => ids(explained('Vasastaden', day));
    expect(on('2023-06-30')).toEqual([
      'Norrmalm',
      'rvt-norrmalm',
      'bou-norrmalm',
      'rvc-innerstad',
      'lpo-norrmalm',
    ]);
    expect(on('2023-07-01').slice(0, 2)).toEqual(['Norra innerstaden', 'rvt-norra-innerstaden']);
    expect(on('2024-12-31').at(-1)).toBe('lpo-norrmalm');
    expect(on('2025-01-01').at(-1)).toBe('lpo-norra-innerstaden');
  });

  it('refuses a district that is not yet, or no longer, in force and names its relatives', () => {
    expect(refusal('Rinkeby-Kista', '2023-07-01')).toMatchObject({
      code: 'PLACE_NOT_IN_FORCE',
      candidates: ['Järva'],
    });
    expect(refusal({ kind: 'district', name: 'Järva' }, '2023-06-30')).toMatchObject({
      code: 'PLACE_NOT_IN_FORCE',
      candidates: ['Rinkeby-Kista', 'Spånga-Tensta'],
    });
  });

  it('refuses a day before the directory begins', () => {
    expect(refusal('Älvsjö', '2020-06-30')?.code).toBe('DAY_OUTSIDE_DIRECTORY');
  });
});

describe('names people write', () => {
  it.each([
    ['Gärdet', 'Ladugårdsgärdet'],
    ['Skarpnäck', 'Skarpnäcks gård'],
    ['Hammarby sjöstad', 'Södra Hammarbyhamnen'],
    ['Södra Djurgården', 'Djurgården'],
    ['Hjulsta', 'Tensta'],
    ['  ÄLVSJÖ ', 'Älvsjö'],
  ])('takes %s for the stadsdel %s', (written, subdistrict) => {
    expect(explained(written, '2024-01-01').place).toEqual({ kind: 'subdistrict', name: subdistrict });
  });

  it('says that a name was read as the stadsdel when a district has it too', () => {
    expect(codes(explained('Farsta', '2024-01-01'))).toContain('SHARED_NAME');
    expect(codes(explained('Norrmalm', '2024-01-01'))).not.toContain('SHARED_NAME');
  });

  it.each(['Enskede', 'Hägersten', 'Bandhagen', 'Bromma', 'Spånga'])(
    'refuses the postal town %s and lists what may be meant',
    (town) => {
      const refused = refusal(town, '2024-01-01');
      expect(refused?.code).toBe('AMBIGUOUS_PLACE');
      expect(refused?.candidates.length).toBeGreaterThan(4);
    },
  );

  it('takes the stadsdel Hägersten when it is named as one', () => {
    expect(explained('stadsdel:Hägersten', '2024-01-01').lpo?.id).toBe('lpo-skarholmen');
    expect(explained({ kind: 'subdistrict', name: 'Bandhagen' }, '2024-01-01').lpo?.id).toBe('lpo-farsta');
  });

  it('refuses the name of a police area that is no stadsdel', () => {
    const refused = refusal('Globen', '2024-01-01');
    expect(refused?.code).toBe('AMBIGUOUS_PLACE');
    expect(refused?.candidates).toContain('Johanneshov');
    expect(refused?.candidates).toHaveLength(23);
  });

  it('refuses a place nobody knows, with the nearest names', () => {
    expect(refusal('Alvsjo', '2024-01-01')).toMatchObject({ code: 'UNKNOWN_PLACE', candidates: ['Älvsjö'] });
    expect(refusal('Atlantis', '2024-01-01')).toMatchObject({ code: 'UNKNOWN_PLACE', candidates: [] });
    expect(refusal('', '2024-01-01')?.code).toBe('UNKNOWN_PLACE');
    expect(refusal('Stockholm', '2024-01-01')?.code).toBe('SUBDISTRICT_NEEDED');
  });
});

describe('straddled places', () => {
  it.each(['Svedmyra', 'Årsta', 'Björkhagen', 'Hammarbyhöjden'])('asks for the street in %s', (name) => {
    const found = explained(name, '2026-01-01');
    expect(found.mustAskForStreet).toBe(true);
    expect(codes(found)).toContain('ASK_FOR_STREET');
  });

  it('asks for the street in Östermalm only while the border ran through it', () => {
    expect(explained('Östermalm', '2023-06-30').mustAskForStreet).toBe(true);
    expect(explained('Östermalm', '2023-07-01').mustAskForStreet).toBe(false);
  });

  it('refuses Årstaberg, which has no main part', () => {
    expect(refusal('Årstaberg', '2026-01-01')).toMatchObject({
      code: 'AMBIGUOUS_PLACE',
      candidates: ['Årsta', 'Liljeholmen'],
    });
  });
});

describe('another municipality', () => {
  it('has its own social service, outside Handslag, and its LPO', () => {
    const found = explained('Lidingö', '2024-12-31');
    expect([found.district, found.rvt, found.bou, found.rvc]).toEqual([null, null, null, null]);
    expect(found.otherMunicipality?.external.map(({ code }) => code)).toContain('OTHER_MUNICIPALITY');
    expect([found.lpo?.id, found.jour?.id]).toEqual(['lpo-norrmalm', 'socialjour-nordost']);
    expect(explained('Lidingö', '2025-01-01').lpo?.id).toBe('lpo-lidingo-kungsholmen');
  });

  it('is found by its code, and says when no jour is confirmed', () => {
    const found = explained('0184', '2026-01-01');
    expect(found.otherMunicipality?.id).toBe('socialtjanst-solna');
    expect(found.jour).toBeNull();
    expect(codes(found)).toContain('JOUR_NOT_KNOWN');
  });

  it('is always external and always has one LPO', () => {
    for (const { name } of directory.municipalities.filter((one) => one.name !== 'Stockholm')) {
      const found = explained({ kind: 'municipality', name }, '2026-01-01');
      expect(found.otherMunicipality?.external).not.toEqual([]);
      expect(found.lpo).not.toBeNull();
    }
  });
});
