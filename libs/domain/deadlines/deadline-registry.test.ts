import { describe, expect, it, test } from '@jest/globals';
import { localDateOf, type OfficeHours, parseLocalDate } from '#calendar';
import {
  citationOf,
  DEADLINE_RULE_IDS,
  DEADLINE_RULES,
  type DeadlineRule,
  type DeadlineRuleId,
  deadlineRule,
  EXTENDED_UNTIL,
  explainDue,
  isDeadlineRuleId,
  rollOf,
  ruleNeedsOfficeHours,
  validateDeadlineRegistry,
  WARNED_AT,
} from './index.js';

const ALWAYS: OfficeHours = { kind: 'always-open', version: 'test' };

const day = (text: string) => {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`${text} is not a day`);
  return date;
};

/** Instants that a decision sets; without one there is nothing to compute. */
const DECIDED = { [EXTENDED_UNTIL.id]: new Date('2026-10-05'), [WARNED_AT.id]: new Date('2026-09-05') };

/** The registry with one rule changed, as a slip of the pen would. */
const withRule = (id: string, change: Partial<DeadlineRule>): Record<string, DeadlineRule> => ({
  ...DEADLINE_RULES,
  [id]: { ...(isDeadlineRuleId(id) ? deadlineRule(id) : deadlineRule('D-03')), ...change },
});

describe('the registry', () => {
  it('holds D-01 to D-22 and has nothing wrong with it', () => {
    expect(validateDeadlineRegistry()).toEqual([]);
    expect(DEADLINE_RULE_IDS.filter((id) => /^D-\d\d$/.test(id))).toHaveLength(22);
  });

  test.each<[string, string, Partial<DeadlineRule>]>([
    ['an empty text', 'D-03', { title: { sv: 'x', en: ' ' } }],
    ['no source', 'D-03', { sources: [] }],
    ['a version of nought', 'D-03', { version: 0 }],
    ['a count of half a day', 'D-03', { period: { kind: 'days', count: 0.5, roll: 'none' } }],
    [
      'a protection assessment that rolls',
      'D-02',
      { period: { kind: 'days', count: 1, roll: 'next-working-day' } },
    ],
    [
      'configuration that rolls by law',
      'review',
      { period: { kind: 'days', count: 14, roll: 'next-working-day' } },
    ],
    [
      'two acts in force at once',
      'D-03',
      { sources: [...deadlineRule('D-15').sources, ...deadlineRule('D-13').sources] },
    ],
    [
      'a source that ends before it begins',
      'D-03',
      {
        sources: deadlineRule('D-15').sources.map((one) => ({
          ...one,
          validFrom: localDateOf(2026, 1, 2),
          validTo: localDateOf(2026, 1, 1),
        })),
      },
    ],
  ])('is refused with %s', (_, id, change) => {
    const problems = validateDeadlineRegistry(withRule(id, change));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.startsWith(`${id}: `))).toBe(true);
  });

  it('is refused when a length that we chose does not say so', () => {
    const { note: _, ...silent } = deadlineRule('D-04');
    expect(validateDeadlineRegistry({ ...DEADLINE_RULES, 'D-04': silent })).toHaveLength(1);
  });

  it('is refused when a numbered rule is missing', () => {
    const { 'D-17': _, ...rest } = DEADLINE_RULES;
    expect(validateDeadlineRegistry(rest)).toEqual(['D-17: The rule is missing.']);
  });

  it('rolls what an authority or a party must do in a statutory time, and marks what lapses', () => {
    const rolls = (roll: string) =>
      DEADLINE_RULE_IDS.filter((id) => rollOf(deadlineRule(id).period) === roll);
    expect(rolls('lapse')).toEqual(['D-08', 'D-09', 'D-11', 'D-21', 'D-22']);
    expect(rolls('next-working-day')).toEqual(expect.arrayContaining(['D-03', 'D-05', 'D-15']));
    expect([...rolls('lapse'), ...rolls('next-working-day')]).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^D-(01|02|18|19)/)]),
    );
  });

  it('binds the first social authority to the protection assessment and the holder to the rest', () => {
    const boundBy = (id: DeadlineRuleId) => deadlineRule(id).boundBy;
    expect(['D-01' as const, 'D-02' as const, 'D-03' as const, 'D-04' as const].map(boundBy)).toEqual([
      'first-social-authority',
      'first-social-authority',
      'holding-social-authority',
      'holding-social-authority',
    ]);
  });
});

describe('a citation', () => {
  it('keeps the act that was in force on the day', () => {
    expect(citationOf('D-03', day('2025-06-30')).source.sv).toBe(
      'socialtjänstlag (2001:453) 11 kap. 1 a § andra stycket (lag, bekräftad)',
    );
    expect(citationOf('D-03', day('2025-07-01')).source.sv).toBe(
      'socialtjänstlag (2025:400) 20 kap. 2 § (lag, bekräftad indirekt)',
    );
    expect(citationOf('D-04', day('2022-11-01')).source.en).toMatch(
      /HSLF-FS 2022:39.*binding regulation, unconfirmed/,
    );
  });
});

describe('what a rule comes to', () => {
  it.each<[DeadlineRuleId, string, string, string | undefined]>([
    ['D-03', '2026-06-05', '2026-06-22', '2026-06-19'],
    ['D-03', '2025-12-10', '2025-12-29', '2025-12-24'],
    ['D-05', '2025-10-31', '2026-03-02', '2026-02-28'],
    ['D-08', '2026-06-12', '2026-06-19', '2026-06-19'],
    ['D-09', '2026-05-08', '2026-06-19', '2026-06-19'],
    ['D-07', '2026-04-19', '2026-06-19', undefined],
    ['D-15', '2026-05-29', '2026-06-22', '2026-06-19'],
    ['D-19-hearing', '2026-06-15', '2026-06-19', undefined],
    ['D-22', '2026-05-22', '2026-06-19', '2026-06-19'],
    ['region-decision', '2025-12-22', '2026-01-05', undefined],
  ])('%s from %s is due %s', (id, start, dueDate, unrolledDate) => {
    const explained = explainDue(id, day(start));
    expect([explained.dueDate, explained.unrolledDate]).toEqual([dueDate, unrolledDate]);
  });

  it.each<[DeadlineRuleId, string, string]>([
    ['D-01', '2026-06-20T02:40:00+02:00', '2026-06-20T03:40:00+02:00'],
    ['D-02', '2026-06-20T19:59:00+02:00', '2026-06-20T23:59:59.999+02:00'],
    ['D-02', '2026-06-20T20:00:00+02:00', '2026-06-21T23:59:59.999+02:00'],
    ['send', '2026-10-25T02:50:00+02:00', '2026-10-25T02:05:00+01:00'],
    ['opening', '2026-06-20T02:40:00+02:00', '2026-06-20T02:43:00+02:00'],
    ['first-contact', '2026-06-09T10:00:00+02:00', '2026-06-09T23:59:59.999+02:00'],
  ])('%s at %s is due at %s by any hours', (id, start, dueAt) => {
    expect(explainDue(id, new Date(start)).dueAt).toEqual(new Date(dueAt));
  });

  it('can be computed for every rule, with rule and source as the first reasons', () => {
    for (const id of DEADLINE_RULE_IDS) {
      const explained = explainDue(id, day('2026-06-05'), { officeHours: ALWAYS, events: DECIDED });
      expect([explained.rule, explained.ruleVersion]).toEqual([id, deadlineRule(id).version]);
      expect(explained.because.slice(0, 2).map(({ code }) => code)).toEqual(['RULE', 'SOURCE']);
      expect(explained.because[0]?.text.sv).toContain(deadlineRule(id).title.sv);
      expect(explained.calendar.officeHours).toBe(ruleNeedsOfficeHours(id) ? 'test' : undefined);
    }
  });
});
