import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { chainEvent, chainStart, makeLeaf } from '#audit';
import type { TestDatabase } from '#database';
import {
  connect,
  createCustodyDatabase,
  id,
  minute,
  NIGHT_SQL,
  refusalOf,
  type TestUnit,
  UNITS,
} from './raw-record.js';
import { SERVERS } from './servers.js';

const audit = (unit: TestUnit) =>
  makeLeaf({
    at: new Date(minute(40)),
    authority: 'authority-a',
    unitId: unit,
    person: 'worker',
    kind: 'command',
    action: 'test',
    target: null,
    code: 'OK',
  });

/** What a service would say at the second round trip. */
function write(unit: TestUnit, changes: Record<string, unknown> = {}) {
  return {
    command: 'test',
    at: minute(40),
    actor: { unit, person: UNITS[unit].person },
    matterIds: [id('matter', 2)],
    audit: audit(unit),
    ...changes,
  };
}

const change = (action: string, phase: string, expectedVersion = 1, number = 3) => ({
  handoffChanges: [{ id: id('handoff', number), action, phase, expectedVersion }],
});

function event(chainId: string, fields: Record<string, unknown> = {}) {
  const header = { chainId, seq: 1, kind: 'noted' };
  return {
    id: id('event', 1),
    handoffId: null,
    matterId: id('matter', 2),
    data: {},
    ...header,
    ...chainEvent(null, header),
    ...fields,
  };
}

const deadline = (matterId: string) => ({
  id: id('deadline', 1),
  matterId,
  handoffId: null,
  rule: 'D-01',
  ruleVersion: 1,
  calendar: 'sweden',
  ladder: 'ladder',
  startEvent: 'sent',
  startAt: minute(0),
  dueAt: minute(60),
  because: [],
  dutyHolder: 'authority-a',
  askedOf: 'jour-a',
  nextCallAt: minute(60),
});

const deputySql = (unit: TestUnit, person: string, from: number, until: number) => `
insert into directory.rota values (gen_random_uuid(), '${unit}', '${person}', 'deputy-head', '${minute(from)}', '${minute(until)}')`;

interface Attempt {
  readonly name: string;
  readonly as: 'police' | 'socialjouren' | 'rvt' | 'coordination';
  /** What `handslag.units` is set to. */
  readonly units: string;
  readonly write: object;
  readonly refusal: string;
}

const ATTEMPTS: readonly Attempt[] = [
  {
    name: "acting for another party's unit",
    as: 'rvt',
    units: 'jour-a',
    write: write('jour-a', change('accept', 'accepted')),
    refusal: 'NOT_YOUR_UNIT',
  },
  {
    name: 'acting for a unit of its own party that the request did not name',
    as: 'socialjouren',
    units: 'jour-b',
    write: write('jour-a', change('accept', 'accepted')),
    refusal: 'NOT_YOUR_UNIT',
  },
  {
    name: 'a person without a mandate at the unit',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { actor: { unit: 'jour-a', person: 'secretary-b' } }),
    refusal: 'NO_MANDATE',
  },
  {
    name: 'a person whose mandate has not begun',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', {
      actor: { unit: 'jour-a', person: 'secretary-a' },
      at: '2019-12-31T22:59:59.999Z',
    }),
    refusal: 'NO_MANDATE',
  },
  {
    name: 'no person where one is needed',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { ...change('accept', 'accepted'), actor: { unit: 'jour-a', person: null } }),
    refusal: 'NO_MANDATE',
  },
  {
    name: 'a system that takes a matter over under the name of a delivery',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', {
      command: 'deliver',
      actor: { unit: 'jour-a', person: null },
      spells: [{ matterId: id('matter', 2), unitId: 'jour-a', handoffId: id('handoff', 3) }],
    }),
    refusal: 'NO_MANDATE',
  },
  {
    name: 'a system that accepts under the name of a delivery',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', {
      command: 'deliver',
      actor: { unit: 'jour-a', person: null },
      ...change('accept', 'accepted'),
    }),
    refusal: 'ILLEGAL_TRANSITION',
  },
  {
    name: 'a command without audit',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { audit: undefined }),
    refusal: 'AUDIT_UNAVAILABLE',
  },
  {
    name: 'a command whose audit is null',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { audit: null }),
    refusal: 'AUDIT_UNAVAILABLE',
  },
  {
    name: 'an instant that has not come',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { at: '2126-01-01T00:00:00Z' }),
    refusal: 'ILLEGAL_WRITE',
  },
  {
    name: 'a transition that the machine does not know',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', change('answer', 'opened')),
    refusal: 'ILLEGAL_TRANSITION',
  },
  {
    name: "the receiver doing the sender's act",
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', change('supersede', 'superseded')),
    refusal: 'ILLEGAL_TRANSITION',
  },
  {
    name: "the sender doing the receiver's act",
    as: 'police',
    units: 'police-a',
    write: write('police-a', change('accept', 'accepted')),
    refusal: 'ILLEGAL_TRANSITION',
  },
  {
    name: 'a lawful action that leads to another phase',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', change('decline', 'accepted')),
    refusal: 'ILLEGAL_TRANSITION',
  },
  {
    name: 'an offer to another unit',
    as: 'socialjouren',
    units: 'jour-b',
    write: write('jour-b', { matterIds: [], ...change('accept', 'accepted') }),
    refusal: 'NOT_FOUND',
  },
  {
    name: 'a stale version of an offer',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', change('accept', 'accepted', 2)),
    refusal: 'STALE_VERSION',
  },
  {
    name: 'a stale version of a matter',
    as: 'police',
    units: 'police-a',
    write: write('police-a', {
      matterChanges: [{ id: id('matter', 2), expectedVersion: 7, bumpsVersion: true }],
    }),
    refusal: 'STALE_VERSION',
  },
  {
    name: 'declining a report about a child',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', change('decline', 'declined')),
    refusal: 'child_never_refused',
  },
  {
    name: 'accepting without taking the matter',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', change('accept', 'accepted')),
    refusal: 'accepted_holds',
  },
  {
    name: 'taking the matter without accepting',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', {
      spells: [{ matterId: id('matter', 2), unitId: 'jour-a', handoffId: id('handoff', 3) }],
    }),
    refusal: 'by_handoff',
  },
  {
    name: 'giving the matter to a unit that did not ask for it',
    as: 'police',
    units: 'police-a',
    write: write('police-a', {
      spells: [{ matterId: id('matter', 2), unitId: 'jour-a', handoffId: id('handoff', 3) }],
    }),
    refusal: 'NOT_YOUR_UNIT',
  },
  {
    name: 'changing a matter that another unit holds',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', {
      matterChanges: [{ id: id('matter', 2), expectedVersion: 1, bumpsVersion: true }],
    }),
    refusal: 'NOT_YOUR_UNIT',
  },
  {
    name: 'writing about a matter that the unit has no part in',
    as: 'rvt',
    units: 'rvt-b',
    write: write('rvt-b', { deadlinesOpened: [deadline(id('matter', 2))] }),
    refusal: 'NOT_FOUND',
  },
  {
    name: 'lifting the deadlines of a matter that the unit has no part in',
    as: 'coordination',
    units: 'coordination-a',
    write: write('coordination-a', { deadlinesEnded: [{ id: id('deadline', 2), as: 'lifted' }] }),
    refusal: 'NOT_FOUND',
  },
  {
    name: 'a deadline of a matter that was not locked',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { deadlinesOpened: [deadline(id('matter', 4))] }),
    refusal: 'ILLEGAL_WRITE',
  },
  {
    name: 'closing a matter that was not locked',
    as: 'police',
    units: 'police-a',
    write: write('police-a', {
      matterIds: [],
      matterChanges: [{ id: id('matter', 2), closes: true, outcome: 'MERGED' }],
    }),
    refusal: 'ILLEGAL_WRITE',
  },
  {
    name: 'a new subject in an incident that the unit has no part in',
    as: 'rvt',
    units: 'rvt-b',
    write: write('rvt-b', {
      matterIds: [],
      subjects: [{ id: id('subject', 9), incidentId: id('incident', 1), role: 'victim' }],
    }),
    refusal: 'NOT_FOUND',
  },
  {
    name: 'an offer to a unit that does not exist',
    as: 'police',
    units: 'police-a',
    write: write('police-a', {
      handoffsSent: [{ id: id('handoff', 9), matterId: id('matter', 2), toUnit: 'nobody' }],
    }),
    refusal: 'UNKNOWN_UNIT',
  },
  {
    name: 'an event that does not follow on the last of its chain',
    as: 'police',
    units: 'police-a',
    write: write('police-a', {
      events: [event(id('matter', 2), { previousHash: chainStart(id('matter', 4)) })],
    }),
    refusal: 'STALE_VERSION',
  },
  {
    name: 'an event that leaves a hole in its chain',
    as: 'police',
    units: 'police-a',
    write: write('police-a', { events: [event(id('matter', 2), { seq: 2 })] }),
    refusal: 'STALE_VERSION',
  },
  {
    name: 'an event in the chain of another matter',
    as: 'police',
    units: 'police-a',
    write: write('police-a', { events: [event(id('matter', 4))] }),
    refusal: 'ILLEGAL_WRITE',
  },
  {
    name: 'a receipt for an offer that nobody accepted',
    as: 'socialjouren',
    units: 'jour-a',
    write: write('jour-a', { receipts: [{ handoffId: id('handoff', 3), kind: 'signed', jws: 'jws' }] }),
    refusal: 'ILLEGAL_WRITE',
  },
  {
    name: 'a disclosure of an offer between others',
    as: 'rvt',
    units: 'rvt-b',
    write: write('rvt-b', {
      matterIds: [],
      disclosures: [
        { id: id('other', 1), handoffId: id('handoff', 3), contentId: id('content', 3), fields: [] },
      ],
    }),
    refusal: 'ILLEGAL_WRITE',
  },
];

describe.each(SERVERS)('the guarded functions on $name', ({ url }) => {
  let database: TestDatabase;
  let admin: pg.Client;
  const services = new Map<string, pg.Client>();
  beforeAll(async () => {
    database = await createCustodyDatabase(url);
    admin = await connect(database.adminUrl);
    await admin.query(NIGHT_SQL);
    for (const service of ['police', 'socialjouren', 'rvt', 'coordination', 'courier', 'issuer'] as const)
      services.set(service, await connect(database.urlFor(service)));
  }, 60_000);
  afterAll(async () => {
    for (const client of services.values()) await client.end();
    await admin?.end();
    await database?.drop();
  });
  const as = (service: string): pg.Client => {
    const client = services.get(service);
    if (client === undefined) throw new Error(`no service ${service}`);
    return client;
  };
  const commit = (client: pg.Client, units: string, command: object) => async () => {
    await client.query(`select set_config('handslag.units', $1, true)`, [units]);
    await client.query('select custody.commit_command($1)', [JSON.stringify(command)]);
  };
  const begin = async (client: pg.Client, request: object) => {
    await client.query('begin');
    try {
      const { rows } = await client.query<{ reply: Record<string, unknown> }>(
        'select custody.begin_command($1) as reply',
        [JSON.stringify(request)],
      );
      return rows[0]?.reply;
    } finally {
      await client.query('rollback');
    }
  };

  it.each(ATTEMPTS)('refuse $name by $refusal', async ({ as: service, units, write: command, refusal }) => {
    expect(await refusalOf(as(service), commit(as(service), units, command))).toBe(refusal);
  });

  it('let a unit accept what was offered to it, and move the matter with it', async () => {
    const accept = write('jour-a', {
      ...change('accept', 'accepted'),
      spells: [{ matterId: id('matter', 2), unitId: 'jour-a', handoffId: id('handoff', 3) }],
      events: [event(id('handoff', 3), { handoffId: id('handoff', 3), kind: 'accepted' })],
      deadlinesOpened: [deadline(id('matter', 2))],
    });
    expect(await refusalOf(as('socialjouren'), commit(as('socialjouren'), 'jour-a', accept))).toBeNull();
  });

  it('let a successor take over by the approval of a second person, and nobody by that of the first', async () => {
    const client = as('police');
    const propose = write('police-a', {
      matterIds: [],
      successionsProposed: [{ id: id('succession', 1), fromUnit: 'police-a', toUnit: 'jour-a' }],
    });
    const approve = write('jour-a', {
      matterIds: [id('matter', 2)],
      at: minute(41),
      handoffChanges: [],
      successionApproved: id('succession', 1),
      spells: [{ matterId: id('matter', 2), unitId: 'jour-a', successionId: id('succession', 1) }],
    });
    const jour = as('socialjouren');
    expect(await refusalOf(client, commit(client, 'police-a', propose))).toBe('NO_MANDATE');
    await admin.query(deputySql('police-a', 'officer-a', 40, 41));
    await client.query('begin');
    await commit(client, 'police-a', propose)();
    await client.query('commit');
    const seen = await begin(jour, {
      person: 'secretary-a',
      units: ['jour-a'],
      successionId: id('succession', 1),
      handoffIds: [],
      matterIds: [],
    });
    expect(seen?.['matters']).toEqual([
      expect.objectContaining({ id: id('matter', 2), holderUnit: 'police-a' }),
    ]);
    expect(await refusalOf(jour, commit(jour, 'jour-a', approve))).toBe('NO_MANDATE');
    await admin.query(deputySql('jour-a', 'secretary-a', 41, 42));
    expect(await refusalOf(jour, commit(jour, 'jour-a', approve))).toBeNull();
    // The spell is over a minute later, and standing in at one unit is nothing at another.
    expect(await refusalOf(jour, commit(jour, 'jour-a', { ...approve, at: minute(42) }))).toBe('NO_MANDATE');
    const elsewhere = { ...approve, actor: { unit: 'jour-b', person: 'secretary-a' } };
    expect(await refusalOf(jour, commit(jour, 'jour-a,jour-b', elsewhere))).toBe('NO_MANDATE');
  });

  it('tell of a deputy head as of a head, and only while she is one', async () => {
    const client = as('rvt');
    const ask = () => begin(client, { person: 'worker-b', units: ['rvt-b'], matterIds: [], handoffIds: [] });
    const worker = { unit: 'rvt-b', role: 'case-worker' };
    expect((await ask())?.['mandates']).toEqual([worker]);
    await admin.query(
      `insert into directory.rota values (gen_random_uuid(), 'rvt-b', 'worker-b', 'deputy-head',
         directory.record_now() - interval '1 minute', directory.record_now() + interval '1 hour')`,
    );
    expect((await ask())?.['mandates']).toEqual([worker, { unit: 'rvt-b', role: 'unit-head' }]);
    await admin.query(`update directory.rota set until_at = directory.record_now() where unit_id = 'rvt-b'`);
    expect((await ask())?.['mandates']).toEqual([worker]);
  });

  it("answer another party's unit with no mandate, no matter and no offer", async () => {
    const request = {
      units: ['jour-a'],
      person: 'secretary-a',
      matterIds: [id('matter', 2)],
      handoffIds: [id('handoff', 3)],
    };
    expect(await begin(as('rvt'), request)).toMatchObject({ mandates: [], matters: [], handoffs: [] });
    expect(await begin(as('socialjouren'), request)).toMatchObject({
      mandates: [{ unit: 'jour-a', role: 'case-worker' }],
      matters: [{ id: id('matter', 2) }],
      handoffs: [{ id: id('handoff', 3) }],
    });
  });

  it("keep one party's idempotency keys from another", async () => {
    const idempotency = { scope: 'person', key: 'key', bodyHmac: 'hmac' };
    const police = as('police');
    await police.query('begin');
    await commit(
      police,
      'police-a',
      write('police-a', { idempotency: { ...idempotency, response: { kept: true } } }),
    )();
    await police.query('commit');
    const request = { units: ['police-a'], person: 'officer-a', matterIds: [], handoffIds: [], idempotency };
    expect(await begin(police, request)).toEqual({ outcome: 'repeat', response: { kept: true } });
    expect(await begin(police, { ...request, idempotency: { ...idempotency, bodyHmac: 'other' } })).toEqual({
      outcome: 'key-reused',
    });
    expect(await begin(as('rvt'), request)).toMatchObject({ outcome: 'facts' });
  });

  it('tell the courier neither subject nor person of the matter it calls about, and a party nothing', async () => {
    const call = `select custody.begin_call('${id('matter', 2)}') as reply`;
    const { rows } = await as('courier').query<{ reply: { matter: object } }>(call);
    expect(rows[0]?.reply.matter).toMatchObject({ id: id('matter', 2), holderUnit: 'police-a' });
    for (const hidden of ['subjectId', 'subjectRole', 'assignedTo'])
      expect(rows[0]?.reply.matter).not.toHaveProperty(hidden);
    expect(await refusalOf(as('police'), call)).toBe('42501');
  });

  it('are closed to the issuer and the courier', async () => {
    for (const service of ['issuer', 'courier'])
      expect(await refusalOf(as(service), commit(as(service), '', write('jour-a')))).toBe('42501');
  });
});
