import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConsentPath } from '../consent/index.js';
import type { RefusalCode } from '../refusals/index.js';
import { keysOf } from '../wording/index.js';
import { CHILD_ACTS, type ChildAct, type ChildActKind } from './child-acts.js';
import { type ChildRecord, childCaseOf, isAlive } from './child-case.js';
import { childQuestions } from './child-questions.js';
import { chooseProgramme, type Known, type ProgrammeFacts } from './choose-programme.js';
import { consentCarriesSupport, decideChildAct } from './decide-child-act.js';
import { decideOpening, type OpeningToDecide } from './decide-opening.js';
import { CHILD_PROGRAMMES, eligibilityOn, type ProgrammeDefinition, programmeOn } from './programmes.js';

const day = (text: string): Date => new Date(`${text}T09:00:00Z`);
const OPENED = day('2026-02-02');

let made = 0;
const act = (kind: ChildActKind, code: string, at: Date, some: Partial<ChildAct> = {}): ChildAct => {
  made += 1;
  return {
    id: `${kind}-${made}`,
    kind,
    code,
    aboutId: null,
    effectiveAt: at,
    until: null,
    recordedAt: at,
    ...some,
  };
};
const record = (acts: readonly ChildAct[] = [], some: Partial<ChildRecord> = {}): ChildRecord => ({
  openings: [{ id: 'opening', opened: true, decidedAt: OPENED }],
  acts,
  changes: [],
  deliveries: [],
  ...some,
});
const asked = (of: ChildRecord): string[] => childQuestions(of).map(({ stepKey }) => stepKey);
const codeOf = (result: { ok: boolean; refusal?: { code: RefusalCode } }) =>
  result.ok ? 'may' : result.refusal?.code;
const may = (of: ChildRecord, kind: ChildActKind, code: string, some: Partial<ChildAct> = {}) =>
  codeOf(decideChildAct(of, act(kind, code, day('2026-03-02'), some)));

describe('opening an investigation (D-03, D-04)', () => {
  const opening = (some: Partial<OpeningToDecide>): OpeningToDecide => ({
    ...{ opened: false, ground: 'NO_NEED', mayHaveBeenExposed: false, decidedAt: OPENED },
    ...{ dueAt: day('2026-02-16'), lateBecause: null, ...some },
  });
  it.each([
    [
      'not for a child that may have been exposed',
      { mayHaveBeenExposed: true },
      'VIOLENCE_OPENS_INVESTIGATION',
    ],
    ['not with violence as the ground', { ground: 'VIOLENCE' }, 'VIOLENCE_OPENS_INVESTIGATION'],
    ['not where it is known that it was not', {}, 'may'],
    ['nowhere, where one is running', { ground: 'ALREADY_INVESTIGATED', mayHaveBeenExposed: true }, 'may'],
    ['by day 14', { opened: true, ground: 'OTHER_NEED', decidedAt: day('2026-02-16') }, 'may'],
    ['later and unexplained', { decidedAt: day('2026-02-17') }, 'LATE_DECISION_UNEXPLAINED'],
    [
      'later, for exceptional reasons',
      { decidedAt: day('2026-02-17'), lateBecause: 'EXCEPTIONAL_REASONS' as const },
      'may',
    ],
    [
      'later, for no such reasons: what is true can be recorded',
      { decidedAt: day('2026-02-17'), lateBecause: 'NO_SUCH_REASONS' as const },
      'may',
    ],
  ])('is decided %s', (_, some, expected) => {
    expect(codeOf(decideOpening(opening(some)))).toBe(expected);
  });
});

describe('an investigation of a child', () => {
  it('asks at once for notices (D-06), a plan, the two checks and its end (D-05)', () => {
    expect(asked(record())).toEqual(['notices', 'plan', 'time-check', 'time-check', 'investigation']);
    expect(childQuestions(record()).map(({ rule, startAt }) => [rule, startAt])).toContainEqual([
      'D-05',
      OPENED,
    ]);
  });

  it('is checked at three months and two weeks before its end', () => {
    const at = childQuestions(record()).flatMap(({ events }) => Object.values(events ?? {}));
    expect(at.map((instant) => instant.toISOString().slice(0, 10))).toEqual(['2026-05-02', '2026-05-19']);
  });

  it('moves its end by a recorded decision, for a certain time, and by nothing else (D-05)', () => {
    const extension = act('extension', 'SPECIAL_REASONS', day('2026-05-20'), { until: day('2026-08-03') });
    const extended = record([extension]);
    expect(childCaseOf(extended).term).toMatchObject({ id: extension.id, endsAt: day('2026-08-03') });
    expect(childQuestions(extended).find(({ stepKey }) => stepKey === 'investigation')?.rule).toBe(
      'D-05-extended',
    );
    const wrong = act('entered-in-error', 'IN_ERROR', day('2026-05-21'), { aboutId: extension.id });
    expect(childCaseOf(record([extension, wrong])).term).toMatchObject({
      id: wrong.id,
      startsAt: OPENED,
      isExtended: false,
    });
    expect(may(record(), 'extension', 'SPECIAL_REASONS', { until: day('2026-05-01') })).toBe(
      'EXTENSION_NOT_LATER',
    );
    expect(
      may(record(), 'extension', 'SPECIAL_REASONS', {
        until: day('2026-09-01'),
        effectiveAt: day('2026-06-10'),
      }),
    ).toBe('EXTENSION_TOO_LATE');
    expect(may(record(), 'extension', 'SPECIAL_REASONS', { until: day('2026-09-01') })).toBe('may');
  });

  it('is finished even if the child moves, unless another agrees to take it over (D-05)', () => {
    const moved = [act('move', 'MOVED', day('2026-02-20')), act('take-over', 'ASKED', day('2026-02-21'))];
    expect(childCaseOf(record(moved)).phase).toBe('running');
    expect(may(record(moved), 'closing', 'TAKEN_OVER')).toBe('TAKE_OVER_NOT_AGREED');
    expect(
      may(record([...moved, act('take-over', 'REFUSED', day('2026-02-22'))]), 'closing', 'TAKEN_OVER'),
    ).toBe('TAKE_OVER_NOT_AGREED');
    expect(
      may(record([...moved, act('take-over', 'AGREED', day('2026-02-22'))]), 'closing', 'TAKEN_OVER'),
    ).toBe('may');
  });

  it('starts no clock anew when it is decided again to open', () => {
    const again = record([], {
      openings: [
        { id: 'first', opened: true, decidedAt: OPENED },
        { id: 'again', opened: true, decidedAt: day('2026-03-01') },
      ],
    });
    expect(childCaseOf(again).term).toMatchObject({ id: 'first', startsAt: OPENED });
  });

  it('asks for nothing once it is closed, and again when the closing was a mistake', () => {
    const closing = act('closing', 'NO_MEASURE', day('2026-03-01'));
    expect(asked(record([closing]))).toEqual([]);
    const wrong = act('entered-in-error', 'IN_ERROR', day('2026-03-02'), { aboutId: closing.id });
    expect(asked(record([closing, wrong]))).toContain('investigation');
    expect(may(record([closing, wrong]), 'entered-in-error', 'IN_ERROR', { aboutId: closing.id })).toBe(
      'ALREADY_TAKEN_BACK',
    );
  });

  it('is not completed in its notices before anybody was told or decided on (D-06)', () => {
    expect(may(record(), 'notices-complete', 'COMPLETE')).toBe('NOTICES_MISSING');
    expect(may(record([act('notice', 'NOT_TOLD', OPENED)]), 'notices-complete', 'COMPLETE')).toBe('may');
  });
});

const KNOWN = fc.constantFrom<Known>('yes', 'no', 'unknown');
const ANY_FACTS: fc.Arbitrary<ProgrammeFacts> = fc.record({
  age: fc.option(fc.integer({ min: 0, max: 17 })),
  ...{ isSafe: KNOWN, hasUnsafeContact: KNOWN, isReceptive: KNOWN },
  parents: fc.array(fc.record({ isCustodian: KNOWN, isAtRvc: KNOWN }), { maxLength: 3 }),
  deliveredBy: fc.constantFrom('rvc' as const, 'open-care' as const),
});

describe('Trappan or Här och nu (R-014, R-015)', () => {
  it('gives Trappan only to a child of 4 that is known to be safe, to meet nobody unsafe, and receptive (R-014)', () => {
    fc.assert(
      fc.property(ANY_FACTS, (facts) => {
        const { programme, lacks } = chooseProgramme(facts, '2026-03-02');
        const isMet =
          facts.age !== null &&
          facts.age >= 4 &&
          facts.isSafe === 'yes' &&
          facts.hasUnsafeContact === 'no' &&
          facts.isReceptive === 'yes' &&
          (facts.deliveredBy === 'open-care' || facts.parents.some(({ isAtRvc }) => isAtRvc === 'yes'));
        expect(programme === 'trappan').toBe(isMet);
        expect(lacks.length === 0).toBe(isMet);
      }),
    );
  });

  it('gives Här och nu from 4 years where Trappan does not fit, contact with the violent parent or not (R-015)', () => {
    fc.assert(
      fc.property(ANY_FACTS, (facts) => {
        const { programme, lacks } = chooseProgramme(facts, '2026-03-02');
        if (programme === 'here-and-now') expect(facts.age ?? 0).toBeGreaterThanOrEqual(4);
        if (programme === null)
          expect(lacks.includes('AGE') || lacks.includes('NO_PARENT_AT_RVC')).toBe(true);
      }),
    );
  });

  it('counts any parent at RVC, custodian or not, and a custodian only before the autumn of 2021 (R-012, R-013)', () => {
    const facts: ProgrammeFacts = {
      ...{ age: 7, isSafe: 'yes', hasUnsafeContact: 'no', isReceptive: 'yes', deliveredBy: 'rvc' },
      parents: [{ isCustodian: 'no', isAtRvc: 'yes' }],
    };
    expect([eligibilityOn('2020-05-01'), eligibilityOn('2026-05-01')]).toEqual([
      'CUSTODIAN_IN_RVC',
      'ANY_PARENT_IN_RVC',
    ]);
    expect(chooseProgramme(facts, '2026-05-01').programme).toBe('trappan');
    expect(chooseProgramme({ ...facts, parents: [] }, '2026-05-01').lacks).toEqual(['NO_PARENT_AT_RVC']);
  });

  it('has versions with days, so that a changed programme leaves what was decided as it was (R-016)', () => {
    const [first] = CHILD_PROGRAMMES['here-and-now'];
    const versions: Record<'trappan' | 'here-and-now', readonly ProgrammeDefinition[]> = {
      ...CHILD_PROGRAMMES,
      'here-and-now': [
        { ...first, validTo: '2026-12-31' },
        { ...first, version: 2, validFrom: '2027-01-01', fromAge: 3 },
      ],
    };
    expect(programmeOn('here-and-now', '2026-12-31', versions)?.version).toBe(1);
    expect(programmeOn('here-and-now', '2027-01-01', versions)?.version).toBe(2);
    expect(programmeOn('trappan', '2026-06-01')?.sessions).toEqual({ from: 3, to: 10 });
  });
});

describe('support for a child', () => {
  const trappan = act('programme', 'TRAPPAN', day('2026-02-20'));
  const granted = act('support', 'GRANTED_TRAPPAN', day('2026-02-21'));
  const closed = act('closing', 'SUPPORT', day('2026-02-22'));

  it('is the programme that the newest evaluation gave, and no other', () => {
    expect(may(record([trappan]), 'support', 'GRANTED_TRAPPAN')).toBe('may');
    expect(may(record([trappan]), 'support', 'GRANTED_HERE_AND_NOW')).toBe('PROGRAMME_NOT_BY_CRITERIA');
    expect(may(record(), 'support', 'GRANTED_TRAPPAN')).toBe('PROGRAMME_NOT_BY_CRITERIA');
  });

  it('is decided before it is commissioned or given (R-006)', () => {
    for (const kind of ['commission', 'delivery'] as const) {
      expect(may(record([trappan]), kind, CHILD_ACTS[kind].codes[0])).toBe('SUPPORT_NOT_DECIDED');
      expect(may(record([trappan, granted]), kind, CHILD_ACTS[kind].codes[0])).toBe('may');
    }
    expect(may(record([trappan]), 'closing', 'SUPPORT')).toBe('SUPPORT_NOT_DECIDED');
  });

  it('is tracked from decision to delivery: commissioned, begun, or reported every quarter (C-12, D-16)', () => {
    const acts = [trappan, granted, closed];
    expect(asked(record(acts))).toEqual(['commission', 'delivery']);
    const commissioned = [...acts, act('commission', 'TO_RVC', day('2026-02-23'))];
    expect(asked(record(commissioned))).toEqual(['delivery']);
    const report = act('undelivered-report', 'REPORTED', day('2026-05-22'));
    expect(childQuestions(record([...commissioned, report]))).toMatchObject([
      { stepKey: 'delivery', occurrence: report.id, rule: 'D-16', startAt: day('2026-05-22') },
    ]);
    expect(asked(record(commissioned, { deliveries: [{ code: 'STARTED', at: day('2026-03-01') }] }))).toEqual(
      [],
    );
  });

  it('is evaluated anew when what is safe changes, and decided anew when the programme differs (R-015)', () => {
    const acts = [trappan, granted, closed, act('delivery', 'STARTED', day('2026-03-01'))];
    const changes = [{ id: 'release', isFact: true, at: day('2026-03-10'), knownAt: day('2026-03-10') }];
    expect(asked(record(acts, { changes }))).toEqual(['risk-review', 'programme-review']);
    const reviewed = act('risk-review', 'HIGHER', day('2026-03-10'), { aboutId: 'release' });
    const evaluated = act('programme', 'HERE_AND_NOW', day('2026-03-11'));
    expect(asked(record([...acts, reviewed, evaluated], { changes }))).toEqual(['support-review']);
    const anew = act('support', 'GRANTED_HERE_AND_NOW', day('2026-03-12'));
    expect(asked(record([...acts, reviewed, evaluated, anew], { changes }))).toEqual([
      'commission',
      'delivery',
    ]);
  });

  it('rests on a consent path that carries it: the unit head and the committee decide what is theirs', () => {
    const carries = (path: ConsentPath | null, decides: 'unit-head' | 'committee' | null = null) =>
      codeOf(consentCarriesSupport({ path, decides, takenBy: { officer: 'case-worker' } }));
    expect([carries(null), carries('ask-guardian'), carries('protection-track')]).toEqual(
      Array.from({ length: 3 }, () => 'CONSENT_PATH_FIRST'),
    );
    expect([carries('proceed'), carries('child-consents')]).toEqual(['may', 'may']);
    expect(carries('recorded-decision-needed', 'unit-head')).toBe('UNIT_HEAD_TAKES_DECISION');
    expect(carries('propose-to-committee', 'committee')).toBe('NOT_DELEGABLE');
    const head = {
      path: 'recorded-decision-needed',
      decides: 'unit-head',
      takenBy: { officer: 'unit-head' },
    } as const;
    const board = {
      path: 'propose-to-committee',
      decides: 'committee',
      takenBy: { body: 'committee', protocol: '§ 4' },
    } as const;
    expect([codeOf(consentCarriesSupport(head)), codeOf(consentCarriesSupport(board))]).toEqual([
      'may',
      'may',
    ]);
  });
});

describe('what comes after and beside', () => {
  const closed = act('closing', 'NO_MEASURE', day('2026-02-22'));

  it('follows up only by decision, where the conditions are met, and at most two months or six after LVU (D-07)', () => {
    expect(asked(record([closed]))).toEqual([]);
    expect(may(record(), 'follow-up', 'AFTER_INVESTIGATION')).toBe('FOLLOW_UP_CONDITIONS_NOT_MET');
    expect(may(record([act('closing', 'CARE', OPENED)]), 'follow-up', 'AFTER_INVESTIGATION')).toBe(
      'FOLLOW_UP_CONDITIONS_NOT_MET',
    );
    expect(may(record([closed]), 'follow-up', 'AFTER_INVESTIGATION')).toBe('may');
    const followed = (code: string) =>
      childQuestions(record([closed, act('follow-up', code, day('2026-02-22'))]));
    expect(followed('AFTER_INVESTIGATION')).toMatchObject([{ stepKey: 'follow-up', rule: 'D-07' }]);
    expect(followed('AFTER_LVU')).toMatchObject([{ stepKey: 'follow-up', rule: 'D-07-lvu' }]);
    const open = record([closed, act('follow-up', 'AFTER_INVESTIGATION', day('2026-02-22'))]);
    expect(may(open, 'follow-up', 'AFTER_PLACEMENT')).toBe('FOLLOW_UP_CONDITIONS_NOT_MET');
    expect(asked(record([...open.acts, act('follow-up-end', 'NO_FURTHER_NEED', day('2026-04-01'))]))).toEqual(
      [],
    );
  });

  it('offers the youth clinic besides the report, never instead of it (R-024)', () => {
    const known = [act('young-relationship', 'EXPOSED', day('2026-02-10'))];
    expect(asked(record(known))).toEqual([
      'notices',
      'plan',
      'time-check',
      'time-check',
      'investigation',
      'youth-clinic',
    ]);
    expect(asked(record([...known, act('youth-clinic', 'DECLINED', day('2026-02-11'))]))).not.toContain(
      'youth-clinic',
    );
  });

  it('reviews the risk of each fact until that fact is reviewed, the same day (D-19)', () => {
    const changes = ['arrest', 'release'].map((id) => ({ id, isFact: true, at: OPENED, knownAt: OPENED }));
    const reviewed = act('risk-review', 'UNCHANGED', OPENED, { aboutId: 'arrest' });
    const open = childQuestions(record([reviewed], { changes })).filter(
      ({ stepKey }) => stepKey === 'risk-review',
    );
    expect(open).toMatchObject([{ occurrence: 'release', rule: 'child-risk-review' }]);
    expect(may(record([], { changes }), 'risk-review', 'LOWER', { aboutId: 'something' })).toBe('NOT_FOUND');
  });
});

describe('every record of a case', () => {
  const KINDS = keysOf<ChildActKind>(CHILD_ACTS);
  const ANY_ACTS = fc
    .array(fc.tuple(fc.constantFrom(...KINDS), fc.nat(20), fc.nat(300), fc.option(fc.nat(20))), {
      maxLength: 30,
    })
    .map((rows) =>
      rows.map(([kind, code, days, about], index): ChildAct => {
        const { codes }: { codes: readonly string[] } = CHILD_ACTS[kind];
        const at = new Date(OPENED.getTime() + days * 86_400_000);
        return {
          ...{ id: `act-${index}`, kind, code: codes[code % codes.length] ?? '', effectiveAt: at },
          ...{
            aboutId: about === null ? null : `act-${about}`,
            until: new Date(at.getTime() + 86_400_000),
            recordedAt: at,
          },
        };
      }),
    );

  it('asks for each thing once, under a name that fits an id', () => {
    fc.assert(
      fc.property(ANY_ACTS, (acts) => {
        const names = childQuestions(record(acts)).map(
          ({ stepKey, occurrence }) => `${stepKey} ${occurrence}`,
        );
        expect(new Set(names).size).toBe(names.length);
        expect(names.every((name) => /^[a-z-]+ [A-Za-z0-9._-]{1,100}$/.test(name))).toBe(true);
      }),
    );
  });

  it('never leaves a running investigation without its end being asked for, whatever was done', () => {
    fc.assert(
      fc.property(ANY_ACTS, (acts) => {
        const of = record(acts);
        const { phase } = childCaseOf(of);
        expect(asked(of).includes('investigation')).toBe(phase === 'running');
        if (phase === 'running') expect(isAlive(childCaseOf(of))).toBe(true);
      }),
    );
  });
});
