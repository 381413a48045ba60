import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type Swept, sweepExpired } from '#custody';
import { LOOKUPS_KEPT } from '#domain';
import { aReport } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT } from '../test/taken-case.js';
import { IdempotencySweep } from './idempotency-sweep.js';
import { LookupSweep } from './lookup-sweep.js';
import { WrapSweep } from './wrap-sweep.js';

const DAY_MS = 86_400_000;

describe('what has served its purpose', () => {
  let stage: Stage;
  let police: As;
  let courier: DataSource;
  let unsent: string;
  let sent: string;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    courier = await new DataSource({ type: 'postgres', url: stage.database.urlFor('courier') }).initialize();
    unsent = await previewed();
    sent = await previewed();
    expect((await police.post('/dispatches', { previewId: sent })).status).toBe(201);
  }, 120_000);
  afterAll(async () => {
    await courier?.destroy();
    await stage?.stop();
  });

  async function previewed(): Promise<string> {
    const { body } = await police.post('/incidents', aReport());
    const matters: { matterId: string; kind: string }[] = body.matters;
    const preview = await police.post('/dispatches/preview', {
      items: matters.map(({ matterId, kind }) => ({
        matterId,
        toUnit: NIGHT_UNIT,
        ...(kind === 'adult-safety' ? { basis: { code: 'X-02b', statement: 'kanarieavvägning' } } : {}),
      })),
    });
    return preview.body.previewId;
  }
  const count = async (from: string, values: unknown[] = []): Promise<number> => {
    const rows: { n: number }[] = await stage.admin.query(`select count(*)::int as n from ${from}`, values);
    return rows[0]?.n ?? -1;
  };
  const contentsOf = async (previewId: string): Promise<string[]> => {
    const rows: { id: string }[] = await stage.admin.query(
      `select c.id from custody.preview p, jsonb_array_elements(p.plan -> 'items') i
       join custody.content c on c.handoff_id = (i ->> 'handoffId')::uuid where p.id = $1`,
      [previewId],
    );
    return rows.map(({ id }) => id);
  };
  const advance = (days: number) =>
    stage.admin.query('update directory.clock set offset_ms = offset_ms + $1', [days * DAY_MS]);
  const sweep = (): Promise<Swept> => sweepExpired(courier.manager, 500);
  const wrapsOf = (contents: string[]) => count('keys.wrap where content_id = any ($1)', [contents]);
  const app = (party: 'police' | 'socialjouren') => stage.app(party);

  it('is swept by the courier alone, and by no hand of a party', async () => {
    for (const party of ['police', 'coordination'] as const) {
      const service = await new DataSource({
        type: 'postgres',
        url: stage.database.urlFor(party),
      }).initialize();
      await expect(sweepExpired(service.manager, 1)).rejects.toThrow('permission denied');
      await service.destroy();
    }
  });

  it('stays while it may be needed', async () => {
    expect(await sweep()).toEqual({ idempotencyKeys: 0, previews: 0, contents: 0 });
    await advance(1.5);
    // Expired, and whoever still sends it is told so.
    expect((await police.post('/dispatches', { previewId: unsent })).body.code).toBe('PREVIEW_EXPIRED');
    expect(await sweep()).toMatchObject({ previews: 0, contents: 0 });
  });

  it('goes: a preview that nobody sent, with its content, and each party erases its own wraps of it', async () => {
    const [gone, kept] = [await contentsOf(unsent), await contentsOf(sent)];
    expect(gone.length).toBeGreaterThan(1);
    const [before, keptWraps, others] = [
      await wrapsOf(gone),
      await wrapsOf(kept),
      await count('custody.content'),
    ];
    const toReceiver = await count('custody.content where id = any ($1) and to_unit = $2', [
      gone,
      NIGHT_UNIT,
    ]);
    const grown = ['event', 'disclosure', 'receipt', 'responsibility', 'audit_leaf'];
    const figures = () => Promise.all(grown.map((table) => count(`custody.${table}`)));
    const still = await figures();
    await advance(1);

    expect(await sweep()).toEqual({ idempotencyKeys: 0, previews: 1, contents: gone.length });
    expect(await count('custody.preview where id = $1', [unsent])).toBe(0);
    expect(await count('custody.content')).toBe(others - gone.length);
    expect(await wrapsOf(gone)).toBe(before);

    expect(await app('police').get(WrapSweep, { strict: false }).sweep()).toBe(gone.length);
    expect(await wrapsOf(gone)).toBe(before - gone.length);
    expect(await app('socialjouren').get(WrapSweep, { strict: false }).sweep()).toBe(toReceiver);
    expect([await wrapsOf(gone), await count('custody.orphaned_wrap')]).toEqual([0, 0]);
    expect(await app('police').get(WrapSweep, { strict: false }).sweep()).toBe(0);

    expect([await contentsOf(sent), await wrapsOf(kept)]).toEqual([kept, keptWraps]);
    expect(await sweep()).toMatchObject({ previews: 0, contents: 0 });
    expect(await figures()).toEqual(still);
  });

  it('goes: keys of commands after thirty days, in custody and in a party, and a younger key still repeats', async () => {
    const own = async () => count('socialjouren.idempotency');
    const common = async () => count('custody.idempotency');
    await stage.admin.query(
      `insert into socialjouren.idempotency select 'p', 'k' || n, '', '{}', directory.record_now()
       from generate_series(1, 1200) n`,
    );
    const old = await common();
    expect(old).toBeGreaterThan(3);
    await advance(27);
    const key = { 'idempotency-key': freshKey() };
    const report = aReport();
    const first = await police.post('/incidents', report, key);
    expect((await sweep()).idempotencyKeys).toBe(0);
    await advance(4);
    const sweeper = app('socialjouren').get(IdempotencySweep, { strict: false });
    expect([await sweeper.sweep(), await own()]).toEqual([1200, 0]);
    expect([(await sweep()).idempotencyKeys, await common()]).toEqual([old, 1]);
    expect((await police.post('/incidents', report, key)).body).toEqual(first.body);
  });

  it('goes: that somebody searched, with its words, after five years; before that no role removes it', async () => {
    const worker = await stage.as('socialjouren-case-worker');
    const looked = await worker.post('/lookups', {
      actingUnit: NIGHT_UNIT,
      by: 'name',
      value: 'Kanarie Kanariesson',
      purpose: 'NEW_REPORT',
      reason: 'kanarieskäl',
    });
    expect(looked.status).toBe(200);
    const [made]: { id: string }[] = await stage.admin.query('select id from socialjouren.lookup_made');
    const ids = [made?.id ?? ''];
    const left = async () => [await count('socialjouren.lookup_made'), await wrapsOf(ids)];
    const sweeper = app('socialjouren').get(LookupSweep, { strict: false });
    const [rows, wraps] = [1, await wrapsOf(ids)];
    expect(wraps).toBeGreaterThan(0);
    await advance(LOOKUPS_KEPT.years * 365 - 1);
    expect([await sweeper.sweep(), ...(await left())]).toEqual([0, rows, wraps]);
    const service = await new DataSource({
      type: 'postgres',
      url: stage.database.urlFor('socialjouren'),
      installExtensions: false,
    }).initialize();
    const forgotten = (units: string): Promise<{ n: number }[]> =>
      service.transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [units]);
        return manager.query('select socialjouren.forget_lookups($1::uuid[]) as n', [ids]);
      });
    expect(await forgotten(NIGHT_UNIT)).toEqual([{ n: 0 }]);
    await advance(LOOKUPS_KEPT.years + 1);
    // Nor, when it is old, in the name of another unit.
    expect(await forgotten('rvt-sydvast')).toEqual([{ n: 0 }]);
    await service.destroy();
    const audited = await count(`socialjouren.audit_leaf where action = 'look-up'`);
    expect([await sweeper.sweep(), ...(await left())]).toEqual([1, 0, 0]);
    expect([await sweeper.sweep(), await count(`socialjouren.audit_leaf where action = 'look-up'`)]).toEqual([
      0,
      audited,
    ]);
  });
});
