import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, localDateOf, startOfDay } from '#calendar';
import { decideRetention, type RetentionFile } from '#domain';
import { disposalListOf, type ListTerms } from './disposal-list.js';
import type { RegisteredFile } from './retention-register.js';

const TERMS: ListTerms = {
  authority: 'a',
  rule: 'personal-file',
  cutOff: localDateOf(2034, 2, 28),
  stated: null,
};
const days: fc.Arbitrary<LocalDate> = fc
  .integer({ min: 0, max: 3_000 })
  .map((offset) => addDays(localDateOf(2026, 1, 1), offset));
const files: fc.Arbitrary<RegisteredFile> = fc
  .record({
    subjectId: fc.uuid(),
    person: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
    isReportWithoutInvestigation: fc.boolean(),
    lastEntryOn: days,
    isRunning: fc.boolean(),
    sampleDay: fc.constantFrom<RetentionFile['sampleDay']>('yes', 'no', 'unknown'),
  })
  .map(({ subjectId, person, lastEntryOn, isRunning, ...some }) => ({
    subjectId,
    incidentId: subjectId,
    role: 'victim',
    personKey: person === null ? null : `person-${person}`,
    file: {
      ...some,
      regime: 'social-services',
      lastEntryOn,
      endedOn: isRunning ? null : lastEntryOn,
      isPlacedChild: false,
      marks: [],
    },
  }));
const registers = fc.uniqueArray(files, { maxLength: 12, selector: ({ subjectId }) => subjectId });

describe('the list of a disposal', () => {
  it('holds everyone whom the rules let go, and nobody else; each with a reason', () => {
    fc.assert(
      fc.property(registers, (register) => {
        const list = disposalListOf(TERMS, register);
        const expected = register
          .filter(({ file }) => !file.isReportWithoutInvestigation)
          .map((one) => ({
            id: one.subjectId,
            verdict: decideRetention({
              file: one.file,
              others: register
                .filter(
                  ({ subjectId, personKey }) =>
                    subjectId !== one.subjectId && personKey !== null && personKey === one.personKey,
                )
                .map(({ file }) => file),
              on: TERMS.cutOff,
              stated: null,
            }).verdict,
          }));
        const ids = (verdict: string) =>
          expected.flatMap((one) => (one.verdict === verdict ? [one.id] : [])).sort();
        const listed = (verdict: string) =>
          list.items.filter((one) => one.verdict === verdict).map(({ subjectId }) => subjectId);
        expect(listed('goes')).toEqual(ids('goes'));
        expect(listed('exempt')).toEqual(ids('exempt'));
        expect([list.goes, list.exempt, list.notYet]).toEqual([
          ids('goes').length,
          ids('exempt').length,
          ids('not-yet').length,
        ]);
        expect(list.items.every(({ because }) => because.length > 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets somebody go who is current in another file, or of the sample', () => {
    fc.assert(
      fc.property(registers, (register) => {
        for (const { subjectId, verdict } of disposalListOf(TERMS, register).items) {
          if (verdict !== 'goes') continue;
          const her = register.find((one) => one.subjectId === subjectId);
          const family = register.filter(
            (one) => one === her || (one.personKey !== null && one.personKey === her?.personKey),
          );
          expect(family.some(({ file }) => file.endedOn === null || file.sampleDay === 'yes')).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the same list, by its digest, whatever order the files come in, and another when one moves', () => {
    fc.assert(
      fc.property(registers, (register) => {
        const list = disposalListOf(TERMS, register);
        expect(disposalListOf(TERMS, [...register].reverse()).digest).toBe(list.digest);
        const gone = list.items[0];
        if (gone === undefined) return;
        const fewer = register.filter(({ subjectId }) => subjectId !== gone.subjectId);
        expect(disposalListOf(TERMS, fewer).digest).not.toBe(list.digest);
        expect(disposalListOf({ ...TERMS, authority: 'b' }, register).digest).not.toBe(list.digest);
      }),
      { numRuns: 300 },
    );
  });

  it('tells custody the instant that no entry of those who go may reach', () => {
    fc.assert(
      fc.property(registers, (register) => {
        const { items, entriesBefore } = disposalListOf(TERMS, register);
        const going = items.flatMap(({ subjectId, verdict }) =>
          verdict === 'goes' ? register.filter((one) => one.subjectId === subjectId) : [],
        );
        for (const { file } of going) {
          expect(startOfDay(addDays(file.lastEntryOn, 1)) <= entriesBefore).toBe(true);
        }
        // Five years and a day at the least before the day of the list.
        if (going.length > 0) {
          expect(startOfDay(TERMS.cutOff).getTime() - entriesBefore.getTime()).toBeGreaterThanOrEqual(
            (5 * 365 - 1) * 86_400_000,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
