import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { chainEvent, makeLeaf } from '#audit';
import type { TestDatabase } from '#database';
import {
  conflictBetween,
  couldMeet,
  isCommission,
  keysOf,
  MATTER_KINDS,
  ROUTES,
  SUBJECT_ROLES,
} from '#domain';
import {
  connect,
  createCustodyDatabase,
  id,
  incidentSql,
  matterSql,
  minute,
  offerSql,
  refusalOf,
  subjectSql,
} from './raw-record.js';

/**
 * Incident 1, all at rvt-a: 1 her safety (investigates), 2 her support (treats), 3 his change (treats), 4 the child's
 * protection. Matter 5, of a later incident, continues 1; 6 is his matter there.
 */
const CASE_SQL = [
  'begin;',
  incidentSql(1),
  subjectSql(1, 1, 'victim'),
  subjectSql(2, 1, 'alleged-perpetrator'),
  subjectSql(3, 1, 'child'),
  matterSql(1, { unit: 'rvt-a' }),
  matterSql(2, { unit: 'rvt-a', kind: 'adult-support' }),
  matterSql(3, { unit: 'rvt-a', subject: 2, kind: 'perpetrator-change' }),
  matterSql(4, { unit: 'rvt-a', subject: 3, kind: 'child-protection' }),
  incidentSql(2),
  subjectSql(4, 2, 'victim'),
  subjectSql(5, 2, 'alleged-perpetrator'),
  matterSql(5, { incident: 2, subject: 4, unit: 'rvt-a' }),
  matterSql(6, { incident: 2, subject: 5, kind: 'perpetrator-change', unit: 'rvt-a' }),
  `update custody.matter set continues_id = '${id('matter', 1)}' where id = '${id('matter', 5)}';`,
  `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en, valid_from)
     values (gen_random_uuid(), 'worker-2', 'rvt-a', 'case-worker', '', '', '2020-01-01'),
            (gen_random_uuid(), 'watcher', 'rvt-a', 'auditor', '', '', '2020-01-01');`,
  'commit;',
].join('');

describe('who may work on what, by the record alone', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let rvt: pg.Client;
  beforeAll(async () => {
    database = await createCustodyDatabase(undefined);
    admin = await connect(database.adminUrl);
    await admin.query(CASE_SQL);
    rvt = await connect(database.urlFor('rvt'));
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await rvt?.end();
    await database?.drop();
  });

  const AT = minute(40);
  const write = (matter: number, changes: object, person = 'worker-a') => ({
    command: 'test',
    at: AT,
    actor: { unit: 'rvt-a', person },
    matterIds: [id('matter', matter)],
    audit: makeLeaf({
      at: new Date(AT),
      authority: 'a',
      unitId: 'rvt-a',
      person,
      kind: 'command',
      action: 'test',
      target: null,
      code: 'OK',
    }),
    ...changes,
  });
  const assign = (matter: number, assignedTo: string) =>
    write(matter, {
      matterChanges: [{ id: id('matter', matter), bumpsVersion: true, setsAssigned: true, assignedTo }],
    });
  const event = (matter: number, kind: string) => {
    const header = { chainId: id('matter', matter), seq: 1, kind };
    return {
      id: id('event', matter),
      handoffId: null,
      matterId: id('matter', matter),
      data: {},
      ...header,
      ...chainEvent(null, header),
    };
  };
  const booking = (matter: number, from: number, until: number, site = 'site-1') => ({
    bookings: [{ matterId: id('matter', matter), site, from: minute(from), until: minute(until) }],
  });
  /** As the service itself: each write in one transaction that is rolled back; the refusal of the last. */
  const tried = (...writes: object[]) =>
    refusalOf(rvt, async () => {
      await rvt.query(`set local handslag.units = 'rvt-a'`);
      for (const one of writes) await rvt.query('select custody.commit_command($1)', [JSON.stringify(one)]);
    });

  it.each([
    ['her and her child', [assign(1, 'worker-2'), assign(4, 'worker-2')], null],
    ['her and him', [assign(1, 'worker-2'), assign(3, 'worker-2')], 'CANNOT_WORK_ON_MATTER'],
    ['him and the child', [assign(3, 'worker-2'), assign(4, 'worker-2')], 'CANNOT_WORK_ON_MATTER'],
    ['her and him, two workers', [assign(1, 'worker-2'), assign(3, 'worker-a')], null],
    ['her safety and her support', [assign(1, 'worker-2'), assign(2, 'worker-2')], 'CANNOT_WORK_ON_MATTER'],
    ['her support and the child', [assign(2, 'worker-2'), assign(4, 'worker-2')], null],
    [
      'her of the case that goes on, and him of the first',
      [assign(5, 'worker-2'), assign(3, 'worker-2')],
      'CANNOT_WORK_ON_MATTER',
    ],
    [
      'her of the first, and him of the case that goes on',
      [assign(1, 'worker-2'), assign(6, 'worker-2')],
      'CANNOT_WORK_ON_MATTER',
    ],
    [
      'whom she has met, though nobody assigned her',
      [write(1, { events: [event(1, 'contact-made')] }), assign(3, 'worker-a')],
      'CANNOT_WORK_ON_MATTER',
    ],
    [
      'a meeting with him by who works with her',
      [assign(1, 'worker-a'), write(3, { events: [event(3, 'schedule')] })],
      'CANNOT_WORK_ON_MATTER',
    ],
    [
      'a note about him by who works with her',
      [assign(1, 'worker-a'), write(3, { events: [event(3, 'note')] })],
      null,
    ],
    ['a stranger', [assign(1, 'nobody')], 'CANNOT_WORK_ON_MATTER'],
    ['who only watches', [assign(1, 'watcher')], 'CANNOT_WORK_ON_MATTER'],
  ])('%s', async (_, writes, refusal) => {
    expect(await tried(...writes)).toBe(refusal);
  });

  it.each([
    ['at the same time and place', [booking(1, 60, 120), booking(3, 60, 120)], 'TIME_NOT_POSSIBLE'],
    ['within the hour between', [booking(1, 60, 120), booking(3, 179, 200)], 'TIME_NOT_POSSIBLE'],
    ['an hour apart', [booking(1, 60, 120), booking(3, 180, 200)], null],
    ['elsewhere', [booking(1, 60, 120), booking(3, 60, 120, 'site-2')], null],
    ['her and her child', [booking(1, 60, 120), booking(4, 60, 120)], null],
    ['him of the case that goes on', [booking(1, 60, 120), booking(6, 60, 120)], 'TIME_NOT_POSSIBLE'],
  ])('meetings, %s', async (_, [one, other], refusal) => {
    expect(await tried(write(1, one ?? {}), write(0 + matterOf(other), other ?? {}, 'worker-2'))).toBe(
      refusal,
    );
  });
  const matterOf = (changes: { bookings: { matterId: string }[] } | undefined) =>
    Number.parseInt(changes?.bookings[0]?.matterId.slice(-2) ?? '0', 16);

  it('meetings of one worker at the same time are refused in the same words, and a cancelled one is gone', async () => {
    const [hers, childs] = [write(1, booking(1, 60, 120)), write(4, booking(4, 90, 130, 'site-2'))];
    expect(await tried(hers, childs)).toBe('TIME_NOT_POSSIBLE');
    const cancelled = write(1, { events: [event(1, 'event-cancelled')] });
    expect(await tried(hers, cancelled, childs)).toBe(null);
  });

  it('hers and his at the same instant: one is assigned, the other waits and is refused', async () => {
    const other = await connect(database.urlFor('rvt'));
    const assigned = (client: pg.Client, matter: number) =>
      client.query('select custody.commit_command($1)', [JSON.stringify(assign(matter, 'worker-2'))]);
    try {
      for (const client of [rvt, other]) await client.query(`begin; set local handslag.units = 'rvt-a'`);
      await assigned(rvt, 1);
      const second = assigned(other, 3).then(
        () => null,
        (error: { message: string }) => error.message,
      );
      await rvt.query('commit');
      expect(await second).toBe('CANNOT_WORK_ON_MATTER');
    } finally {
      await other.query('rollback');
      await other.end();
      await admin.query(`update custody.matter set assigned_to = null where id = '${id('matter', 1)}'`);
    }
  });

  it('a commission is not accepted by who sent it or decided on it, and by another it is', async () => {
    const offer = `${offerSql(1, { matter: 2, kind: 'adult-support', from: 'rvt-a', to: 'rvt-b' })}
      update custody.handoff set route = 'adult-support.rvt.rvc' where id = '${id('handoff', 1)}';
      insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en)
        select gen_random_uuid(), p, 'rvt-b', 'case-worker', '', '' from unnest(array['sender', 'decider']) p;
      insert into custody.event (id, chain_id, seq, matter_id, kind, at, unit_id, person, data, previous_hash, hash)
        values ('${id('event', 9)}', '${id('matter', 2)}', 1, '${id('matter', 2)}', 'opened', '${minute(0)}', 'rvt-a', 'decider', '{}', '', 'x');`;
    const accept = (person: string) => ({
      ...write(2, {
        actor: { unit: 'rvt-b', person },
        handoffChanges: [{ id: id('handoff', 1), action: 'accept', phase: 'accepted', expectedVersion: 1 }],
        spells: [{ matterId: id('matter', 2), unitId: 'rvt-b', handoffId: id('handoff', 1) }],
      }),
    });
    await admin.query('begin');
    try {
      await admin.query(offer);
      const codes: unknown[] = [];
      for (const person of ['sender', 'decider', 'worker-b']) {
        await admin.query('savepoint one');
        const answer: unknown = await admin
          .query(`set local session authorization handslag_rvt; set local handslag.units = 'rvt-b'`)
          .then(() => admin.query('select custody.commit_command($1)', [JSON.stringify(accept(person))]))
          .then(
            () => null,
            (error: { message: string }) => error.message,
          );
        codes.push(answer);
        await admin.query('rollback to savepoint one');
      }
      expect(codes).toEqual(['DECIDER_MAY_NOT_ACCEPT', 'DECIDER_MAY_NOT_ACCEPT', null]);
    } finally {
      await admin.query('rollback');
    }
  });

  it('no service reads the bookings or asks for conflicts itself, and only the holder’s head is given a reason', async () => {
    for (const sql of [
      'select * from custody.booking',
      `delete from custody.booking`,
      `select custody.work_conflict('${id('matter', 1)}', 'worker-a', now())`,
      `select * from custody.conflicting_matters('${id('matter', 1)}', 'worker-a')`,
    ])
      await expect(rvt.query(sql)).rejects.toThrow(/permission denied/);
    const explained = async (units: string) => {
      await rvt.query('begin');
      try {
        await rvt.query(`set local handslag.units = 'rvt-a'`);
        await rvt.query('select custody.commit_command($1)', [JSON.stringify(assign(1, 'worker-2'))]);
        await rvt.query(`set local handslag.units = '${units}'`);
        const { rows } = await rvt.query(`select custody.explain_work_conflict($1, 'worker-2') as why`, [
          id('matter', 3),
        ]);
        return rows[0].why;
      } finally {
        await rvt.query('rollback');
      }
    };
    expect(await explained('rvt-a')).toBe('other-side');
    expect(await explained('rvt-b')).toBe(null);
  });

  it('says in SQL what the rules say', async () => {
    const kinds = keysOf(MATTER_KINDS);
    const roles = keysOf(SUBJECT_ROLES);
    for (const kind of kinds)
      for (const subjectRole of roles)
        for (const other of kinds)
          for (const otherRole of roles) {
            const same = subjectRole === otherRole;
            const { rows } = await admin.query(`select custody.conflict_between($1, $2, $3, $4, $5) as why`, [
              kind,
              subjectRole,
              other,
              otherRole,
              same,
            ]);
            const rule = conflictBetween(
              { kind, subjectRole, subjectId: 's' },
              { kind: other, subjectRole: otherRole, subjectId: same ? 's' : 't' },
            );
            expect([kind, subjectRole, other, otherRole, rows[0].why]).toEqual([
              kind,
              subjectRole,
              other,
              otherRole,
              rule,
            ]);
          }
    for (const route of ROUTES) {
      const { rows } = await admin.query('select custody.is_commission($1) as is', [route.id]);
      expect([route.id, rows[0].is]).toEqual([route.id, isCommission(route)]);
    }
    const meeting = (from: number) => ({
      site: 's',
      from: new Date(minute(from)),
      until: new Date(minute(from + 60)),
    });
    expect([couldMeet(meeting(0), meeting(119)), couldMeet(meeting(0), meeting(120))]).toEqual([true, false]);
  });
});
