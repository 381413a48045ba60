import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource, type EntityManager } from 'typeorm';
import type { HandoffId } from '#domain';
import { CustodyNight, granted } from '../../libs/custody/test/custody-night.js';
import { verifyRecord } from './verify-record.js';

const LIAISON = 'police-liaison-globen';
const JOUR = 'socialjouren-case-worker';
const OFFICE = 'socialjouren-stockholm';

/** Every test plants one defect in a lawful record, as a restored backup or a hand in the database might, and takes it out. */
describe('npm run verify', () => {
  let night: CustodyNight;
  let keys: DataSource;
  let matterId = '';
  let handoffId = '';
  let undo: string[] = [];

  beforeAll(async () => {
    night = await CustodyNight.open();
    keys = await new DataSource({
      type: 'postgres',
      url: night.keysAdminUrl,
      installExtensions: false,
    }).initialize();
    const incident = await night.incident(LIAISON, 'lpo-globen', ['victim', 'child']);
    const items = incident.matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: OFFICE }));
    const { handoffs } = await night.send(LIAISON, incident.id, items);
    ({ handoffId = '', matterId = '' } = handoffs[0] ?? {});
    const jour = await night.as('socialjouren');
    for (const [action, expectedVersion] of [
      ['open', null],
      ['accept', 1],
    ] as const) {
      granted(
        await jour.actOnHandoff(night.caller(JOUR), {
          handoffId: handoffId as HandoffId,
          command: { action, expectedVersion },
        }),
      );
    }
    await night.query(`update custody.stream set relayed = wanted`);
  }, 90_000);
  afterAll(async () => {
    await keys?.destroy();
    await night?.close();
  }, 30_000);

  beforeEach(() => {
    undo = [];
  });
  afterEach(async () => {
    await asleep(async (manager) => {
      for (const sql of undo) await manager.query(sql);
    });
    expect((await verify()).defects).toEqual([]);
  });

  it('finds nothing wrong in a lawful night, and counts it', async () => {
    const report = await verify();
    expect(report).toMatchObject({
      ok: true,
      figures: {
        mattersOpen: 2,
        mattersClosed: 0,
        spells: 3,
        unownedMinutes: 0,
        receipts: 1,
        clocksRunning: null,
      },
    });
    expect(report.figures.auditLeaves).toBeGreaterThan(4);
    expect(report.figures.events).toBeGreaterThanOrEqual(report.figures.chains);
    expect(report.figures.deadlinesArmed).toBeGreaterThan(0);
  });

  it('C1: finds a minute that nobody answered for', async () => {
    const shift = (hour: string, minute: string) => `
      update custody.responsibility set starts_at = starts_at ${hour} interval '1 hour', ends_at = ends_at ${minute} interval '1 minute'
        where matter_id = '${matterId}' and ends_at < 'infinity';
      update custody.matter set opened_at = opened_at ${hour} interval '1 hour' where id = '${matterId}'`;
    await plant(shift('-', '-'), shift('+', '+'));
    const { defects, figures } = await verify();
    expect(checks(defects)).toEqual(expect.arrayContaining(['C1 line: gap', 'C1 gap-in-the-line']));
    expect(defects.find(({ check }) => check === 'line: gap')?.ids).toEqual([matterId]);
    expect(figures.unownedMinutes).toBeCloseTo(1, 6);
  });

  it('C2: finds a responsibility that moved by no acceptance', async () => {
    const [constraint] = await night.query<{ sql: string }>(
      `select pg_get_constraintdef(oid) as sql from pg_constraint where conname = 'moved_lawfully'`,
    );
    await plant(
      `alter table custody.responsibility drop constraint moved_lawfully;
       update custody.responsibility set handoff_id = null where handoff_id = '${handoffId}'`,
      `update custody.responsibility set handoff_id = '${handoffId}' where matter_id = '${matterId}' and previous_unit is not null;
       alter table custody.responsibility add constraint moved_lawfully ${constraint?.sql}`,
    );
    expect(checks((await verify()).defects)).toEqual(
      expect.arrayContaining(['C2 accepted-without-holding', 'C2 moved-without-acceptance-or-succession']),
    );
  });

  it('C3: finds an open matter without an armed deadline, a due one that nobody called, a clock that was not told', async () => {
    const saved = await savedDeadlines();
    await plant(
      `update custody.deadline set next_call_at = directory.record_now() - interval '1 hour' where clock_id = '${matterId}' and ended_at = 'infinity'`,
      saved,
    );
    await plant(
      `update custody.stream set relayed = 0, wanted_at = now() - interval '1 hour' where id = '${matterId}'`,
      `update custody.stream set relayed = wanted, wanted_at = now() where id = '${matterId}'`,
    );
    expect(checks((await verify()).defects)).toEqual(
      expect.arrayContaining([
        'C3 due-and-nobody-called',
        'C3 not-relayed-in-time',
        'C3 wakes-at-another-instant',
      ]),
    );
    await plant(
      `update custody.deadline set ended_at = '2026-01-01', ended_as = 'lifted' where clock_id = '${matterId}' and ended_at = 'infinity'`,
      '',
    );
    undo.unshift(
      `update custody.deadline set ended_at = 'infinity', ended_as = null where clock_id = '${matterId}' and ended_at = '2026-01-01'`,
    );
    expect(checks((await verify()).defects)).toContain('C3 open-matter-without-armed-deadline');
  });

  it('C4: finds what was answered and is not there, and content that is not what was sealed', async () => {
    const ghost = randomUUID();
    await plant(
      `insert into custody.idempotency values ('x', 'ghost', '', '{"matterId": "${ghost}", "handoffs": [{"handoffId": "${ghost}"}]}',
         (select at from custody.audit_leaf where kind = 'command' limit 1))`,
      `delete from custody.idempotency where key = 'ghost'`,
    );
    await plant(
      `update custody.content set ciphertext = ciphertext || '\\x00' where handoff_id = '${handoffId}'`,
      `update custody.content set ciphertext = substr(ciphertext, 1, length(ciphertext) - 1) where handoff_id = '${handoffId}'`,
    );
    const { defects } = await verify();
    expect(checks(defects)).toEqual(['C4 answered-and-not-there', 'C4 content-is-not-what-was-sealed']);
    expect(defects[0]).toMatchObject({ count: 2, ids: [ghost, ghost] });
  });

  it('C4: finds an accepted handoff without its receipt', async () => {
    await plant(
      `create table public.kept_receipt as select * from custody.receipt where handoff_id = '${handoffId}'`,
      'drop table public.kept_receipt',
    );
    await plant(
      `delete from custody.receipt where handoff_id = '${handoffId}'`,
      'insert into custody.receipt select * from public.kept_receipt',
    );
    expect(checks((await verify()).defects)).toEqual(['C4 accepted-without-receipt']);
  });

  it('C7: finds a command without its leaf, and a leaf that was changed', async () => {
    const [leaf] = await night.query<{ id: string }>(
      `select id from custody.audit_leaf where action = 'accept' and kind = 'command'`,
    );
    await plantAlways(
      `update custody.audit_leaf set at = at + interval '1 hour' where id = '${leaf?.id}'`,
      `update custody.audit_leaf set at = at - interval '1 hour' where id = '${leaf?.id}'`,
    );
    const { defects } = await verify();
    expect(checks(defects)).toEqual(
      expect.arrayContaining([
        'C7 custody: leaf LEAF_DIFFERS',
        'C7 event-without-audit',
        'C7 answer-without-audit',
        'C7 receipt-without-audit',
      ]),
    );
    expect(defects.find(({ check }) => check === 'custody: leaf LEAF_DIFFERS')?.ids).toEqual([leaf?.id]);
  });

  it('C7: finds a person exchanged in the part of a leaf that can be erased', async () => {
    await plantAlways(
      `update custody.audit_leaf set personal = replace(personal, 'p-', 'q-') where action = 'accept'`,
      `update custody.audit_leaf set personal = replace(personal, 'q-', 'p-') where action = 'accept'`,
    );
    expect(checks((await verify()).defects)).toEqual(['C7 custody: leaf PERSON_DIFFERS']);
  });

  it('C7: finds an event that was rewritten, and a chain that was cut', async () => {
    await plant(
      `update custody.event set unit_id = unit_id || '-x' where chain_id = '${handoffId}' and seq = 1`,
      `update custody.event set unit_id = replace(unit_id, '-x', '') where chain_id = '${handoffId}' and seq = 1`,
    );
    const { defects } = await verify();
    expect(checks(defects)).toContain('C7 chain HASH_DIFFERS');
    expect(defects.find(({ check }) => check === 'chain HASH_DIFFERS')?.ids).toEqual([handoffId]);
  });

  it('C7: finds a receipt that is forged, and one that says something else than the record', async () => {
    const [receipt] = await night.query<{ jws: string }>(
      `select jws from custody.receipt where handoff_id = '${handoffId}'`,
    );
    const jws = receipt?.jws ?? '';
    const forged = `${jws.slice(0, -6)}${jws.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`;
    const restore = `update custody.receipt set jws = '${jws}' where handoff_id = '${handoffId}'`;
    await plant(`update custody.receipt set jws = '${forged}' where handoff_id = '${handoffId}'`, restore);
    expect(checks((await verify()).defects)).toEqual(['C7 receipt SIGNATURE_DIFFERS']);
    await plant(restore, '');
    await plant(
      `update custody.handoff set dispatch_id = (select id from custody.dispatch limit 1), from_unit = 'lpo-city' where id = '${handoffId}'`,
      `update custody.handoff set from_unit = 'lpo-globen' where id = '${handoffId}'`,
    );
    expect(checks((await verify()).defects)).toContain('C7 receipt says something else than the record');
  });

  const verify = () => verifyRecord({ record: night.admin, keys, temporal: null, graceSeconds: 300 });
  const checks = (defects: readonly { rule: string; check: string }[]) =>
    defects.map(({ rule, check }) => `${rule} ${check}`);

  async function asleep(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    await night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await work(manager);
    });
  }

  async function plant(sql: string, back: string): Promise<void> {
    if (back !== '') undo.unshift(back);
    await asleep(async (manager) => void (await manager.query(sql)));
  }

  /** The audit's trigger is awake even then: only who may alter the table can do this. */
  async function plantAlways(sql: string, back: string): Promise<void> {
    const through = (change: string) =>
      `alter table custody.audit_leaf disable trigger audit_leaf_unchanged; ${change};
       alter table custody.audit_leaf enable always trigger audit_leaf_unchanged;`;
    await plant(through(sql), through(back));
  }

  async function savedDeadlines(): Promise<string> {
    const rows = await night.query<{ id: string; at: string }>(
      `select id, next_call_at::text as at from custody.deadline where clock_id = '${matterId}' and ended_at = 'infinity'`,
    );
    return rows
      .map(({ id, at }) => `update custody.deadline set next_call_at = '${at}' where id = '${id}'`)
      .join(';');
  }
});
