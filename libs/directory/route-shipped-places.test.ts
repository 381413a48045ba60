import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, localDateOf, localTimeOf } from '#calendar';
import { type DirectorySnapshot, isInForce, type Residence, type RouteQuestion, routeFor } from '#domain';
import { formatRefusals, shippedDataFolder, snapshotFromFiles } from './index.js';

let directory: DirectorySnapshot;

beforeAll(async () => {
  const read = await snapshotFromFiles(await shippedDataFolder());
  if (!read.ok) throw new Error(formatRefusals(read.refusals, 'en'));
  directory = read.value;
});

// Trettondagsafton, a working day, and the night into Epiphany, a public holiday (the story's night).
const OFFICE = instantOf(localDateOf(2026, 1, 5), localTimeOf(10, 0));
const NIGHT = instantOf(localDateOf(2026, 1, 6), localTimeOf(2, 40));

const livingIn = (place: string): Residence => ({ protection: 'none', place });

function route(question: RouteQuestion, at: Date) {
  const result = routeFor(directory, question, at);
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.text.en}`);
  return result.value;
}

function refusalOf(question: RouteQuestion, at: Date) {
  const result = routeFor(directory, question, at);
  return result.ok ? undefined : result.refusal;
}

describe('the acute case of the story', () => {
  const child: RouteQuestion = {
    kind: 'child-protection',
    residence: livingIn('Skarpnäck'),
    timing: 'acute',
  };

  it('goes to socialjouren at night, and names the ordinary unit it is handed over to', () => {
    const answer = route(child, NIGHT);
    expect([answer.unit.id, answer.ordinaryUnit.id]).toEqual(['socialjouren-stockholm', 'bou-skarpnack']);
    expect(answer.isStaffedNow).toBe(true);
    expect(answer.because.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['CLOSED_NOW', 'OUT_OF_HOURS']),
    );
  });

  it('goes to the ordinary unit in office hours', () => {
    expect(route(child, OFFICE).unit.id).toBe('bou-skarpnack');
  });

  it('goes to the ordinary unit in the morning handover, whatever the hour', () => {
    const answer = route({ ...child, timing: 'ordinary' }, NIGHT);
    expect([answer.unit.id, answer.isStaffedNow]).toEqual(['bou-skarpnack', false]);
    expect(answer.ringMeanwhile?.id).toBe('socialjouren-stockholm');
  });

  it('routes victim, child and alleged perpetrator each by their own home, and the incident by its address', () => {
    const victim = route({ kind: 'adult-safety', residence: livingIn('Älvsjö'), timing: 'ordinary' }, OFFICE);
    const support = route({ kind: 'adult-support', residence: livingIn('Älvsjö') }, OFFICE);
    const his = (receiver: 'rvt' | 'rvc') =>
      route({ kind: 'perpetrator-change', residence: livingIn('Farsta'), receiver }, OFFICE).unit.id;
    expect(victim.unit.id).toBe('rvt-sydvast');
    expect(support.unit.id).toBe('rvc-sydvast');
    expect([his('rvt'), his('rvc')]).toEqual(['rvt-farsta', 'rvc-sydost']);
    expect(route({ kind: 'incident', place: 'Älvsjö' }, NIGHT).unit.id).toBe('lpo-globen');
  });

  it('explains each step, whose home first', () => {
    const { because } = route(child, NIGHT);
    expect(because[0]?.code).toBe('WHOSE_RESIDENCE');
    for (const { text, source, tag } of because) expect([text.sv, text.en, source, tag]).not.toContain('');
  });
});

describe('a protected address', () => {
  const protectedHome = (assertedDistrict: string | null): RouteQuestion => ({
    kind: 'adult-safety',
    residence: { protection: 'protected', assertedDistrict },
    timing: 'ordinary',
  });

  it('is resolved by the asserted district', () => {
    const answer = route(protectedHome('Farsta'), OFFICE);
    expect(answer.unit.id).toBe('rvt-farsta');
    expect(answer.place.place).toEqual({ kind: 'district', name: 'Farsta' });
    expect(answer.because.map(({ code }) => code)).toContain('ASSERTED_DISTRICT');
  });

  it('may be asserted in another municipality', () => {
    expect(route(protectedHome('Nacka'), OFFICE).unit.id).toBe('socialtjanst-nacka');
  });

  it('is refused without an assertion, and for anything finer than a district', () => {
    for (const asserted of [null, '', 'Älvsjö', 'Stureby', 'Norrmalm']) {
      const refused = refusalOf(protectedHome(asserted), OFFICE);
      expect(refused?.code).toBe('DISTRICT_NOT_ASSERTED');
      expect(refused?.candidates).toHaveLength(11);
    }
  });
});

describe('another municipality', () => {
  const child = (place: string): RouteQuestion => ({
    kind: 'child-protection',
    residence: livingIn(place),
    timing: 'acute',
  });

  it('answers in office hours by its own social service, which is external', () => {
    const answer = route(child('Nacka'), OFFICE);
    expect(answer.unit.id).toBe('socialtjanst-nacka');
    expect(answer.unit.external).not.toEqual([]);
  });

  it('answers at night by its jour where one is known, else by its own service with no one to name', () => {
    expect(route(child('Nacka'), NIGHT).unit.id).toBe('socialjour-sydost');
    const unknown = route(child('Solna'), NIGHT);
    expect([unknown.unit.id, unknown.isStaffedNow]).toEqual(['socialtjanst-solna', false]);
    expect(unknown.because.map(({ code }) => code)).toContain('JOUR_NOT_KNOWN');
  });

  it('says whom to ring when the jour too has closed', () => {
    const answer = route(child('Södertälje'), NIGHT);
    expect([answer.unit.id, answer.isStaffedNow]).toEqual(['socialjouren-sodertalje', false]);
    expect(answer.ringMeanwhile?.id).toBe('regionledningscentral-stockholm');
  });
});

describe('any question', () => {
  it('asks for the stadsdel where several police areas share the district', () => {
    const refused = refusalOf(
      { kind: 'incident', place: { kind: 'district', name: 'Hägersten-Älvsjö' } },
      NIGHT,
    );
    expect(refused?.code).toBe('SUBDISTRICT_NEEDED');
  });

  it('passes on why a place was refused', () => {
    expect(refusalOf({ kind: 'adult-support', residence: livingIn('Enskede') }, OFFICE)?.code).toBe(
      'AMBIGUOUS_PLACE',
    );
  });

  it('never answers with a unit that is not in force, at any instant from 2020-07-01', () => {
    const from = instantOf(localDateOf(2020, 7, 1), localTimeOf(0, 0)).getTime();
    const until = instantOf(localDateOf(2027, 12, 31), localTimeOf(23, 59)).getTime();
    fc.assert(
      fc.property(
        fc.nat({ max: 116 }),
        fc.integer({ min: from, max: until }),
        fc.constantFrom('adult-safety' as const, 'child-protection' as const),
        fc.constantFrom('acute' as const, 'ordinary' as const),
        (index, instant, kind, timing) => {
          const name = directory.subdistricts[index]?.name ?? '';
          const residence: Residence = { protection: 'none', place: { kind: 'subdistrict', name } };
          const { unit, ordinaryUnit, place, isStaffedNow, ringMeanwhile } = route(
            { kind, residence, timing },
            new Date(instant),
          );
          const isAnswered = isStaffedNow === true || ringMeanwhile !== null;
          return isInForce(unit, place.date) && isInForce(ordinaryUnit, place.date) && isAnswered;
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a referral to care', () => {
  const careOf = (place: string, isChild: boolean) =>
    route({ kind: 'mental-health', residence: livingIn(place), isChild }, OFFICE).unit.id;

  it('goes by age and residence: BUP for a child, adult psychiatry for an adult, elsewhere of the municipality (REC-5)', () => {
    expect([careOf('Skarpnäck', true), careOf('Skarpnäck', false)]).toEqual([
      'bup-oppenvard-soderort',
      'psykiatri-sodra-stockholm',
    ]);
    expect([careOf('Abrahamsberg', true), careOf('Norrtälje', true)]).toEqual([
      'bup-oppenvard-vasterort',
      'bup-norrtalje',
    ]);
  });

  it('finds one clinic for each and every district of the city, or says that there is none', () => {
    for (const { name } of directory.districts.filter((one) => isInForce(one, localDateOf(2026, 1, 5))))
      for (const isChild of [true, false])
        expect(
          route(
            {
              kind: 'mental-health',
              residence: { protection: 'protected', assertedDistrict: name },
              isChild,
            },
            OFFICE,
          ).unit.kind,
        ).toBe('region');
  });
});

describe('what a partner is to the routes', () => {
  const kinds = (prefix: string) =>
    new Set(directory.units.filter(({ id }) => id.startsWith(prefix)).map(({ kind }) => kind));

  it('follows from whose it is and whether it can be called at every hour (ADR 0023)', () => {
    expect([...kinds('familjeratt-')]).toEqual(['district-service']);
    expect([...kinds('ungdomsmottagning-')]).toEqual(['youth-clinic']);
    expect([...kinds('skyddat-boende-')]).toEqual(['partner']);
    expect([...kinds('kvinnojour-'), ...kinds('manscentrum')]).toEqual([
      'outside-partner',
      'outside-partner',
    ]);
    expect([...kinds('vardcentral-')]).toEqual(['outside-care']);
    expect([...kinds('socialtjanst-')]).toEqual(['other-municipality']);
  });
});
