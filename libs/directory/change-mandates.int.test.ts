import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#database';
import { decideGrant, keysOf, ROLES, type Role } from '#domain';
import { DIRECTORY_SCHEMA } from './index.js';

const PARTIES = ['police', 'rvt', 'coordination'] as const;
type PartyHere = (typeof PARTIES)[number];
const BESIDE: readonly (Role | null)[] = [null, 'case-worker', 'auditor'];
const GRANTERS: Readonly<Record<string, readonly Role[]>> = {
  head: ['unit-head'],
  administrator: ['administrator'],
  worker: ['case-worker'],
  nobody: [],
};

describe('directory.change_mandate, as each service itself', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  const services = new Map<PartyHere, pg.Client>();
  const service = (party: PartyHere): pg.Client => services.get(party) ?? admin;
  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };
  beforeAll(async () => {
    database = await createTestDatabase([DIRECTORY_SCHEMA]);
    admin = await connect(database.adminUrl);
    for (const party of PARTIES) {
      services.set(party, await connect(database.urlFor(party)));
      await admin.query(`insert into directory.party values ($1, $1, $1, true)`, [party]);
      await admin.query(
        `insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
         values ($1, $1, $2, $2, $2, '', 'U', 'test', '')`,
        [`unit-${party}`, party],
      );
      for (const [person, roles] of Object.entries(GRANTERS))
        for (const role of roles) await mandate(party, person, role);
      for (const role of BESIDE) if (role !== null) await mandate(party, `is-${role}`, role);
    }
  }, 60_000);
  afterAll(async () => {
    for (const client of services.values()) await client.end();
    await admin?.end();
    await database?.drop();
  });

  const mandate = (party: string, person: string, role: string) =>
    admin.query(
      `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en) values ($1, $2, $3, $4, '', '')`,
      [randomUUID(), person, `unit-${party}`, role],
    );
  /** Each change in one transaction that is rolled back; the answer to the last. */
  async function tried(
    party: PartyHere,
    ...changes: object[]
  ): Promise<{ refused?: string; state?: string }> {
    const client = service(party);
    await client.query('begin');
    try {
      let answer: { refused?: string; state?: string } = {};
      for (const change of changes) {
        const { rows } = await client.query('select directory.change_mandate($1) as answer', [
          JSON.stringify({ unit: `unit-${party}`, hours: 'always', from: null, until: null, ...change }),
        ]);
        answer = rows[0].answer;
      }
      return answer;
    } finally {
      await client.query('rollback');
    }
  }

  it('answers as the rule does, for every granter, role and what the person has already', async () => {
    for (const party of PARTIES)
      for (const [by, roles] of Object.entries(GRANTERS))
        for (const role of keysOf(ROLES))
          for (const beside of BESIDE)
            for (const person of [beside === null ? 'somebody' : `is-${beside}`, by]) {
              const has = person === by ? roles : beside === null ? [] : [beside];
              const rule = decideGrant({ person: by, roles }, { person, role, beside: has, party });
              const said = rule.ok ? rule.value : rule.refusal.code;
              const answer = await tried(party, { change: 'grant', id: randomUUID(), by, person, role });
              const got = answer.refused ?? answer.state;
              // What a person has already, the record refuses beyond the rule; who may not grant at all is told so first.
              const same = got === said || (rule.ok && got === 'MANDATE_EXISTS' && has.includes(role));
              const noMandate = got === 'NO_MANDATE' && said === 'SELF_GRANT';
              expect([party, by, role, person, got, same || noMandate]).toEqual([
                party,
                by,
                role,
                person,
                got,
                true,
              ]);
            }
  });

  it('is approved by a second person, one of the two a head, and not by who gets it', async () => {
    const id = randomUUID();
    const proposal = (by: string) => ({ change: 'grant', id, by, person: 'friend', role: 'auditor' });
    const approve = (by: string) => ({ change: 'approve', id, by });
    await mandate('rvt', 'administrator-2', 'administrator');
    const codes = async (first: string, second: string) => {
      const { refused, state } = await tried('rvt', proposal(first), approve(second));
      return refused ?? state;
    };
    expect(await codes('head', 'head')).toBe('SECOND_PERSON_REQUIRED');
    expect(await codes('administrator', 'administrator-2')).toBe('NO_MANDATE');
    expect(await codes('administrator', 'head')).toBe('granted');
    expect(await codes('head', 'administrator')).toBe('granted');
    expect(await codes('head', 'worker')).toBe('NO_MANDATE');
    const own = { ...proposal('head'), person: 'administrator-2' };
    expect((await tried('rvt', own, approve('administrator-2'))).refused).toBe('SELF_GRANT');
    expect(
      (await tried('rvt', proposal('head'), approve('administrator'), approve('administrator'))).refused,
    ).toBe('NOT_FOUND');
  });

  it('counts from the instant and ends at the instant, and knows no unit of another service', async () => {
    const id = randomUUID();
    const grant = { change: 'grant', id, by: 'head', person: 'newcomer', role: 'case-worker' };
    const client = service('rvt');
    const roles = async () =>
      (await client.query(`select role from directory.roles_of('newcomer', directory.record_now())`)).rows;
    const say = (change: object) =>
      client.query('select directory.change_mandate($1)', [
        JSON.stringify({ unit: 'unit-rvt', hours: 'always', from: null, until: null, ...change }),
      ]);
    await say(grant);
    expect(await roles()).toEqual([{ role: 'case-worker' }]);
    await say({ change: 'end', id, by: 'head' });
    expect(await roles()).toEqual([]);
    expect((await tried('rvt', { ...grant, unit: 'unit-police' })).refused).toBe('NOT_YOUR_UNIT');
  });
});
