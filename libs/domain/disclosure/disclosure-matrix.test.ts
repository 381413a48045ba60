import { describe, expect, it } from '@jest/globals';
import { type FieldDefinition, field } from '../forms/index.js';
import { ROUTES } from '../routes/index.js';
import { keysOf } from '../wording/index.js';
import { BASES, basisWithId } from './bases.js';
import { CONDITIONS } from './conditions.js';
import { decideDisclosure } from './decide-disclosure.js';
import { basesBetween, DISCLOSURE_MATRIX, isValidOn, NOT_USABLE, notUsableOn } from './disclosure-matrix.js';
import type { DisclosureQuestion, RecordedBasis } from './disclosure-question.js';
import { isSideOf } from './disclosure-side.js';
import { itemsOfSet } from './field-sets.js';
import type { MatrixRow } from './matrix-row.js';
import { PURPOSES } from './purposes.js';
import { A_DAY, recordOf, sideOf } from './test/questions.js';

const ROWS = DISCLOSURE_MATRIX.map((row) => [row.id, row] as const);

/** The question that a row is the answer to: its first way, its first purpose, everything recorded and ticked. */
function questionOf(row: MatrixRow, some: Partial<DisclosureQuestion> = {}): DisclosureQuestion {
  const basis = basisWithId(row.basis);
  const isOwnUnit = basis.conditions.includes('own-unit');
  const isOneAuthority = basis.conditions.includes('same-authority');
  const from = sideOf(row.from, 'from', isOneAuthority ? 'one' : undefined);
  const to = isOwnUnit ? from : sideOf(row.to, 'to', isOneAuthority ? 'one' : undefined);
  const [role] = row.subjects;
  const [purpose] = row.purposes;
  return {
    surface: surfaceOf(purpose),
    at: A_DAY,
    from,
    to,
    subject: {
      role,
      age: basis.conditions.includes('under-18') ? 9 : basis.conditions.includes('under-21') ? 20 : null,
      protectedIdentity: 'no',
    },
    purpose,
    audience: null,
    route: null,
    fields: fieldsFor(row),
    records:
      basis.kind === 'consent' || basis.kind === 'individual-decision'
        ? [recordOf(row.basis, from, to, purpose, { fields: fieldsFor(row).map(({ id }) => id) })]
        : [],
    receiverMustCall: false,
    disclosed: null,
    ...some,
  };
}

function surfaceOf(purpose: DisclosureQuestion['purpose']): DisclosureQuestion['surface'] {
  if (purpose === 'insight') return 'insight';
  if (purpose === 'handover-status') return 'sender-view';
  return 'send';
}

/** The pieces of the row's set that it opens alone; for the form, a plain field of whom it opens for. */
function fieldsFor(row: MatrixRow): DisclosureQuestion['fields'] {
  const asked = (id: string, definition: FieldDefinition) => ({
    id,
    definition,
    permitted: true,
    required: false,
  });
  const items = itemsOfSet(row.opens.set);
  if (items === null) {
    const whom = row.opens.concerns.find((one) => one === row.subjects[0]) ?? row.opens.concerns[0];
    if (whom === undefined) throw new Error(`${row.id} opens for nobody`);
    return [
      asked(
        'test.field',
        field({ label: { sv: 'prov', en: 'test' }, concerns: [whom], visibleTo: {}, type: 'text' }),
      ),
    ];
  }
  return keysOf(items).flatMap((id) => {
    const definition = items[id];
    return definition?.concerns.every((whom) => row.opens.concerns.includes(whom))
      ? [asked(id, definition)]
      : [];
  });
}

/** The fields that leave by this row's basis. */
const opened = (row: MatrixRow, some: Partial<DisclosureQuestion> = {}) =>
  decideDisclosure(questionOf(row, some)).fields.flatMap((one) =>
    one.verdict === 'leaves' && one.bases.some(({ basis }) => basis === row.basis) ? [one.field] : [],
  );
const DAY = 86_400_000;

describe('each row of the matrix', () => {
  it.each(ROWS)('%s opens its fields when everything it asks is there', (_, row) => {
    expect(opened(row)).toEqual(fieldsFor(row).map(({ id }) => id));
    expect(opened(row).length).toBeGreaterThan(0);
  });

  it.each(ROWS)('%s opens nothing for another purpose, another receiver or another person', (_, row) => {
    const otherwise = keysOf(PURPOSES).filter(
      (one) =>
        !DISCLOSURE_MATRIX.some(({ basis, purposes }) => basis === row.basis && purposes.includes(one)),
    );
    for (const purpose of otherwise) expect([purpose, opened(row, { purpose })]).toEqual([purpose, []]);
    expect(opened(row, { to: { is: 'authority', kind: 'coordination' } })).toEqual([]);
    const others = ['victim', 'child', 'alleged-perpetrator'] as const;
    // What another row of the same basis opens for that person is that row's.
    const ofAnotherRow = (role: (typeof others)[number]) =>
      DISCLOSURE_MATRIX.some(
        ({ id, basis, subjects, opens }) =>
          id !== row.id &&
          basis === row.basis &&
          subjects.includes(role) &&
          fieldsFor(row).every(({ definition }) =>
            definition.concerns.every((whom) => opens.concerns.includes(whom)),
          ),
      );
    for (const role of others.filter((one) => !row.subjects.includes(one) && !ofAnotherRow(one))) {
      expect(opened(row, { subject: { role, age: 9, protectedIdentity: 'no' } })).toEqual([]);
    }
  });

  const dated = ROWS.filter(([, row]) => basisWithId(row.basis).validFrom !== null);
  it.each(dated)('%s opens nothing the day before it came into force, and opens that day', (_, row) => {
    const start = new Date(`${basisWithId(row.basis).validFrom}T00:00:00+02:00`);
    const day = new Date(start.getTime() + DAY / 2);
    const [record] = questionOf(row).records;
    const records = record === undefined ? [] : [{ ...record, givenAt: new Date(0) }];
    expect(opened(row, { at: new Date(day.getTime() - DAY), records })).toEqual([]);
    expect(opened(row, { at: day, records })).toEqual(fieldsFor(row).map(({ id }) => id));
  });

  const worded = ROWS.filter(([, row]) => questionOf(row).records.length > 0);
  const lacking: readonly (readonly [string, Partial<RecordedBasis>])[] = [
    ['is refused', { answer: 'refused' }],
    ['was not asked for', { answer: 'not-asked' }],
    ['was taken back', { withdrawnAt: A_DAY }],
    ['has run out', { until: A_DAY }],
    ['lies ahead', { givenAt: new Date(A_DAY.getTime() + 1) }],
    ['is for another recipient', { recipient: 'somebody-else' }],
    ['is of another unit', { unit: 'somebody-else' }],
    ['is for another purpose', { purpose: 'own-work' }],
    ['covers another field', { fields: ['another'] }],
    ['is not named', { recordId: null }],
  ];
  it.each(worded)(
    '%s opens nothing without its record, and nothing on one that lacks something',
    (_, row) => {
      expect(opened(row, { records: [] })).toEqual([]);
      const [whole] = questionOf(row).records;
      for (const [why, lack] of lacking) {
        const records = whole === undefined ? [] : [{ ...whole, ...lack }];
        expect([why, opened(row, { records })]).toEqual([why, []]);
      }
    },
  );

  const decided = worded.filter(([, row]) => basisWithId(row.basis).decidedBy.by === 'role');
  it.each(decided)('%s opens nothing decided by somebody who may not', (_, row) => {
    const [whole] = questionOf(row).records;
    if (whole === undefined) throw new Error('no record');
    expect(opened(row, { records: [{ ...whole, deciderRoles: ['administrator', 'coordinator'] }] })).toEqual(
      [],
    );
    expect(opened(row, { records: [{ ...whole, deciderRoles: [] }] })).toEqual([]);
  });

  const ticked = worded.filter(([, row]) =>
    basisWithId(row.basis).conditions.some((one) => CONDITIONS[one].how === 'by-person'),
  );
  it.each(ticked)('%s opens nothing while any one of its conditions is unticked', (_, row) => {
    const [whole] = questionOf(row).records;
    if (whole === undefined) throw new Error('no record');
    for (const condition of whole.conditions) {
      const conditions = whole.conditions.filter((one) => one !== condition);
      expect([condition, opened(row, { records: [{ ...whole, conditions }] })]).toEqual([condition, []]);
    }
  });

  const aged = ROWS.filter(([, row]) =>
    basisWithId(row.basis).conditions.some((one) => one === 'under-18' || one === 'under-21'),
  );
  it.each(aged)('%s opens nothing for somebody who is too old', (_, row) => {
    const { subject } = questionOf(row);
    expect(opened(row, { subject: { ...subject, age: 21 } })).toEqual([]);
  });
});

describe('the bases', () => {
  it('are each reached by a row, and name in two languages what they ask', () => {
    const reached = new Set(DISCLOSURE_MATRIX.map(({ basis }) => basis));
    for (const id of keysOf(BASES)) {
      expect([id, reached.has(id)]).toEqual([id, true]);
      const { text, label, source } = basisWithId(id);
      expect([text.sv, text.en, label.sv, label.en, source].every((one) => one.length > 3)).toBe(true);
    }
  });

  it('hold from the day of their act: 10:15 a from 1 December 2025, the rest as enacted', () => {
    expect(isValidOn(BASES['X-08'], new Date('2025-11-30T22:59:00Z'))).toBe(false);
    expect(isValidOn(BASES['X-08'], new Date('2025-11-30T23:00:00Z'))).toBe(true);
    expect([BASES['X-16'].validFrom, BASES['X-13'].validFrom]).toEqual(['2025-04-01', '2025-07-01']);
  });

  it('that are unclear in law are recorded decisions, never by law alone', () => {
    const unclear = keysOf(BASES).filter((id) => basisWithId(id).isUnclear);
    expect(unclear).toEqual(expect.arrayContaining(['X-02b', 'X-08', 'X-IND', 'X-IN']));
    for (const id of unclear) {
      expect([BASES[id].kind, basisWithId(id).decidedBy.by]).toEqual(['individual-decision', 'role']);
    }
  });
});

describe('what is no basis', () => {
  it.each(NOT_USABLE.map((row) => [row.id, row] as const))('%s is refused with its rule', (_, row) => {
    const [from, to] = [sideOf(row.from, 'from'), sideOf(row.to, 'to')];
    const [refused] = notUsableOn(row.basis, from, to, A_DAY);
    expect(refused?.id).toBe(row.id);
    expect(refused?.rule.sv).not.toBe('');
    expect(refused?.lawfulIf.en).not.toBe('');
    for (const open of DISCLOSURE_MATRIX.filter(({ basis }) => basis === row.basis)) {
      expect(isSideOf(open.from, from) && isSideOf(open.to, to)).toBe(false);
    }
  });

  it('does not keep the police from the general clause, which is theirs', () => {
    const police = sideOf({ authorities: ['police'] }, 'from');
    expect(notUsableOn('X-09', police, sideOf({ authorities: ['health'] }, 'to'), A_DAY)).toEqual([]);
  });
});

describe('the bases of the routes', () => {
  it.each(ROUTES.map((route) => [route.id, route] as const))('%s come from the matrix', (_, route) => {
    expect(route.bases).toEqual(basesBetween(route.from, route.to, route.subject, route.matterKind));
    expect((route.bases[route.subject] ?? []).length).toBeGreaterThan(0);
  });

  it('put what asks nothing of anybody first, then her consent, then a decision', () => {
    expect(basesBetween('police', 'socialjouren', 'victim', 'adult-safety').victim).toEqual([
      'X-01',
      'X-02b',
    ]);
    expect(basesBetween('socialjouren', 'bou', 'child', 'child-protection').child).toEqual(['X-11']);
    expect(basesBetween('socialjouren', 'rvt', 'victim', 'adult-safety').victim?.slice(0, 2)).toEqual([
      'X-01',
      'X-11b',
    ]);
  });

  it('let nothing about a child leave on a way to the police', () => {
    expect(basesBetween('bou', 'police', 'child', 'child-protection')).toEqual({});
  });
});
