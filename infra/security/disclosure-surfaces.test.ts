import { beforeAll, describe, expect, it } from '@jest/globals';
import { shippedDataFolder, snapshotFromFiles } from '#directory';
import {
  authorityKindOf,
  type BasisId,
  DISCLOSURE_MATRIX,
  type DisclosureQuestion,
  type DisclosureSide,
  decideDisclosure,
  fieldsOf,
  HANDOFF_PHASES,
  isSameAuthority,
  isSideOf,
  keysOf,
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
} from '#domain';
import { pairwise } from './disclosure-surfaces.combinations.js';
import { A_DAY, ALL_GRANTS, doesHold, type Grant, recordsOf } from './disclosure-surfaces.grants.js';
import {
  FEW,
  FIELDS,
  FIELDS_OF,
  HANDOVER_STATUS,
  judge,
  NUMBER_OF_FIELDS,
  questionOf,
} from './disclosure-surfaces.judge.js';
import { groundsOfHandover, LAW, MAY_READ, mayLeave } from './disclosure-surfaces.law.js';
import { type Sides, waysOf, waysOfRoute } from './disclosure-surfaces.ways.js';

const ALL_ROLES = keysOf(ROLES);
const ALL_BASES = keysOf(LAW);
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
  'care-unit',
  'police',
] as const;

let ways: readonly Sides[];
beforeAll(async () => {
  const read = await snapshotFromFiles(await shippedDataFolder());
  if (!read.ok) throw new Error('the shipped directory does not load');
  ways = waysOf(read.value);
});

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
      for (const { from, to } of waysOfRoute(ways, route)) {
        const grounds = groundsOfHandover({
          from: authorityKindOf(from) ?? '',
          to: authorityKindOf(to) ?? '',
          subject: route.subject,
          isOneAuthority: isSameAuthority(from, to),
          need: route.matterKind,
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
      for (const { from, to } of waysOfRoute(ways, route)) {
        const grounds = groundsOfHandover({
          from: authorityKindOf(from) ?? '',
          to: authorityKindOf(to) ?? '',
          subject: route.subject,
          isOneAuthority: isSameAuthority(from, to),
          need: route.matterKind,
        });
        const ask = (at: Date, age: number | null, days?: DisclosureQuestion['route']) => {
          const way = { from, to, at, purpose: route.matterKind };
          const records = grounds.flatMap((ground) =>
            recordsOf(ground, 'given', 'unit-head', way, ALL_OF(route)),
          );
          const subject = { role: route.subject, age, protectedIdentity: 'no' } as const;
          const question = questionOfRoute(route, { surface: 'send', at, from, to, subject, records });
          const { fields } = decideDisclosure({ ...question, route: days ?? question.route });
          return fields.some(({ verdict }) => verdict === 'leaves');
        };
        const began = new Date(`${route.validFrom}T00:00:00+01:00`);
        const ended = { validFrom: route.validFrom, validUntil: '2026-11-01' };
        expect([route.id, ask(A_DAY, null), ask(A_DAY, null, ended)]).toEqual([route.id, true, false]);
        expect([route.id, ask(new Date(began.getTime() - 1), null), ask(began, null)]).toEqual([
          route.id,
          false,
          true,
        ]);
        // Grown up, only by her own yes: the sections about children have ended.
        if (route.subject === 'child')
          expect([route.id, ...[17, 18].map((age) => ask(A_DAY, age))]).toEqual([
            route.id,
            true,
            grounds.includes('X-01'),
          ]);
      }
  });

  it('reads to a receiver what was disclosed and no more, while it has a need of it; to a sender what it wrote', () => {
    for (const route of ROUTES)
      for (const { from, to } of waysOfRoute(ways, route).slice(0, 1))
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
      for (const { from, to } of waysOfRoute(ways, route))
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
