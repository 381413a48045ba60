import { describe, expect, it } from '@jest/globals';
import { keysOf } from '../wording/index.js';
import {
  AGE_BANDS,
  ageBandOf,
  CHILD_MEASURES,
  CHILD_VIEWS,
  type ChildConsentFacts,
  GUARDIAN_STANDS,
  type Guardian,
  REPRESENTATIVE_STANDS,
  SUITABILITIES,
} from './child-consent-facts.js';
import { childConsentPath, pathFacts, rowsFor } from './child-consent-path.js';
import { CHILDS_WORD_TABLE, CONSENT_PATH_TABLE, CONSENT_PATHS } from './child-consent-table.js';
import { childsWordTable, consentPathTable } from './consent-path-tables.js';

const ONE: Guardian[] = keysOf(GUARDIAN_STANDS).flatMap((stand) =>
  [true, false].map((accompaniesInProtectedHousing) => ({ stand, accompaniesInProtectedHousing })),
);
/** None, one of sole guardianship, or two in either order, each along in protected housing or not. */
const GUARDIANS: (readonly Guardian[])[] = [
  [],
  ...ONE.map((one) => [one]),
  ...ONE.flatMap((one) => ONE.map((other) => [one, other])),
];

function* everyCase(): Generator<ChildConsentFacts> {
  for (const guardians of GUARDIANS)
    for (const age of keysOf(AGE_BANDS))
      for (const measure of keysOf(CHILD_MEASURES))
        for (const view of keysOf(CHILD_VIEWS))
          for (const suitability of keysOf(SUITABILITIES))
            for (const representative of keysOf(REPRESENTATIVE_STANDS))
              yield { guardians, age, measure, view, suitability, representative };
}

const alone = (stand: Guardian['stand']): Guardian => ({ stand, accompaniesInProtectedHousing: false });
const along = (stand: Guardian['stand']): Guardian => ({ stand, accompaniesInProtectedHousing: true });
const facts = (some: Partial<ChildConsentFacts>): ChildConsentFacts => ({
  age: 'under-12',
  guardians: [alone('consents'), alone('consents')],
  representative: 'none',
  view: 'not-heard',
  suitability: 'suitable',
  measure: 'open-intervention',
  ...some,
});
const pathOf = (some: Partial<ChildConsentFacts>) => childConsentPath(facts(some)).row.leadsTo;

describe('the table of a child’s consent', () => {
  it('has exactly one row for every combination of facts, and every row, word and path is met by one', () => {
    const rows = new Set<string>();
    const words = new Set<number>();
    const paths = new Set<string>();
    const defects: unknown[] = [];
    let count = 0;
    for (const one of everyCase()) {
      count += 1;
      const word = CHILDS_WORD_TABLE.flatMap((row, index) =>
        rowsFor([row], one).length === 1 ? [index] : [],
      );
      const found = rowsFor(CONSENT_PATH_TABLE, pathFacts(one));
      if (word.length !== 1 || found.length !== 1) defects.push(one);
      for (const index of word) words.add(index);
      for (const { id, leadsTo } of found) {
        rows.add(id);
        paths.add(leadsTo);
      }
    }
    expect([count, defects.slice(0, 3)]).toEqual([159_840, []]);
    expect(CONSENT_PATH_TABLE.map(({ id }) => id).filter((id) => !rows.has(id))).toEqual([]);
    expect(words.size).toBe(CHILDS_WORD_TABLE.length);
    expect(keysOf(CONSENT_PATHS).filter((path) => !paths.has(path))).toEqual([]);
  });

  it('never names an alleged perpetrator, or anybody already asked, as one to ask', () => {
    for (const one of everyCase()) {
      const { row, toAsk } = childConsentPath(one);
      const stands = toAsk.map((index) => one.guardians[index]?.stand);
      if (stands.some((stand) => stand !== 'not-asked')) throw new Error(JSON.stringify(one));
      if (row.leadsTo !== 'ask-guardian' && toAsk.length > 0) throw new Error(JSON.stringify(one));
    }
  });

  it('never lets anything proceed on consent without somebody who may give it', () => {
    for (const one of everyCase()) {
      const { row } = childConsentPath(one);
      if (row.leadsTo !== 'proceed' || one.measure === 'talk-in-investigation') continue;
      const says = [...one.guardians.map(({ stand }) => stand), one.representative];
      if (!says.includes('consents')) throw new Error(JSON.stringify(one));
    }
  });

  it('leaves what the committee decides to the committee', () => {
    for (const { leadsTo, decides } of CONSENT_PATH_TABLE) {
      if (leadsTo === 'propose-to-committee' || leadsTo === 'apply-to-court')
        expect(decides).toBe('committee');
    }
    const proposed = childConsentPath(facts({ guardians: [alone('consents'), alone('refuses')] }));
    expect([proposed.row.leadsTo, proposed.isDelegable]).toEqual(['propose-to-committee', false]);
  });

  it.each([
    ['both consent', {}, 'proceed'],
    ['the only guardian consents', { guardians: [alone('consents')] }, 'proceed'],
    ['one refuses', { guardians: [alone('refuses'), alone('consents')] }, 'propose-to-committee'],
    ['both refuse', { guardians: [alone('refuses'), alone('refuses')] }, 'protection-track'],
    ['one is not asked', { guardians: [alone('consents'), alone('not-asked')] }, 'ask-guardian'],
    [
      'one is the alleged perpetrator and was not asked',
      { guardians: [alone('consents'), alone('alleged-perpetrator')] },
      'propose-to-committee',
    ],
    [
      'one cannot be reached',
      { guardians: [alone('consents'), alone('cannot-be-reached')] },
      'recorded-decision-needed',
    ],
    [
      'the one along in protected housing consents',
      { guardians: [along('consents'), alone('refuses')] },
      'proceed',
    ],
    [
      'the one along in protected housing consents to what she does not decide alone',
      { guardians: [along('consents'), alone('refuses')], measure: 'psychiatric-care' as const },
      'propose-to-committee',
    ],
    [
      'a 13-year-old consents and both refuse',
      { age: '12-14' as const, view: 'consents' as const, guardians: [alone('refuses'), alone('refuses')] },
      'child-consents',
    ],
    [
      'a 16-year-old requests it and nobody was asked',
      { age: '15-17' as const, view: 'requests' as const, guardians: [alone('not-asked')] },
      'child-requests-or-consents',
    ],
    [
      'a 13-year-old consents to what is unsuitable and one refuses',
      {
        age: '12-14' as const,
        view: 'consents' as const,
        suitability: 'unsuitable' as const,
        guardians: [alone('consents'), alone('refuses')],
      },
      'propose-to-committee',
    ],
    [
      'a 13-year-old was not heard and both refuse',
      { age: '12-14' as const, guardians: [alone('refuses'), alone('refuses')] },
      'hear-child',
    ],
    [
      'an 11-year-old consents and both refuse',
      { view: 'consents' as const, guardians: [alone('refuses'), alone('refuses')] },
      'protection-track',
    ],
    [
      'one refuses Trappan',
      { measure: 'trappan-or-here-and-now' as const, guardians: [alone('consents'), alone('refuses')] },
      'recorded-decision-needed',
    ],
    [
      'one refuses protected housing',
      { measure: 'protected-housing' as const, guardians: [alone('consents'), alone('refuses')] },
      'apply-to-court',
    ],
    [
      'the special representative consents in the criminal case',
      {
        measure: 'legal-process' as const,
        representative: 'consents' as const,
        guardians: [alone('alleged-perpetrator')],
      },
      'proceed',
    ],
    [
      'one refuses that somebody is told',
      { measure: 'disclosure' as const, guardians: [alone('consents'), alone('refuses')] },
      'no-consent',
    ],
    [
      'a 16-year-old is against what both want',
      { age: '15-17' as const, view: 'against' as const },
      'recorded-decision-needed',
    ],
    [
      'the child is heard in an investigation and both refuse',
      { measure: 'talk-in-investigation' as const, guardians: [alone('refuses'), alone('refuses')] },
      'proceed',
    ],
  ])('when %s', (_, some, path) => {
    expect(pathOf(some)).toBe(path);
  });

  it('is printed row by row for people', () => {
    const printed = consentPathTable();
    for (const { id, rule, source } of CONSENT_PATH_TABLE) {
      expect(printed).toContain(`\`${id}\``);
      expect([printed.includes(rule.sv), printed.includes(source)]).toEqual([true, true]);
    }
    expect(childsWordTable().split('\n')).toHaveLength(CHILDS_WORD_TABLE.length + 2);
  });

  it('takes the age on the day, and an unknown one as the youngest', () => {
    expect([null, -1, 0, 11, 12, 14, 15, 17, 18].map(ageBandOf)).toEqual([
      'under-12',
      'under-12',
      'under-12',
      'under-12',
      '12-14',
      '12-14',
      '15-17',
      '15-17',
      null,
    ]);
  });
});
