import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, localDateOf, parseLocalDate } from '#calendar';
import { arisesOn, decideRetention, finishBy, type RetentionVerdict, ruleOf } from './decide-retention.js';
import { isSampleDay, sampleDayOf, sampleSchemeOf } from './research-sample.js';
import type { RetentionExemptionId, RetentionMarkCode } from './retention-exemptions.js';
import { RETENTION_EXEMPTIONS } from './retention-exemptions.js';
import type { RetentionFile } from './retention-file.js';
import { RETENTION_RULES } from './retention-rules.js';

const day = (text: string): LocalDate => {
  const date = parseLocalDate(text);
  if (date === undefined) throw new Error(`${text} is no day`);
  return date;
};
const aFile = (some: Partial<RetentionFile> = {}): RetentionFile => ({
  regime: 'social-services',
  isReportWithoutInvestigation: false,
  lastEntryOn: day('2026-06-10'),
  endedOn: day('2026-06-10'),
  sampleDay: 'no',
  isPlacedChild: false,
  marks: [],
  ...some,
});
const marked = (code: RetentionMarkCode, until: LocalDate | null = null) => [{ code, until }];
const STATED = { years: 3, ground: 'beslut' };
const decide = (file: RetentionFile, on: string, others: RetentionFile[] = []): RetentionVerdict =>
  decideRetention({ file, others, on: day(on), stated: null });
const exemptionsOf = (verdict: RetentionVerdict) =>
  verdict.verdict === 'exempt' ? verdict.exemptions : verdict.verdict;

describe('when the time of a file has run', () => {
  it.each([
    ['five years after the last entry', '2026-06-10', '2026-06-10', '2031-06-10'],
    ['counted from the end, where that is later', '2026-06-10', '2026-09-01', '2031-09-01'],
    ['counted from the last entry, where that is later', '2026-09-02', '2026-09-01', '2031-09-02'],
    ['29 February becomes 28 February in a year without one', '2024-02-29', '2024-02-29', '2029-02-28'],
    ['the day before a leap day stays', '2023-02-28', '2023-02-28', '2028-02-28'],
    ['the last day of a year', '2026-12-31', '2026-12-31', '2031-12-31'],
  ])('%s', (_, lastEntryOn, endedOn, arises) => {
    expect(arisesOn(aFile({ lastEntryOn: day(lastEntryOn), endedOn: day(endedOn) }), null)).toBe(arises);
  });

  it.each([
    ['a health record after ten years', { regime: 'health-care' } as const, '2036-06-10'],
    ['a report that led nowhere after five', { isReportWithoutInvestigation: true }, '2031-06-10'],
    ['while it lasts, never', { endedOn: null }, null],
    ["the police's never, until they state a period", { regime: 'police' } as const, null],
  ])('%s', (_, some, arises) => {
    expect(arisesOn(aFile(some), null)).toBe(arises);
  });

  it("is the police's own period once stated, and nobody else's", () => {
    expect(arisesOn(aFile({ regime: 'police' }), STATED)).toBe('2029-06-10');
    expect(arisesOn(aFile(), STATED)).toBe('2031-06-10');
    expect(arisesOn(aFile({ regime: 'health-care' }), STATED)).toBe('2036-06-10');
  });

  it.each([
    ['2031-01-01', '2032-12-31'],
    ['2031-12-31', '2032-12-31'],
    ['2032-02-29', '2033-12-31'],
  ])('a duty of %s is to be finished by %s', (arises, by) => {
    expect(finishBy(day(arises))).toBe(by);
  });
});

describe('whether a file goes', () => {
  it.each([
    ['2031-06-09', 'not-yet'],
    ['2031-06-10', 'not-yet'],
    ['2031-06-11', 'goes'],
  ])('asked as of %s: %s', (on, verdict) => {
    expect(decide(aFile(), on).verdict).toBe(verdict);
  });

  it('says when it arose, by when it must be done and why, each with source and status', () => {
    const verdict = decide(aFile(), '2033-01-01');
    expect(verdict).toMatchObject({ verdict: 'goes', arisesOn: '2031-06-10', finishBy: '2032-12-31' });
    const because = verdict.verdict === 'goes' ? verdict.because : [];
    expect(because.map(({ code, status }) => [code, status])).toEqual([
      ['personal-file', 'C'],
      ['COUNTED', 'C'],
      ['FINISHED_BY', 'C'],
    ]);
    for (const { text, source } of because) {
      expect([text.sv, text.en, source.sv, source.en].every((words) => words.length > 5)).toBe(true);
    }
  });

  it('has no last day for a health record: the law says how long it must be kept', () => {
    expect(decide(aFile({ regime: 'health-care' }), '2040-01-01')).toMatchObject({
      verdict: 'goes',
      finishBy: null,
    });
  });

  it("shows the authority's own ground, as unconfirmed, where it stated the period", () => {
    const verdict = decideRetention({
      file: aFile({ regime: 'police' }),
      others: [],
      on: day('2030-01-01'),
      stated: STATED,
    });
    expect(verdict.verdict === 'goes' && verdict.because[0]).toMatchObject({
      code: 'police-record',
      source: { sv: 'beslut', en: 'beslut' },
      status: 'U',
    });
  });

  it.each<[string, Partial<RetentionFile>, RetentionExemptionId[]]>([
    ['the research sample', { sampleDay: 'yes' }, ['research-sample']],
    ['an unknown day of birth', { sampleDay: 'unknown' }, ['birth-day-unknown']],
    ['paternity', { marks: marked('PATERNITY') }, ['paternity']],
    ['adoption', { marks: marked('ADOPTION') }, ['adoption']],
    ['a placed child', { isPlacedChild: true }, ['placed-child']],
    ['a placement that was noted', { marks: marked('PLACED_CHILD') }, ['placed-child']],
    [
      'an agreement in force',
      { marks: marked('CUSTODY_AGREEMENT', day('2033-01-01')) },
      ['custody-agreement'],
    ],
    [
      'a noted sample day',
      { sampleDay: 'unknown', marks: marked('BORN_ON_SAMPLE_DAY') },
      ['research-sample'],
    ],
    [
      'a noted sample day against a written date',
      { sampleDay: 'no', marks: marked('BORN_ON_SAMPLE_DAY') },
      ['research-sample'],
    ],
  ])('is kept by %s', (_, some, exemptions) => {
    expect(exemptionsOf(decide(aFile(some), '2033-01-01'))).toEqual(exemptions);
  });

  it.each<[string, Partial<RetentionFile>]>([
    ['an agreement whose child is 18', { marks: marked('CUSTODY_AGREEMENT', day('2032-12-31')) }],
    [
      'a day of birth noted as no sample day',
      { sampleDay: 'unknown', marks: marked('NOT_BORN_ON_SAMPLE_DAY') },
    ],
  ])('is not kept by %s', (_, some) => {
    expect(decide(aFile(some), '2033-01-01').verdict).toBe('goes');
  });

  it('is kept by a younger or a lasting file on the same person, and not by one as old', () => {
    const young = aFile({ lastEntryOn: day('2031-01-01'), endedOn: day('2031-01-01') });
    expect(exemptionsOf(decide(aFile(), '2033-01-01', [young]))).toEqual(['current-in-register']);
    expect(exemptionsOf(decide(aFile(), '2033-01-01', [aFile({ endedOn: null })]))).toEqual([
      'current-in-register',
    ]);
    expect(decide(aFile(), '2033-01-01', [aFile()]).verdict).toBe('goes');
  });

  it('takes what another file knows of the day of birth', () => {
    expect(exemptionsOf(decide(aFile(), '2033-01-01', [aFile({ sampleDay: 'yes' })]))).toEqual([
      'research-sample',
    ]);
    expect(decide(aFile({ sampleDay: 'unknown' }), '2033-01-01', [aFile()]).verdict).toBe('goes');
  });

  it("knows no sample and no placement in the police's and the health care's law", () => {
    const file = aFile({ regime: 'health-care', sampleDay: 'yes', isPlacedChild: true });
    expect(decide(file, '2040-01-01').verdict).toBe('goes');
    expect(exemptionsOf(decide(file, '2040-01-01', [aFile({ ...file, endedOn: null })]))).toEqual([
      'current-in-register',
    ]);
  });
});

describe('the research sample', () => {
  it('is whoever was born on the 5th, 15th or 25th of any month', () => {
    const sampled = Array.from({ length: 366 }, (_, index) => addDays(localDateOf(2024, 1, 1), index)).filter(
      isSampleDay,
    );
    expect(sampled).toHaveLength(36);
    expect(new Set(sampled.map((one) => one.slice(8)))).toEqual(new Set(['05', '15', '25']));
  });

  it.each([
    ['1990-03-15', 'yes'],
    ['1990-03-16', 'no'],
    ['unknown', 'unknown'],
    ['1990-02-30', 'unknown'],
    [undefined, 'unknown'],
    [15, 'unknown'],
  ])('reads %s as %s', (written, answer) => {
    expect(sampleDayOf(written)).toBe(answer);
  });

  it.each([
    ['Stockholm', 'Stockholms län', 'birth-days'],
    ['Göteborg', 'Västra Götalands län', 'everybody'],
    ['Visby', 'Gotlands län', 'everybody'],
    ['Linköping', 'Östergötlands län', 'everybody'],
    ['Sundsvall', 'Västernorrlands län', 'everybody'],
  ])('in %s (%s) is %s', (municipality, county, scheme) => {
    expect(sampleSchemeOf({ municipality, county })).toBe(scheme);
  });
});

describe('for whatever files', () => {
  const days = fc.integer({ min: 0, max: 40_000 }).map((offset) => addDays(localDateOf(1990, 1, 1), offset));
  const marks = fc.constantFrom<RetentionMarkCode>(
    'PATERNITY',
    'ADOPTION',
    'PLACED_CHILD',
    'CUSTODY_AGREEMENT',
    'BORN_ON_SAMPLE_DAY',
    'NOT_BORN_ON_SAMPLE_DAY',
  );
  const files: fc.Arbitrary<RetentionFile> = fc.record({
    regime: fc.constantFrom('social-services', 'health-care', 'police'),
    isReportWithoutInvestigation: fc.boolean(),
    lastEntryOn: days,
    endedOn: fc.option(days, { nil: null }),
    sampleDay: fc.constantFrom('yes', 'no', 'unknown'),
    isPlacedChild: fc.boolean(),
    marks: fc.array(fc.record({ code: marks, until: fc.option(days, { nil: null }) }), { maxLength: 3 }),
  });
  const asked = fc.record({
    file: files,
    others: fc.array(files, { maxLength: 3 }),
    on: days,
    stated: fc.option(fc.record({ years: fc.integer({ min: 1, max: 30 }), ground: fc.constant('g') }), {
      nil: null,
    }),
  });

  it('nobody who is current goes, and nothing a day before its time', () => {
    fc.assert(
      fc.property(asked, (question) => {
        const verdict = decideRetention(question);
        if (verdict.verdict !== 'goes') return;
        for (const file of [question.file, ...question.others]) {
          const arises = arisesOn(file, question.stated);
          expect(file.endedOn).not.toBeNull();
          expect(arises !== null && arises < question.on).toBe(true);
          const { period } = RETENTION_RULES[ruleOf(file)];
          const years = period === 'stated' ? (question.stated?.years ?? 0) : period.years;
          // Independent of the calendar's own arithmetic: so many years, less a day for 29 February.
          expect(Date.parse(question.on) - Date.parse(file.lastEntryOn)).toBeGreaterThan(
            (years * 365 - 1) * 86_400_000,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('nobody of the sample goes under the social services act, and nobody whose day of birth is unknown', () => {
    fc.assert(
      fc.property(asked, (question) => {
        if (question.file.regime !== 'social-services') return;
        if (decideRetention(question).verdict !== 'goes') return;
        const family = [question.file, ...question.others];
        expect(family.some(({ sampleDay }) => sampleDay === 'yes')).toBe(false);
        expect(
          family.some(
            ({ sampleDay, marks: noted }) =>
              sampleDay === 'no' || noted.some(({ code }) => code === 'NOT_BORN_ON_SAMPLE_DAY'),
          ),
        ).toBe(true);
        expect(question.file.isPlacedChild).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('time alone never takes a file back that goes, unless a mark begins: it goes on every later day too', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 20_000 }), (question, later) => {
        if (decideRetention(question).verdict !== 'goes') return;
        expect(decideRetention({ ...question, on: addDays(question.on, later) }).verdict).toBe('goes');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the data', () => {
  it('name a source and say how well it is known, in both languages', () => {
    for (const { sources, title } of [
      ...Object.values(RETENTION_RULES),
      ...Object.values(RETENTION_EXEMPTIONS),
    ]) {
      expect([title.sv.length, title.en.length].every((length) => length > 5)).toBe(true);
      expect(sources.length).toBeGreaterThan(0);
      for (const { reference, status } of sources) {
        expect(reference.sv === '' || reference.en === '').toBe(false);
        expect(['S', 'C', 'CI', 'INF', 'U']).toContain(status);
      }
    }
  });
});
