import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeMachine } from '#directory';
import { Erasures } from '#party';
import {
  addAdministrator,
  adultCase,
  daysPass,
  type TakenAdult,
} from '../../libs/party/retention/test/retention-stage.js';
import { PLAIN_POLICE, socialParty } from '../../libs/party/test/social-parties.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT } from '../../libs/party/test/taken-case.js';
import type { Defect } from '../verify/defects.js';
import { verifyRecord } from '../verify/verify-record.js';
import { reapplyErasures } from './reapply-erasures.js';

/** What a time jump without any courier leaves undone; not what is tried here. */
const LATE = ['due-and-nobody-called', 'not-relayed-in-time', 'notice-not-handed-over'];

describe('after an erasure', () => {
  let stage: Stage;
  let worker: As;
  let goes: TakenAdult;
  let handoff: string;
  let disposalId: string;
  let ledger: string;

  const ledgerNow = async (): Promise<string> => {
    const rows = await stage.admin.query(
      `select (select jsonb_agg(to_jsonb(r) order by r.matter_id, r.starts_at) from custody.responsibility r) as line,
         (select jsonb_agg(to_jsonb(e) - 'person' order by e.chain_id, e.seq) from custody.event e) as events,
         (select jsonb_agg(to_jsonb(h) order by h.id) from custody.handoff h) as handoffs,
         (select jsonb_agg(to_jsonb(x) order by x.handoff_id) from custody.receipt x) as receipts,
         (select jsonb_agg(l.leaf_hash order by l.leaf_hash) from custody.audit_leaf l
          where l.action not in ('publish-disposal', 'erase-audit-person')) as leaves`,
    );
    return JSON.stringify(rows);
  };
  const verify = async (): Promise<Defect[]> => {
    const report = await verifyRecord({
      record: stage.admin,
      keys: stage.admin,
      temporal: null,
      graceSeconds: 120,
    });
    return report.defects.filter(({ check }) => !LATE.some((name) => check.endsWith(name)));
  };
  const reapply = (apply: boolean) => reapplyErasures({ record: stage.admin, keys: stage.admin, apply });
  const statusOfContent = async () => (await worker.get(`/handoffs/${handoff}/content`)).status;

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    worker = await stage.as('socialjouren-case-worker');
    const head = await stage.as('socialjouren-unit-head');
    const administrator = await addAdministrator(stage);
    goes = await adultCase(stage, { birthDate: '1990-03-07' });
    await daysPass(stage, 5 * 366 + 30);
    const [row]: { id: string }[] = await stage.admin.query(
      'select id from custody.handoff where matter_id = $1',
      [goes.adult.matterId],
    );
    handoff = row?.id ?? '';
    expect(await statusOfContent()).toBe(200);
    const { body } = await head.post('/disposals', { actingUnit: NIGHT_UNIT, rule: 'personal-file' });
    disposalId = body.disposalId;
    const { listDigest } = body;
    await head.post(`/disposals/${disposalId}/propose`, { listDigest, registerExtract: 'GIVEN' });
    await administrator.post(`/disposals/${disposalId}/decide`, { approves: true, listDigest });
    // The backup of the key store: taken the night before the erasure.
    await stage.admin.query('create table public.backup_of_wraps as select * from keys.wrap');
    ledger = await ledgerNow();
    const erasures = stage.app('socialjouren').get(Erasures, { strict: false });
    const decision = { decisionId: disposalId };
    await erasures.publish(decision);
    while ((await erasures.eraseSome(decision)).left > 0);
    await erasures.prove(decision);
  }, 120_000);
  afterAll(async () => stage?.stop());

  it('the ledger is as it was, and everything that must always hold holds', async () => {
    expect(await ledgerNow()).toBe(ledger);
    expect(await verify()).toEqual([]);
  });

  it('the audit has lost the persons, kept its hashes and says who approved', async () => {
    const ofHer = await stage.admin.query(
      `select count(*)::int as leaves, count(salt)::int as persons from custody.audit_leaf
       where authority = (select authority from socialjouren.disposal where id = $1)
         and (target_id = $2 or target_id = $3)`,
      [disposalId, goes.adult.matterId, handoff],
    );
    expect(ofHer[0].persons).toBe(0);
    expect(ofHer[0].leaves).toBeGreaterThan(0);
    const events: { ours: number; theirs: number }[] = await stage.admin.query(
      `select count(person) filter (where unit_id = $2)::int as ours,
         count(person) filter (where unit_id <> $2)::int as theirs from custody.event where matter_id = $1`,
      [goes.adult.matterId, NIGHT_UNIT],
    );
    // The police have not disposed of theirs.
    expect([events[0]?.ours, (events[0]?.theirs ?? 0) > 0]).toEqual([0, true]);
    const approvals: { action: string }[] = await stage.admin.query(
      `select action from socialjouren.audit_leaf where target_kind = 'disposal' and target_id = $1 order by at, action`,
      [disposalId],
    );
    expect(approvals.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['list-disposal', 'propose-disposal', 'approve-disposal', 'perform-disposal']),
    );
  });

  it('who did something is forgotten only of whom was disposed of, and nothing else of an event is ever changed', async () => {
    for (const [change, id] of [
      ['person = null', goes.child.matterId],
      [`person = 'p-x'`, goes.adult.matterId],
      [`unit_id = 'x', person = null`, goes.adult.matterId],
    ]) {
      await expect(
        stage.admin.query(`update custody.event set ${change} where matter_id = $1`, [id]),
      ).rejects.toThrow('append-only');
    }
  });

  it('finds nothing to do while the key store is the one that was erased in', async () => {
    expect(await reapply(false)).toMatchObject({ back: 0, erasedAgain: 0, unknown: [] });
    expect(await statusOfContent()).toBe(410);
  });

  it('finds what a backup brought back, and erases it again', async () => {
    await stage.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query('delete from keys.erased_wrap');
      await manager.query(
        'insert into keys.wrap select * from public.backup_of_wraps on conflict do nothing',
      );
    });
    // That is why it must be done: the restored key opens it.
    expect(await statusOfContent()).toBe(200);
    const found = await reapply(false);
    expect(found.back).toBeGreaterThan(0);
    expect([found.erasedAgain, await statusOfContent()]).toEqual([0, 200]);
    expect(await reapply(true)).toMatchObject({ back: found.back, erasedAgain: found.back });
    expect(await statusOfContent()).toBe(410);
    expect(await reapply(true)).toMatchObject({ back: 0, erasedAgain: 0 });
    expect(await verify()).toEqual([]);
  });

  it('names a disposal that the key store knows and an older record does not', async () => {
    const forgotten = '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10';
    await stage.admin.query(
      `insert into keys.erased_wrap (content_id, unit_id, disposal_id) values ($1, $2, $1)`,
      [forgotten, NIGHT_UNIT],
    );
    expect((await reapply(false)).unknown).toEqual([forgotten]);
  });

  it('verify finds content that was emptied without a decision, and a person who was current when disposed of', async () => {
    await stage.admin.query(
      `insert into custody.disposed_subject (subject_id, authority, party, disposal_id, disposed_at)
       select $2, authority, party, id, directory.record_now() from custody.disposal where id = $1`,
      [disposalId, goes.childId],
    );
    await stage.admin.query(
      `update custody.content set ciphertext = '', erased_at = directory.record_now()
       where incident_id = $1 and kind = 'facts'`,
      [goes.recordId],
    );
    expect((await verify()).map(({ check }) => check).sort()).toEqual([
      'disposed-and-current',
      'erased-without-decision',
    ]);
  });
});
