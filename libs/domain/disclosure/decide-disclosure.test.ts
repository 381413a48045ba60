import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Concerns,
  type FieldDefinition,
  FORMS,
  field,
  fieldsOf,
  type KeptFrom,
} from '../forms/index.js';
import { HANDOFF_PHASES } from '../handoff/index.js';
import { MATTER_KINDS, SUBJECT_ROLES } from '../matter/index.js';
import { ROLES, UNIT_KINDS } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { BASES, basisWithId } from './bases.js';
import { CONDITIONS } from './conditions.js';
import { decideDisclosure } from './decide-disclosure.js';
import { DISCLOSURE_MATRIX, isValidOn } from './disclosure-matrix.js';
import {
  type AskedField,
  type DisclosureQuestion,
  type RecordedBasis,
  recipientOf,
  SURFACES,
} from './disclosure-question.js';
import { AUTHORITY_KINDS, type DisclosureSide, PERSON_CAPACITIES } from './disclosure-side.js';
import { FIELD_SETS, itemsOfSet } from './field-sets.js';
import { PURPOSES } from './purposes.js';
import { A_DAY, recordOf, sideOf, unitOfKind } from './test/questions.js';

const DAY = 86_400_000;
const AUDIENCES = [
  'socialjouren',
  'child-unit',
  'victim-unit',
  'perpetrator-unit',
  'support-unit',
  'police',
] as const;
const CONCERNS: readonly Concerns[] = [
  'incident',
  'victim',
  'child',
  'alleged-perpetrator',
  'reporter',
  'staff',
];
const KEPT: readonly KeptFrom[] = ['alleged-perpetrator', 'guardians', 'victim', 'region'];

const side: fc.Arbitrary<DisclosureSide> = fc.oneof(
  fc.record({
    is: fc.constant('unit' as const),
    unit: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom(...keysOf(UNIT_KINDS)),
    authority: fc.constantFrom('x', 'y'),
    inForce: fc.boolean(),
  }),
  fc.record({ is: fc.constant('authority' as const), kind: fc.constantFrom(...keysOf(AUTHORITY_KINDS)) }),
  fc.record({ is: fc.constant('person' as const), capacity: fc.constantFrom(...keysOf(PERSON_CAPACITIES)) }),
);

/** Every field that exists, and some that nobody wrote yet. */
const EXISTING: readonly (readonly [string, FieldDefinition])[] = [
  ...keysOf(FORMS).flatMap((form) => fieldsOf(form)),
  ...keysOf(FIELD_SETS).flatMap((set) => Object.entries(itemsOfSet(set) ?? {})),
];
const invented: fc.Arbitrary<readonly [string, FieldDefinition]> = fc
  .record({
    concerns: fc.uniqueArray(fc.constantFrom(...CONCERNS), { minLength: 1 }),
    keepFrom: fc.uniqueArray(fc.constantFrom(...KEPT)),
    audience: fc.constantFrom(...AUDIENCES),
    tellsWhere: fc.boolean(),
    sealedApart: fc.boolean(),
  })
  .map(({ concerns: [first, ...others], keepFrom, audience, tellsWhere, sealedApart }) => [
    'invented',
    field({
      label: { sv: 'påhittat', en: 'invented' },
      concerns: [first ?? 'incident', ...others],
      visibleTo: { [audience]: 'whole' },
      type: 'text',
      keepFrom,
      tellsWhere,
      sealedApart,
    }),
  ]);
const asked: fc.Arbitrary<AskedField> = fc
  .tuple(fc.oneof(fc.constantFrom(...EXISTING), invented), fc.boolean(), fc.boolean())
  .map(([[id, definition], permitted, required]) => ({ id, definition, permitted, required }));

const instant = fc.integer({ min: -600, max: 400 }).map((days) => new Date(A_DAY.getTime() + days * DAY));
const record: fc.Arbitrary<RecordedBasis> = fc.record({
  recordId: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constant(null) }),
  basis: fc.constantFrom(...keysOf(BASES)),
  answer: fc.constantFrom('given', 'given', 'given', 'refused', 'not-asked'),
  source: fc.constantFrom('recorded', 'recorded', 'statement'),
  unit: fc.constantFrom('a', 'b'),
  recipient: fc.constantFrom('a', 'b', 'c', 'police', 'the-person', 'guardian'),
  purpose: fc.constantFrom(...keysOf(PURPOSES)),
  fields: fc.oneof(fc.constant('all' as const), fc.constant(['invented', 'victim.identity'])),
  givenAt: instant,
  until: fc.option(instant),
  withdrawnAt: fc.option(instant, { freq: 3 }),
  conditions: fc.oneof(
    fc.constant(keysOf(CONDITIONS)),
    fc.uniqueArray(fc.constantFrom(...keysOf(CONDITIONS))),
  ),
  deciderRoles: fc.uniqueArray(fc.constantFrom(...keysOf(ROLES))),
});

const wild: fc.Arbitrary<DisclosureQuestion> = fc
  .record({
    surface: fc.constantFrom(...SURFACES),
    at: instant,
    from: side,
    to: side,
    subject: fc.record({
      role: fc.constantFrom(...keysOf(SUBJECT_ROLES)),
      age: fc.option(fc.integer({ min: 0, max: 90 })),
      protectedIdentity: fc.constantFrom('no', 'yes', 'unreadable'),
    }),
    purpose: fc.constantFrom(...keysOf(PURPOSES), ...keysOf(MATTER_KINDS)),
    audience: fc.option(fc.constantFrom(...AUDIENCES)),
    route: fc.option(fc.constant({ validFrom: '2026-01-01', validUntil: '2027-01-01' })),
    fields: fc.array(asked, { maxLength: 6 }),
    records: fc.array(record, { maxLength: 5 }),
    receiverMustCall: fc.boolean(),
    disclosed: fc.option(
      fc.record({
        fields: fc.constant(['invented', 'victim.identity', 'child.identity']),
        phase: fc.constantFrom(...HANDOFF_PHASES),
        side: fc.constantFrom('sender', 'receiver'),
      }),
    ),
  })
  // Half of the records are about this very way: chance alone would seldom meet it.
  .map((question) => ({
    ...question,
    records: question.records.map((one, index) => (index % 2 === 0 ? aboutThis(one, question) : one)),
  }));

/** Near a row of the matrix, where something may well leave: its way, person, purpose and a record, seldom quite whole. */
const near: fc.Arbitrary<DisclosureQuestion> = fc
  .record({
    question: wild,
    row: fc.constantFrom(...DISCLOSURE_MATRIX),
    existing: fc.constantFrom(...EXISTING),
    isSpoilt: fc.boolean(),
    spoiling: record,
  })
  .map(({ question, row, existing: [id, definition], isSpoilt, spoiling }) => {
    const from = sideOf(row.from, 'a', 'x');
    const to = row.basis === 'X-OWN' ? from : sideOf(row.to, 'b', row.basis === 'X-IN' ? 'x' : 'y');
    const [role] = row.subjects;
    const [purpose] = row.purposes;
    const items = itemsOfSet(row.opens.set);
    const fields = Object.entries(items ?? { [id]: definition });
    const way = {
      ...question,
      surface: SURFACE_OF[purpose] ?? (question.surface === 'read' ? 'send' : question.surface),
      at: A_DAY,
      from,
      to,
      purpose,
      audience: null,
      subject: { ...question.subject, role, age: null },
    };
    const whole = recordOf(row.basis, from, to, purpose, {
      recordId: spoiling.recordId,
      fields: fields.map(([one]) => one),
    });
    return {
      ...way,
      fields: [
        ...question.fields,
        ...fields.map(([one, own]) => ({ id: one, definition: own, permitted: true, required: false })),
      ],
      records: [
        ...question.records,
        isSpoilt ? { ...aboutThis(spoiling, way), basis: row.basis, at: question.at } : whole,
      ],
    };
  });
const SURFACE_OF: Readonly<Partial<Record<string, DisclosureQuestion['surface']>>> = {
  insight: 'insight',
  'handover-status': 'sender-view',
};

const anyQuestion = fc.oneof(wild, near);

function aboutThis<One extends RecordedBasis>(
  one: One,
  { from, to, purpose }: Pick<DisclosureQuestion, 'from' | 'to' | 'purpose'>,
): One {
  return { ...one, unit: recipientOf(from), recipient: recipientOf(to), purpose };
}

const leaving = (question: DisclosureQuestion) =>
  decideDisclosure(question).fields.flatMap((one, index) =>
    one.verdict === 'leaves' ? [{ one, index }] : [],
  );
const RUNS = { numRuns: 800 };

describe('the policy', () => {
  it('answers every question, with one verdict a field, in both languages', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { fields } = decideDisclosure(question);
        expect(fields.map((one) => one.field)).toEqual(question.fields.map(({ id }) => id));
        expect(fields.every(({ because }) => because.sv !== '' && because.en !== '')).toBe(true);
      }),
      RUNS,
    );
  });

  it('lets no field out without a basis in force at that instant, and a record where one is asked for', () => {
    let leaves = 0;
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { at, from, to, purpose, records } = question;
        for (const { one } of leaving(question)) {
          if (question.surface === 'read' && question.disclosed !== null) continue;
          expect(one.bases.length).toBeGreaterThan(0);
          for (const { basis, recordId, kind } of one.bases) {
            leaves += 1;
            expect(isValidOn(basisWithId(basis), at)).toBe(true);
            if (kind === 'duty' || kind === 'checked') continue;
            const rests = records.filter((record) => record.recordId === recordId && record.basis === basis);
            expect(
              rests.some(
                (record) =>
                  record.answer === 'given' &&
                  record.givenAt <= at &&
                  (record.until === null || at < record.until) &&
                  (record.withdrawnAt === null || at < record.withdrawnAt) &&
                  record.unit === recipientOf(from) &&
                  record.recipient === recipientOf(to) &&
                  record.purpose === purpose &&
                  (record.fields === 'all' || record.fields.includes(one.field)),
              ),
            ).toBe(true);
          }
        }
      }),
      RUNS,
    );
    expect(leaves).toBeGreaterThan(50);
  });

  it('lets nobody but a unit read what was sent: an offer has no other reader, whatever was disclosed in it', () => {
    let asked = 0;
    fc.assert(
      fc.property(anyQuestion, (question) => {
        if (question.surface !== 'read' || question.to.is !== 'person' || question.disclosed === null) return;
        asked += 1;
        expect(leaving(question)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
    expect(asked).toBeGreaterThan(20);
  });

  it("never lets the alleged perpetrator's side have a field that concerns a victim or a child", () => {
    fc.assert(
      fc.property(anyQuestion, fc.constantFrom('unit', 'himself', 'counsel', 'audience'), (question, how) => {
        const his: DisclosureQuestion = {
          ...question,
          ...(how === 'audience' ? { audience: 'perpetrator-unit' } : {}),
          ...(how === 'himself' ? { to: { is: 'person', capacity: 'alleged-perpetrator' } } : {}),
          ...(how === 'counsel'
            ? {
                to: { is: 'person', capacity: 'counsel' },
                subject: { ...question.subject, role: 'alleged-perpetrator' },
              }
            : {}),
          ...(how === 'unit'
            ? { subject: { ...question.subject, role: 'alleged-perpetrator' }, purpose: 'perpetrator-change' }
            : {}),
        };
        for (const { index } of leaving(his)) {
          const definition = his.fields[index]?.definition;
          expect(definition?.concerns.some((whom) => whom === 'victim' || whom === 'child')).toBe(false);
          expect(definition?.keepFrom).not.toContain('alleged-perpetrator');
        }
      }),
      RUNS,
    );
  });

  it('decides for an unreadable protection exactly as for a protected one, and never shows more of it', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const as = (protectedIdentity: 'no' | 'yes' | 'unreadable') => ({
          ...question,
          subject: { ...question.subject, protectedIdentity },
        });
        expect(decideDisclosure(as('unreadable'))).toEqual(decideDisclosure(as('yes')));
        const open = new Set(leaving(as('no')).map(({ index }) => index));
        expect(leaving(as('yes')).every(({ index }) => open.has(index))).toBe(true);
      }),
      RUNS,
    );
  });

  it('closes nothing when a consent is added', () => {
    fc.assert(
      fc.property(anyQuestion, record, (question, more) => {
        const consent: RecordedBasis = {
          ...aboutThis(more, question),
          basis: 'X-01',
          answer: 'given',
          until: null,
          withdrawnAt: null,
        };
        const before = leaving(question).map(({ index }) => index);
        const after = leaving({ ...question, records: [...question.records, consent] });
        expect(before.every((index) => after.some((one) => one.index === index))).toBe(true);
      }),
      RUNS,
    );
  });

  it('shows no content in a notification, and none of a form in a stream or to a sender afterwards', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        fc.constantFrom('notification', 'event-stream', 'sender-view'),
        (question, surface) => {
          for (const { one } of leaving({ ...question, surface })) {
            expect(surface).not.toBe('notification');
            expect(keysOf(FORMS).some((form) => fieldsOf(form).some(([id]) => id === one.field))).toBe(false);
          }
        },
      ),
      RUNS,
    );
  });
});

describe('what is out of force', () => {
  const way = { from: unitOfKind('socialjouren', 'from'), to: unitOfKind('bou', 'to') } as const;
  const ask = (some: Partial<DisclosureQuestion> = {}) =>
    decideDisclosure({
      surface: 'send',
      at: A_DAY,
      ...way,
      subject: { role: 'child', age: 9, protectedIdentity: 'no' },
      purpose: 'child-protection',
      audience: null,
      route: { validFrom: '2026-11-02', validUntil: '2026-11-02' },
      fields: [
        {
          id: 'its',
          definition: field({
            label: { sv: 'dess', en: 'its' },
            concerns: ['child'],
            visibleTo: {},
            type: 'text',
          }),
          permitted: true,
          required: false,
        },
      ],
      records: [],
      receiverMustCall: false,
      disclosed: null,
      ...some,
    }).fields[0];

  it('is a route outside its days, to the minute of the Stockholm day', () => {
    expect(ask()?.verdict).toBe('leaves');
    expect(ask({ at: new Date('2026-11-01T23:00:00Z') })?.verdict).toBe('leaves');
    for (const at of ['2026-11-01T22:59:59Z', '2026-11-02T23:00:00Z']) {
      expect(ask({ at: new Date(at) })).toMatchObject({ verdict: 'withheld', why: 'NOT_IN_FORCE' });
    }
  });

  it('is a receiver that ended or has not begun; a sender that ended must still let go', () => {
    expect(ask({ to: { ...way.to, inForce: false } })).toMatchObject({ why: 'NOT_IN_FORCE' });
    expect(ask({ from: { ...way.from, inForce: false } })?.verdict).toBe('leaves');
  });

  it('is what was disclosed, for a receiver that did not take the matter', () => {
    const read = (phase: (typeof HANDOFF_PHASES)[number], side: 'sender' | 'receiver') =>
      ask({ surface: 'read', disclosed: { fields: ['its'], phase, side } })?.verdict;
    for (const phase of HANDOFF_PHASES) {
      const isTaken = ['sent', 'delivered', 'opened', 'awaiting-information', 'accepted'].includes(phase);
      expect([phase, read(phase, 'receiver')]).toEqual([phase, isTaken ? 'leaves' : 'withheld']);
      expect([phase, read(phase, 'sender')]).toEqual([phase, 'leaves']);
    }
    expect(
      ask({ surface: 'read', disclosed: { fields: ['another'], phase: 'accepted', side: 'receiver' } }),
    ).toMatchObject({ why: 'NOT_DISCLOSED' });
  });
});

describe('a sequence of words', () => {
  type Word =
    | { readonly does: 'give'; readonly days: number | null }
    | { readonly does: 'refuse' | 'withdraw' | 'state' | 'ask' };
  const word: fc.Arbitrary<Word> = fc.oneof(
    fc.record({
      does: fc.constant('give' as const),
      days: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
    }),
    fc.record({ does: fc.constantFrom('refuse', 'withdraw', 'state', 'ask') }),
  );
  const from: DisclosureSide = { is: 'unit', unit: 'a', kind: 'socialjouren', authority: 'x', inForce: true };
  const to: DisclosureSide = { is: 'unit', unit: 'b', kind: 'rvt', authority: 'y', inForce: true };

  it('lets her information out only while a yes of hers has neither run out nor been followed by a no', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        let records: RecordedBasis[] = [];
        let at = A_DAY;
        let yes: (Date | null)[] = [];
        let hasSaid = false;
        for (const [index, one] of words.entries()) {
          at = new Date(at.getTime() + DAY);
          const base = {
            ...BLANK,
            recordId: `r${index}`,
            unit: 'a',
            recipient: 'b',
            givenAt: at,
          };
          if (one.does === 'give') {
            const until = one.days === null ? null : new Date(at.getTime() + one.days * DAY);
            records.push({ ...base, until });
            yes.push(until);
            hasSaid = true;
          } else if (one.does === 'refuse') {
            records.push({ ...base, answer: 'refused' });
            yes = [];
            hasSaid = true;
          } else if (one.does === 'withdraw') {
            const now = at;
            records = records.map((each) =>
              each.answer === 'given' && each.withdrawnAt === null ? { ...each, withdrawnAt: now } : each,
            );
            yes = [];
          }
          at = new Date(at.getTime() + 1);
          const now = at;
          const isOpen = yes.some((until) => until === null || now < until);
          const stated = { ...base, source: 'statement' as const, givenAt: at };
          expect(told(records, at)).toBe(isOpen);
          // A statement stands in for a record only where nothing was ever said, and never above a no.
          if (!isOpen && hasSaid) expect(told([...records, stated], at)).toBe(false);
          if (records.length === 0) expect(told([stated], at)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  const BLANK: RecordedBasis = {
    recordId: 'r',
    basis: 'X-01',
    answer: 'given',
    source: 'recorded',
    unit: 'a',
    recipient: 'b',
    purpose: 'adult-safety',
    fields: 'all',
    givenAt: A_DAY,
    until: null,
    withdrawnAt: null,
    conditions: [],
    deciderRoles: [],
  };
  const HERS = field({
    label: { sv: 'hennes', en: 'hers' },
    concerns: ['victim'],
    visibleTo: {},
    type: 'text',
  });
  function told(records: readonly RecordedBasis[], at: Date): boolean {
    return (
      leaving({
        surface: 'send',
        at,
        from,
        to,
        subject: { role: 'victim', age: null, protectedIdentity: 'no' },
        purpose: 'adult-safety',
        audience: null,
        route: null,
        fields: [{ id: 'hers', definition: HERS, permitted: true, required: false }],
        records,
        receiverMustCall: false,
        disclosed: null,
      }).length > 0
    );
  }
});
