import { beforeAll, describe, expect, it } from '@jest/globals';
import { shippedDataFolder, snapshotFromFiles } from '#directory';
import {
  type AskedField,
  AUTHORITY_KINDS,
  AUTHORITY_OF_UNIT_KIND,
  authorityKindOf,
  type BasisId,
  contentAccess,
  DISCLOSURE_MATRIX,
  type DirectorySnapshot,
  type DisclosureQuestion,
  type DisclosureSide,
  decideDisclosure,
  FIELD_SETS,
  FORMS,
  fieldsOf,
  HANDOFF_PHASES,
  isSameAuthority,
  isSideOf,
  itemsOfSet,
  keysOf,
  PERSON_CAPACITIES,
  PURPOSES,
  type Purpose,
  questionOfRoute,
  ROLES,
  ROUTES,
  type Role,
  type Route,
  recipientOf,
  SUBJECT_ROLES,
  SURFACES,
  type SubjectRole,
  senderSees,
  sideOfUnit,
  UNIT_KINDS,
} from '#domain';
import { pairwise } from './disclosure-surfaces.combinations.js';
import { A_DAY, ALL_GRANTS, doesHold, type Grant, recordsOf } from './disclosure-surfaces.grants.js';
import { groundsOfHandover, LAW, MAY_READ, mayLeave, opens } from './disclosure-surfaces.law.js';

const ALL_ROLES = keysOf(ROLES);
const ALL_BASES = keysOf(LAW);
const WHOSE = {
  incident: 'i',
  victim: 'v',
  child: 'c',
  'alleged-perpetrator': 'p',
  reporter: 'r',
  staff: 's',
};
const PROTECTION = ['no', 'yes', 'unreadable'] as const;
const AGES = [null, 9, 17, 18, 20, 21, 40] as const;
/** Before every dated act, the day before the youngest came into force, that day, and later. */
const DAYS = ['2024-06-03', '2025-11-30', '2025-12-01', '2026-11-02'] as const;
const AUDIENCES = [
  null,
  'socialjouren',
  'child-unit',
  'victim-unit',
  'perpetrator-unit',
  'support-unit',
  'police',
] as const;
const NEEDS = [
  'adult-safety',
  'child-protection',
  'perpetrator-change',
  'adult-support',
  'child-support',
  'mental-health',
  'protected-housing',
  'legal-process',
];
const HANDOVER_STATUS: readonly string[] = LAW['X-ACK'].pieces === 'any' ? [] : (LAW['X-ACK'].pieces ?? []);
const PIECES_OF_A_HANDOVER = new Set([...HANDOVER_STATUS, 'report-outcome', 'work-outcome', 'work-instants']);

/** Every field of every form, and every piece that no form carries, by where it comes from. */
const FIELDS: readonly (readonly AskedField[])[] = [
  ...keysOf(FORMS).map((form) =>
    fieldsOf(form).map(([id, definition]) => ({ id, definition, permitted: true, required: false })),
  ),
  keysOf(FIELD_SETS).flatMap((set) =>
    Object.entries(itemsOfSet(set) ?? {}).map(([id, definition]) => ({
      id,
      definition,
      permitted: true,
      required: false,
    })),
  ),
];
const NUMBER_OF_FIELDS = FIELDS.flat().length;
/** The same a few at a time: who asks of a few learns as much. */
const FEW: readonly (readonly AskedField[])[] = FIELDS.flatMap((all) =>
  Array.from({ length: Math.ceil(all.length / 7) }, (_, at) => all.slice(at * 7, at * 7 + 7)),
);
const FIELDS_OF: Readonly<Partial<Record<string, readonly AskedField[]>>> = {
  'of-the-form': FIELDS.slice(0, -1).flat(),
  'own-file': FIELDS.flat(),
};
const PIECES = new Set(FIELDS.at(-1)?.map(({ id }) => id));

interface Sides {
  readonly from: DisclosureSide;
  readonly to: DisclosureSide;
}

let directory: DirectorySnapshot;
let ways: readonly Sides[];
beforeAll(async () => {
  const read = await snapshotFromFiles(await shippedDataFolder());
  if (!read.ok) throw new Error('the shipped directory does not load');
  directory = read.value;
  ways = waysOf(directory);
});

/**
 * Of the shipped directory every ordered pair of kinds of unit, once within a unit, once within an authority and once
 * across where there are such units; and every kind of unit with every body and person outside, both ways.
 */
function waysOf(snapshot: DirectorySnapshot): Sides[] {
  const inForce = snapshot.units.flatMap(({ id }) => {
    const side = sideOfUnit(snapshot, id, A_DAY);
    return side?.is === 'unit' && side.inForce ? [side] : [];
  });
  const found = new Map<string, Sides>();
  for (const from of inForce)
    for (const to of inForce) {
      const how = from.unit === to.unit ? 'unit' : from.authority === to.authority ? 'authority' : 'across';
      const key = `${from.kind} ${to.kind} ${how}`;
      if (!found.has(key)) found.set(key, { from, to });
    }
  const kinds = keysOf(UNIT_KINDS).flatMap((kind) => inForce.find((one) => one.kind === kind) ?? []);
  const ofUnits = new Set<string>(Object.values(AUTHORITY_OF_UNIT_KIND));
  const bodies = keysOf(AUTHORITY_KINDS)
    .filter((kind) => !ofUnits.has(kind))
    .map((kind): DisclosureSide => ({ is: 'authority', kind }));
  const persons = keysOf(PERSON_CAPACITIES).flatMap((capacity): DisclosureSide[] => [
    { is: 'person', capacity },
    ...(capacity === 'guardian' || capacity === 'parent'
      ? keysOf(SUBJECT_ROLES).map((isPerson): DisclosureSide => ({ is: 'person', capacity, isPerson }))
      : []),
  ]);
  const ended = kinds.slice(0, 2).map((one) => ({ ...one, unit: `ended-${one.kind}`, inForce: false }));
  return [
    ...found.values(),
    ...kinds.flatMap((from) => [...bodies, ...persons, ...ended].map((to) => ({ from, to }))),
    ...bodies
      .filter((one) => one.is === 'authority' && (one.kind === 'prison' || one.kind === 'court'))
      .flatMap((from) => [...kinds, ...bodies, ...persons].map((to) => ({ from, to }))),
  ];
}

/** What shows to somebody in this role: nothing at all to who may not read, else what the policy lets out. */
function shown(question: DisclosureQuestion, reader: Role) {
  const { ordinary } = contentAccess({ person: 'p', roles: [reader], isOnDuty: true, assignedTo: [null] });
  if (!ordinary) return [];
  return decideDisclosure(question).fields.flatMap((one, at) => {
    const asked = question.fields[at];
    return one.verdict === 'leaves' && asked !== undefined ? [{ ...one, asked }] : [];
  });
}

/** Why a ground cannot carry this field here, by B6; null when it can. */
function illegal(basis: BasisId, question: DisclosureQuestion, field: AskedField): string | null {
  const { from, to, subject, at } = question;
  const law = LAW[basis];
  const asked = to.is === 'person' ? to.capacity : (authorityKindOf(to) ?? '');
  if (!law.from.includes(authorityKindOf(from) ?? '')) return 'not theirs to tell by';
  if (!law.to.includes(asked)) return 'not to be told by it';
  if (!law.about.includes(subject.role)) return 'not about such a person';
  if (law.since !== undefined && at < new Date(`${law.since}T00:00:00+01:00`)) return 'not in force yet';
  const age = subject.age ?? (subject.role === 'child' ? 0 : 99);
  if (law.under !== undefined && age >= law.under) return 'too old';
  if (law.within === 'unit' && recipientOf(from) !== recipientOf(to)) return 'not the own unit';
  if (law.within === 'authority' && !isSameAuthority(from, to)) return 'not one authority';
  if (law.unprotected === true && subject.protectedIdentity !== 'no') return 'protected';
  const isPiece = PIECES.has(field.id);
  if (law.pieces === 'any') return null;
  if (isPiece && law.pieces?.includes(field.id) !== true) return 'another piece';
  if (!isPiece && law.pieces !== null && basis !== 'X-01') return 'a form by a ground for a piece';
  return null;
}

/** What no ground overrides: said as people say it, surface by surface. */
function forbidden(question: DisclosureQuestion, { id, definition }: AskedField): string | null {
  const { surface, to, subject, purpose, audience, route } = question;
  const { concerns, keepFrom } = definition;
  const isForm = !PIECES.has(id);
  const isHers = concerns.some((whom) => whom === 'victim' || whom === 'child' || whom === 'reporter');
  const isReader = to.is === 'person';
  if (surface === 'notification') return 'a notice has no content';
  if (surface === 'event-stream' || surface === 'sender-view') {
    if (isForm || !PIECES_OF_A_HANDOVER.has(id)) return 'a stream and a sender see of the handover only';
  }
  if (surface === 'insight' && purpose !== 'insight') return 'insight is for insight';
  if (surface === 'export' && purpose !== 'case-file') return 'export is of the own file';
  if (surface !== 'insight' && purpose === 'insight') return 'insight has a surface of its own';
  if (surface !== 'export' && purpose === 'case-file') return 'a case file has a surface of its own';
  if (authorityKindOf(to) === 'coordination') return 'the coordinator is told nothing';
  const isHisSide =
    audience === 'perpetrator-unit' ||
    (isReader && to.capacity === 'alleged-perpetrator') ||
    (isReader &&
      subject.role === 'alleged-perpetrator' &&
      (to.capacity === 'the-person' || to.capacity === 'counsel')) ||
    (!isReader &&
      subject.role === 'alleged-perpetrator' &&
      (NEEDS.includes(purpose) || purpose === 'case-file'));
  const isHisFile = subject.role === 'alleged-perpetrator' && purpose === 'own-work';
  if ((isHisSide || isHisFile) && isHers) return 'never to his side';
  if (isHisSide && keepFrom.includes('alleged-perpetrator')) return 'kept from him';
  if (authorityKindOf(to) === 'health' && !isHisSide && keepFrom.includes('region'))
    return 'kept from the Region';
  if (isReader && (to.capacity === 'guardian' || to.capacity === 'parent')) {
    if (keepFrom.includes('guardians')) return 'kept from guardians';
    if (to.isPerson !== 'victim' && keepFrom.includes('alleged-perpetrator')) return 'may be him';
  }
  const letters = audience === null ? undefined : definition.visibleTo[audience];
  if (audience !== null && letters === undefined) return 'not for this receiver';
  if (letters === 'masked') return 'masked';
  const isProtected = subject.protectedIdentity !== 'no';
  const isOwn = isReader && (to.capacity === 'the-person' || to.capacity === 'counsel');
  if (surface === 'insight' && isProtected && definition.tellsWhere && !isOwn)
    return 'where a protected one is';
  if (to.is === 'unit' && !to.inForce) return 'the unit is not there';
  if (route?.validUntil !== null && route !== null) return 'the route has ended';
  return null;
}

function questionOf(
  some: Pick<DisclosureQuestion, 'from' | 'to' | 'purpose' | 'fields' | 'surface'> &
    Partial<DisclosureQuestion>,
): DisclosureQuestion {
  return {
    at: A_DAY,
    subject: { role: 'victim', age: null, protectedIdentity: 'no' },
    audience: null,
    route: null,
    records: [],
    receiverMustCall: false,
    disclosed: null,
    ...some,
  };
}

/** Holds every field that shows against B6 and the rules; returns how many there were. */
function judge(
  question: DisclosureQuestion,
  granted: readonly { basis: BasisId; grant: Grant; role: Role }[],
  reader: Role,
): number {
  const all = shown(question, reader);
  for (const { asked, bases, sealedApart } of all) {
    const told = `${asked.id} on ${question.surface} to ${recipientOf(question.to)}`;
    if (!MAY_READ.includes(reader)) throw new Error(`${told}: shown to the ${reader}`);
    const never = forbidden(question, asked);
    if (never !== null) throw new Error(`${told}: ${never}`);
    if (asked.definition.tellsWhere && question.subject.protectedIdentity !== 'no' && !sealedApart)
      throw new Error(`${told}: where a protected one is, and not sealed apart`);
    if (bases.length === 0) throw new Error(`${told}: on no basis`);
    for (const { basis, recordId } of bases) {
      const why = illegal(basis, question, asked);
      if (why !== null) throw new Error(`${told} by ${basis}: ${why}`);
      if (LAW[basis].word === 'law') continue;
      const holds = granted.some((one) => one.basis === basis && doesHold(basis, one.grant, one.role));
      if (!holds || recordId === null) throw new Error(`${told} by ${basis}: ${JSON.stringify(granted)}`);
    }
    const { role } = question.subject;
    const parts = NEEDS.includes(question.purpose)
      ? asked.definition.concerns.filter(
          (whom) => !(whom in SUBJECT_ROLES) || whom === role || rides(whom, role),
        )
      : asked.definition.concerns;
    const open = parts.every((whom) => bases.some(({ basis }) => opens(LAW[basis], WHOSE[whom], role)));
    if (!open)
      throw new Error(`${told} by ${bases.map(({ basis }) => basis).join()}: not of everybody concerned`);
  }
  return all.length;
}

function rides(whom: string, subject: string): boolean {
  return subject === 'child' || (subject === 'victim' && whom === 'alleged-perpetrator');
}

describe('authorities × roles × fields × surfaces × grants, against the law as it is written in B6', () => {
  it('lets nothing show that a rule forbids, in every pair of any two of twelve dimensions', () => {
    const purposes = keysOf(PURPOSES);
    const subjects = keysOf(SUBJECT_ROLES);
    const rows = pairwise(
      [
        ways.length,
        ALL_BASES.length,
        purposes.length,
        ALL_GRANTS.length,
        ALL_ROLES.length,
        ALL_ROLES.length,
        SURFACES.length,
        FEW.length,
        subjects.length * PROTECTION.length,
        AGES.length,
        DAYS.length,
        AUDIENCES.length,
      ],
      20_261_122,
    );
    let [asked, open] = [0, 0];
    for (const [
      way,
      basis,
      purpose,
      grant,
      decider,
      reader,
      surface,
      fields,
      who,
      age,
      day,
      audience,
    ] of rows) {
      const sides = ways[way ?? 0];
      const few = FEW[fields ?? 0] ?? [];
      const role = subjects[(who ?? 0) % subjects.length];
      if (sides === undefined || role === undefined) throw new Error('no such row');
      const at = new Date(`${DAYS[day ?? 0]}T12:00:00+01:00`);
      const ask = (about: { basis: BasisId; role: SubjectRole; purpose: Purpose; isAimed: boolean }) => {
        const question = questionOf({
          ...sides,
          at,
          purpose: about.purpose,
          surface: SURFACES[surface ?? 0] ?? 'send',
          fields: few,
          subject: {
            role: about.role,
            age: AGES[age ?? 0] ?? null,
            protectedIdentity: PROTECTION[Math.floor((who ?? 0) / subjects.length)] ?? 'no',
          },
          audience: about.isAimed ? null : (AUDIENCES[audience ?? 0] ?? null),
        });
        const { basis: ground } = about;
        const granted = ALL_GRANTS[grant ?? 0] ?? 'none';
        const by = ALL_ROLES[decider ?? 0] ?? 'auditor';
        const ids = few.map(({ id }) => id);
        const records = recordsOf(ground, granted, by, question, ids);
        asked += 1;
        open += judge(
          { ...question, records },
          [{ basis: ground, grant: granted, role: by }],
          ALL_ROLES[reader ?? 0] ?? 'auditor',
        );
      };
      ask({
        basis: ALL_BASES[basis ?? 0] ?? 'X-01',
        role,
        purpose: purposes[purpose ?? 0] ?? 'own-work',
        isAimed: false,
      });
      // And the same where the way is one that a row of the matrix is about: chance alone would seldom meet it.
      const near = DISCLOSURE_MATRIX.filter(
        (row) => isSideOf(row.from, sides.from) && isSideOf(row.to, sides.to),
      );
      const row = near[(basis ?? 0) % Math.max(1, near.length)];
      if (row === undefined) continue;
      ask({
        basis: row.basis,
        role: row.subjects[(who ?? 0) % row.subjects.length] ?? role,
        purpose: row.purposes[(purpose ?? 0) % row.purposes.length] ?? 'own-work',
        isAimed: true,
      });
    }
    // So many rows, so many questions of seven fields each, and so many fields that did show.
    expect([rows.length > 14_000, asked > 22_000, open > 500]).toEqual([true, true, true]);

    expect([ways.length > 250, NUMBER_OF_FIELDS > 75]).toEqual([true, true]);
  });

  it('closes on every grant that does not hold, opens on every one that does, at each row of the matrix', () => {
    let [asked, open] = [0, 0];
    const wrong: string[] = [];
    for (const row of DISCLOSURE_MATRIX) {
      const { basis } = row;
      const [role] = row.subjects;
      const [purpose] = row.purposes;
      const law = LAW[basis];
      const lawful = ways.filter(
        ({ from, to }) =>
          isSideOf(row.from, from) &&
          isSideOf(row.to, to) &&
          isThere(to) &&
          (law.within !== 'unit' || recipientOf(from) === recipientOf(to)) &&
          (law.within !== 'authority' || isSameAuthority(from, to)),
      );
      expect([row.id, lawful.length > 0]).toEqual([row.id, true]);
      const fields = (FIELDS_OF[row.opens.set] ?? FIELDS.at(-1) ?? []).filter(({ definition }) =>
        definition.concerns.every((whom) => row.opens.concerns.includes(whom)),
      );
      const ask = (sides: Sides, grant: Grant, decider: Role, reader: Role) => {
        const question = questionOf({
          ...sides,
          purpose,
          surface: SURFACE_OF[purpose] ?? 'send',
          fields,
          subject: { role, age: law.under === undefined ? null : 9, protectedIdentity: 'no' },
        });
        const ids = fields.map(({ id }) => id);
        const records = recordsOf(basis, grant, decider, question, ids);
        asked += 1;
        const count = judge({ ...question, records }, [{ basis, grant, role: decider }], reader);
        open += count;
        return count > 0;
      };
      for (const sides of lawful.slice(0, 2)) {
        // Another ground of the same way may be the law itself: then it is open by that.
        const isOpenAnyway = ask(sides, 'none', 'auditor', 'case-worker');
        for (const grant of ALL_GRANTS) {
          const expected = isOpenAnyway || doesHold(basis, grant, 'unit-head');
          if (ask(sides, grant, 'unit-head', 'case-worker') !== expected)
            wrong.push(`${row.id} to ${recipientOf(sides.to)} ${grant}: not ${expected}`);
        }
      }
      const [sides] = lawful;
      if (sides === undefined) continue;
      const isOpenAnyway = ask(sides, 'none', 'auditor', 'case-worker');
      for (const decider of ALL_ROLES)
        for (const reader of ALL_ROLES) {
          const expected = MAY_READ.includes(reader) && (isOpenAnyway || doesHold(basis, 'given', decider));
          if (ask(sides, 'given', decider, reader) !== expected)
            wrong.push(`${row.id} decided by ${decider}, read by ${reader}: not ${expected}`);
        }
    }
    expect(wrong).toEqual([]);
    expect([asked > 3_800, open > 40_000]).toEqual([true, true]);
  });

  it.each(ROUTES.map((route) => [route.id, route] as const))(
    'lets by %s exactly the fields of forms.md leave, for each ground, grant, role and protection',
    (_, route) => {
      let open = 0;
      for (const { from, to } of waysOfRoute(route)) {
        const grounds = groundsOfHandover({
          from: authorityKindOf(from) ?? '',
          to: authorityKindOf(to) ?? '',
          subject: route.subject,
          isOneAuthority: isSameAuthority(from, to),
        });
        expect(grounds.length).toBeGreaterThan(0);
        // Who decided matters only where something holds; elsewhere one who may, and one more.
        for (const [index, grant] of ALL_GRANTS.entries())
          for (const ground of grounds)
            for (const role of ALL_ROLES.filter(
              (one, at) =>
                doesHold(ground, grant, 'unit-head') ||
                one === 'unit-head' ||
                at === index % ALL_ROLES.length,
            )) {
              const mustCall = index % 2 === 0;
              const protectedIdentity = PROTECTION[index % PROTECTION.length] ?? 'no';
              const subject = { role: route.subject, age: null, protectedIdentity } as const;
              const records = recordsOf(
                ground,
                grant,
                role,
                { from, to, at: A_DAY, purpose: route.matterKind },
                ALL_OF(route),
              );
              const expected = mayLeave({
                form: route.form,
                audience: route.audience,
                subject: route.subject,
                grounds: grounds.filter(
                  (one) => LAW[one].word === 'law' || (one === ground && doesHold(one, grant, role)),
                ),
                mustCall,
              });
              for (const surface of [(['preview', 'send'] as const)[index % 2] ?? 'send']) {
                const decision = decideDisclosure(
                  questionOfRoute(route, {
                    surface,
                    at: A_DAY,
                    from,
                    to,
                    subject,
                    records,
                    receiverMustCall: mustCall,
                  }),
                );
                const leaving = decision.fields.flatMap((one) =>
                  one.verdict === 'leaves' ? [one.field] : [],
                );
                if (leaving.join() !== expected.join())
                  expect([recipientOf(to), ground, grant, role, surface, leaving]).toEqual([
                    recipientOf(to),
                    ground,
                    grant,
                    role,
                    surface,
                    expected,
                  ]);
                open += leaving.length;
              }
            }
      }
      expect(open).toBeGreaterThan(0);
    },
  );

  it('lets a child of eighteen out of no child’s route, and a route outside its days carry nothing', () => {
    for (const route of ROUTES)
      for (const { from, to } of waysOfRoute(route)) {
        const grounds = groundsOfHandover({
          from: authorityKindOf(from) ?? '',
          to: authorityKindOf(to) ?? '',
          subject: route.subject,
          isOneAuthority: isSameAuthority(from, to),
        });
        const ask = (at: Date, age: number | null) => {
          const way = { from, to, at, purpose: route.matterKind };
          const records = grounds.flatMap((ground) =>
            recordsOf(ground, 'given', 'unit-head', way, ALL_OF(route)),
          );
          const subject = { role: route.subject, age, protectedIdentity: 'no' } as const;
          const { fields } = decideDisclosure(
            questionOfRoute(route, { surface: 'send', at, from, to, subject, records }),
          );
          return fields.some(({ verdict }) => verdict === 'leaves');
        };
        const began = new Date(`${route.validFrom}T00:00:00+01:00`);
        expect([route.id, ask(new Date(began.getTime() - 1), null), ask(began, null)]).toEqual([
          route.id,
          false,
          true,
        ]);
        if (route.subject === 'child')
          expect([route.id, ...[17, 18].map((age) => ask(A_DAY, age))]).toEqual([route.id, true, false]);
      }
  });

  it('reads to a receiver what was disclosed and no more, while it has a need of it; to a sender what it wrote', () => {
    for (const route of ROUTES)
      for (const { from, to } of waysOfRoute(route).slice(0, 1))
        for (const phase of HANDOFF_PHASES)
          for (const side of ['sender', 'receiver'] as const) {
            const given = route.permittedFields.filter((_, at) => at % 2 === 0);
            const { fields } = decideDisclosure(
              questionOfRoute(route, {
                surface: 'read',
                at: A_DAY,
                from,
                to,
                subject: { role: route.subject, age: null, protectedIdentity: 'unreadable' },
                receiverMustCall: true,
                disclosed: { fields: [...given, 'victim.identity', 'child.identity'], phase, side },
              }),
            );
            const isOver = ['declined', 'redirected', 'withdrawn', 'superseded', 'entered-in-error'].includes(
              phase,
            );
            const may = new Set(
              mayLeave({
                form: route.form,
                audience: route.audience,
                subject: route.subject,
                grounds: EVERY_GROUND,
                mustCall: true,
              }),
            );
            const expected =
              side === 'receiver' && isOver
                ? []
                : [...may].filter(
                    (field) =>
                      given.some((one) => one === field) ||
                      field === 'victim.identity' ||
                      field === 'child.identity',
                  );
            const readable = fields.flatMap((one) => (one.verdict === 'leaves' ? [one.field] : []));
            expect([route.id, phase, side, readable]).toEqual([route.id, phase, side, expected]);
          }
  });

  it('shows a sender of each route, in each phase, only what became of its offer', () => {
    const of: Readonly<Record<string, readonly string[]>> = {
      sent: ['phase', 'sent-at'],
      delivered: ['phase', 'sent-at', 'delivered-at'],
      accepted: ['phase', 'sent-at', 'delivered-at', 'opened-at', 'taken-at', 'taken-by-function', 'receipt'],
    };
    for (const route of ROUTES)
      for (const { from, to } of waysOfRoute(route))
        for (const phase of HANDOFF_PHASES)
          for (const surface of ['sender-view', 'event-stream'] as const) {
            const seen = [...senderSees({ route, phase, at: A_DAY, sender: from, receiver: to, surface })];
            expect(seen.filter((item) => !HANDOVER_STATUS.includes(item))).toEqual([]);
            if (of[phase] !== undefined)
              expect([route.id, phase, seen]).toEqual([route.id, phase, of[phase]]);
          }
  });
});

const EVERY_GROUND = ['X-02', 'X-11', 'X-IND', 'X-02b'] as const;
const SURFACE_OF: Readonly<Partial<Record<string, DisclosureQuestion['surface']>>> = {
  insight: 'insight',
  'handover-status': 'sender-view',
};
const isThere = (side: DisclosureSide) => side.is !== 'unit' || side.inForce;
const ALL_OF = ({ form }: Route) => fieldsOf(form).map(([id]) => id);

/** Units of the shipped directory at both ends of a route: across authorities, and within one where there are such. */
function waysOfRoute(route: Route): Sides[] {
  return ways.filter(
    ({ from, to }) =>
      from.is === 'unit' &&
      to.is === 'unit' &&
      from.kind === route.from &&
      to.kind === route.to &&
      from.unit !== to.unit &&
      to.inForce,
  );
}
