import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { LOOKUPS_AN_HOUR } from '#domain';
import { Mandates } from '../identity/mandates.repository.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { IdentityIndex } from './identity-index.js';
import { IndexRound } from './index-round.js';
import { Lookups } from './lookups.service.js';

const ANNA = { name: 'Anna-Karin Åström Kanarie', number: '19610118-2803' };
const HIDDEN = { name: 'Hemlig Kanariesson', number: '19700101-1234' };
const CHILD = { name: 'Lill Kanariebarn', number: '20180402-2384' };

describe('a lookup inside an authority', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let head: As;
  let night: TakenCase;
  let hidden: TakenCase;

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    night = await takenCase(
      stage,
      police,
      worker,
      aReport({
        policeReference: '5000-K123-26',
        victims: [aVictim('victim-1', ANNA)],
        children: [aChild('child-1', CHILD)],
      }),
    );
    hidden = await takenCase(
      stage,
      police,
      worker,
      aReport({
        victims: [aVictim('victim-1', { ...HIDDEN, protectedStatus: 'YES' })],
        children: [aChild('child-1', { name: 'Hemligt Kanariebarn', number: '20190402-2385' })],
      }),
    );
  }, 180_000);
  afterAll(() => stage?.stop());

  const look = (as: As, by: string, value: string, some: Record<string, unknown> = {}) =>
    as.post('/lookups', {
      actingUnit: NIGHT_UNIT,
      by,
      value,
      purpose: 'NEW_REPORT',
      reason: 'kanarieskäl',
      ...some,
    });
  const matters = ({ body }: { body: { items: { matterId: string }[] } }) =>
    body.items.map(({ matterId }) => matterId);

  it.each([
    ['name', 'anna karin åström kanarie'],
    ['name', 'KANARIE, Astrom Anna-Karin'],
    ['name', 'Anna Kanarie'],
    ['number', '19610118-2803'],
    ['number', '610118-2803'],
    ['number', '6101182803'],
  ])('by %s finds the matter of the person: %s', async (by, value) => {
    const found = await look(worker, by, value);
    expect([found.status, matters(found), found.body.more]).toEqual([200, [night.adult.matterId], false]);
    expect(found.body.items[0]).toMatchObject({
      kind: 'adult-safety',
      incidentId: night.incident,
      subjectId: night.adult.subjectId,
      holds: true,
      isOpen: true,
    });
  });

  it('by the case number of the police finds every matter of the case that the unit has', async () => {
    const found = await look(worker, 'case-number', '5000 k123 26');
    expect(matters(found).sort()).toEqual([night.adult.matterId, night.child.matterId].sort());
  });

  it('by the authority’s own number of a case finds it, once it was recorded', async () => {
    expect(matters(await look(worker, 'case-number', 'SON 2026/777'))).toEqual([]);
    const recorded = await worker.post(`/matters/${night.child.matterId}/case-numbers`, {
      actingUnit: NIGHT_UNIT,
      caseNumber: 'SON 2026/777',
    });
    expect(recorded.status).toBe(201);
    expect(matters(await look(worker, 'case-number', 'son-2026-777'))).toEqual([night.child.matterId]);
    expect(matters(await look(worker, 'number', CHILD.number))).toEqual([night.child.matterId]);
  });

  it.each([
    ['a wildcard', 'name', 'Ann%'],
    ['a surname alone', 'name', 'Kanarie'],
    ['a number as a name', 'case-number', ANNA.number],
    ['somebody else of the incident', 'name', 'Kanariebarn Astrom'],
  ])('does not find by %s', async (_, by, value) => {
    const found = await look(worker, by, value);
    expect([found.status, found.body.items]).toEqual([200, []]);
  });

  it.each([
    ['a field that is none of the three', { by: 'address' }, [400, 'INVALID_INPUT']],
    ['no reason', { reason: '' }, [400, 'INVALID_INPUT']],
    ['no purpose', { purpose: 'CURIOUS' }, [400, 'INVALID_INPUT']],
    ['a number that is none', { by: 'number', value: '12' }, [400, 'INVALID_INPUT']],
    ['another unit', { actingUnit: 'rvt-sydvast' }, [403, 'NOT_YOUR_UNIT']],
  ])('refuses %s', async (_, some, expected) => {
    const { status, body } = await look(worker, 'name', 'Anna Kanarie', some);
    expect([status, body.code]).toEqual(expected);
  });

  it('cannot be made by an address: no name ever stands in a URL', async () => {
    const got = await worker.get('/lookups?by=name&value=Anna');
    expect(got.status).toBe(404);
  });

  describe('what the caller may not see', () => {
    it('is not found by whoever is not entitled, protected persons and their household', async () => {
      for (const [by, value] of [
        ['number', HIDDEN.number],
        ['name', HIDDEN.name],
        ['name', 'Hemligt Kanariebarn'],
      ] as const) {
        const [nothing, none] = [await look(worker, by, value), await look(worker, 'name', 'Ingen Alls')];
        expect({ ...nothing.body, lookupId: '' }).toEqual({ ...none.body, lookupId: '' });
        expect(nothing.body).toEqual({ lookupId: expect.any(String), items: [], more: false });
      }
    });

    it('is found by the entitled function of the unit', async () => {
      expect(matters(await look(head, 'number', HIDDEN.number))).toEqual([hidden.adult.matterId]);
      expect(matters(await look(head, 'name', 'Hemligt Kanariebarn'))).toEqual([hidden.child.matterId]);
    });

    it('takes exactly as much work as what she may: the same statements, the same number of rows', async () => {
      const app = stage.app('socialjouren');
      const [lookups, mandates] = [app.get(Lookups, { strict: false }), app.get(Mandates, { strict: false })];
      const work = recorded();
      const of = async (persona: string, value: string) => {
        const { personId: person } = stage.persona(persona);
        const caller = { person, mandates: await mandates.of(person) };
        const key = { scope: person, key: freshKey(), bodyHmac: freshKey() };
        return work.during(() =>
          lookups.lookUp(caller, key, {
            actingUnit: NIGHT_UNIT,
            by: 'number',
            value,
            purpose: 'NEW_REPORT',
            reason: 'prov',
          }),
        );
      };
      const none = await of('socialjouren-case-worker', '19990101-0000');
      expect(none.filter(([, rows]) => rows !== null).length).toBeGreaterThan(8);
      expect(await of('socialjouren-case-worker', HIDDEN.number)).toEqual(none);
      expect(await of('socialjouren-case-worker', ANNA.number)).toEqual(none);
      expect(await of('socialjouren-unit-head', HIDDEN.number)).toEqual(none);
      work.end();
    });

    it('is not found at another unit of the same authority', async () => {
      const here = { actingUnit: 'lpo-globen' };
      expect(matters(await look(police, 'number', ANNA.number, here))).toEqual([night.adult.matterId]);
      const elsewhere = await stage.as('police-liaison-farsta');
      const found = await look(elsewhere, 'number', ANNA.number, { actingUnit: 'lpo-farsta' });
      expect([found.status, found.body.items]).toEqual([200, []]);
    });
  });

  it('is counted, audited before anything is looked at, and what was typed is kept nowhere', async () => {
    const count = async (from: string) => {
      const [row]: { n: number }[] = await stage.admin.query(`select count(*)::int as n from ${from}`);
      return row?.n ?? -1;
    };
    const leaves = `socialjouren.audit_leaf where kind = 'reading' and action = 'look-up'`;
    const before = [await count('socialjouren.lookup_made'), await count(leaves)];
    const key = { 'idempotency-key': freshKey() };
    const asked = {
      actingUnit: NIGHT_UNIT,
      by: 'name',
      value: ANNA.name,
      purpose: 'NEW_REPORT',
      reason: 'kanarieskäl',
    };
    const first = await worker.post('/lookups', asked, key);
    expect([await count('socialjouren.lookup_made'), await count(leaves)]).toEqual(before.map((n) => n + 1));
    const again = await worker.post('/lookups', asked, key);
    expect([again.body, await count('socialjouren.lookup_made')]).toEqual([first.body, (before[0] ?? 0) + 1]);
    const other = await worker.post('/lookups', { ...asked, value: 'Annan Person' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_BODY_DIFFERS']);
    for (const table of ['lookup_made', 'lookup_entry', 'lookup_mark', 'case_number', 'idempotency']) {
      const rows: { text: string }[] = await stage.admin.query(
        `select t::text as text from socialjouren.${table} t`,
      );
      expect(rows.length).toBeGreaterThan(0);
      expect([
        table,
        rows.filter(({ text }) => /kanarie|åström|astrom|610118-?2803|son.2026/i.test(text)),
      ]).toEqual([table, []]);
    }
  });

  it('is spent after as many as an hour allows, and free again later', async () => {
    const second = await stage.as('socialjouren-case-worker-2');
    const { personId } = stage.persona('socialjouren-case-worker-2');
    await stage.admin.query(
      `insert into socialjouren.lookup_made
       select gen_random_uuid(), $1, $2, 'HANDLE_MATTER', directory.record_now() - interval '30 minutes', '', ''
       from generate_series(1, $3)`,
      [NIGHT_UNIT, personId, LOOKUPS_AN_HOUR],
    );
    const spent = await look(second, 'name', ANNA.name);
    expect([spent.status, spent.body.code]).toEqual([429, 'LOOKUPS_SPENT']);
    expect((await look(worker, 'name', ANNA.name)).status).toBe(200);
    await stage.admin.query(
      `update socialjouren.lookup_made set made_at = made_at - interval '1 hour' where person_id = $1`,
      [personId],
    );
    expect((await look(second, 'name', ANNA.name)).status).toBe(200);
  });

  describe('the rows', () => {
    const service = (party: 'socialjouren' | 'police' | 'rvt') =>
      new DataSource({
        type: 'postgres',
        url: stage.database.urlFor(party),
        installExtensions: false,
      }).initialize();
    const seen = (database: DataSource, units: string | null, table = 'lookup_entry') =>
      database.transaction(async (manager) => {
        if (units !== null) await manager.query(`select set_config('handslag.units', $1, true)`, [units]);
        const [row]: { n: number }[] = await manager.query(
          `select count(*)::int as n from socialjouren.${table}`,
        );
        return row?.n ?? -1;
      });

    it('are seen by the service for its unit, and not at all with the setting unset or another unit', async () => {
      const own = await service('socialjouren');
      for (const table of ['lookup_entry', 'lookup_mark', 'lookup_made', 'case_number']) {
        expect(await seen(own, NIGHT_UNIT, table)).toBeGreaterThan(0);
        expect([
          await seen(own, null, table),
          await seen(own, '', table),
          await seen(own, 'rvt-sydvast', table),
        ]).toEqual([0, 0, 0]);
      }
      await own.destroy();
    });

    it('are out of reach for another party’s role, and what was searched cannot be deleted by anybody', async () => {
      const other = await service('police');
      await expect(seen(other, NIGHT_UNIT)).rejects.toThrow('permission denied');
      await other.destroy();
      const own = await service('socialjouren');
      await expect(own.query('delete from socialjouren.lookup_made')).rejects.toThrow('permission denied');
      await own.destroy();
    });

    it('of the same person at two parties have no tag in common', async () => {
      const rows: unknown[] = await stage.admin.query(
        'select 1 from socialjouren.lookup_entry a join police.lookup_entry b on a.tag = b.tag',
      );
      const [police_] = await stage.admin.query('select count(*)::int as n from police.lookup_entry');
      expect([rows, police_.n > 0]).toEqual([[], true]);
    });
  });

  it('finds again what an index lost, when the round comes', async () => {
    const round = stage.app('socialjouren').get(IndexRound, { strict: false });
    for (const table of ['lookup_entry', 'lookup_mark']) {
      await stage.admin.query(`delete from socialjouren.${table} where matter_id = $1`, [
        night.adult.matterId,
      ]);
    }
    expect(matters(await look(worker, 'name', ANNA.name))).toEqual([]);
    expect(await round.sweep()).toBe(1);
    expect(matters(await look(worker, 'name', ANNA.name))).toEqual([night.adult.matterId]);
    expect(await round.sweep()).toBe(0);
  });

  it('finds nothing of what was erased, and does not look at it again', async () => {
    const gone = await takenCase(
      stage,
      police,
      worker,
      aReport({ victims: [aVictim('victim-1', { name: 'Raderad Kanarie', number: '19550505-5555' })] }),
    );
    expect(matters(await look(worker, 'name', 'Raderad Kanarie'))).toEqual([gone.adult.matterId]);
    const app = stage.app('socialjouren');
    const contents: { id: string }[] = await stage.admin.query(
      'select id from custody.content where incident_id = $1',
      [gone.recordId],
    );
    await app.get(PartySealing, { strict: false }).store.eraseWraps(
      contents.map(({ id }) => id),
      [NIGHT_UNIT],
    );
    await app.get(DataSource, { strict: false }).transaction(async (manager) => {
      await manager.query(`select set_config('handslag.units', $1, true)`, [NIGHT_UNIT]);
      await app.get(IdentityIndex, { strict: false }).outdate(manager, NIGHT_UNIT, gone.recordId);
    });
    expect(matters(await look(worker, 'name', 'Raderad Kanarie'))).toEqual([]);
    const round = app.get(IndexRound, { strict: false });
    expect([await round.sweep(), await round.sweep()]).toEqual([2, 0]);
    expect(matters(await look(worker, 'name', 'Raderad Kanarie'))).toEqual([]);
  });

  it('works through a change of key, and the old key goes when nothing is under it', async () => {
    const app = stage.app('socialjouren');
    const { indexKeys } = app.get(PartySealing, { strict: false });
    const [key]: { authority_id: string }[] = await stage.admin.query(
      `select authority_id from keys.index_key where party = 'socialjouren'`,
    );
    const authority = key?.authority_id ?? '';
    await indexKeys.rekey(authority);
    expect(matters(await look(worker, 'number', ANNA.number))).toEqual([night.adult.matterId]);
    expect(await app.get(IndexRound, { strict: false }).sweep()).toBeGreaterThan(3);
    expect(matters(await look(worker, 'number', ANNA.number))).toEqual([night.adult.matterId]);
    const left = await stage.admin.query(
      `select (select array_agg(version) from keys.index_key where party = 'socialjouren') as keys,
        (select array_agg(distinct key_version) from socialjouren.lookup_entry) as entries`,
    );
    expect(left).toEqual([{ keys: [2], entries: [2] }]);
  });

  it('warns of another matter of the same person before a report is merged, and of nobody else’s', async () => {
    const again = await takenCase(
      stage,
      police,
      worker,
      aReport({ victims: [aVictim('victim-1', { name: 'Annan Stavning', number: ANNA.number })] }),
    );
    const same = await worker.get(`/matters/${again.adult.matterId}/same-person`);
    expect([same.status, same.body.isIdentityKnown]).toEqual([200, true]);
    expect(same.body.items).toEqual([
      expect.objectContaining({ matterId: night.adult.matterId, by: 'number' }),
    ]);
    const child = await worker.get(`/matters/${again.child.matterId}/same-person`);
    expect([child.body.items.length, child.body.isIdentityKnown]).toEqual([0, true]);
    const notOurs = await police.get(`/matters/${again.adult.matterId}/same-person`);
    expect([notOurs.status, notOurs.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  /** Every statement that is sent to PostgreSQL on behalf of one call, with how many rows came back. */
  function recorded() {
    const pg: { Client: { prototype: { query: (...given: unknown[]) => unknown } } } = createRequire(
      import.meta.url,
    )('pg');
    const { prototype } = pg.Client;
    const original = prototype.query;
    const calls = new AsyncLocalStorage<[string, number | null][]>();
    prototype.query = function query(this: unknown, ...given: unknown[]): unknown {
      const answer: unknown = Reflect.apply(original, this, given);
      const [text] = given;
      if (typeof text === 'string' && answer instanceof Promise) {
        const line: [string, number | null] = [text, null];
        calls.getStore()?.push(line);
        void answer.then(
          (result: { rowCount: number | null }) => {
            line[1] = result.rowCount;
          },
          () => undefined,
        );
      }
      return answer;
    };
    return {
      async during(run: () => Promise<unknown>) {
        const lines: [string, number | null][] = [];
        await calls.run(lines, run);
        return lines;
      },
      end: () => {
        prototype.query = original;
      },
    };
  }
});
