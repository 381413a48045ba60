import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PartySealing } from '../sealing/party-sealing.js';
import { aReport } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

/** C7 at the door: no audit row, no effect; nothing is decrypted that was not audited. */
describe('the audit comes first', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let night: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    night = await takenCase(stage, police, worker);
    await stage.admin.query(`create function public.no_audit() returns trigger language plpgsql as $$
      begin raise exception 'the audit is out'; end $$`);
  }, 120_000);
  afterAll(async () => stage?.stop());

  /** While it lasts, no leaf can be written in this schema, whoever tries. */
  async function withoutAudit<Value>(schema: string, work: () => Promise<Value>): Promise<Value> {
    await stage.admin.query(
      `create trigger no_audit before insert on ${schema}.audit_leaf execute function public.no_audit()`,
    );
    try {
      return await work();
    } finally {
      await stage.admin.query(`drop trigger no_audit on ${schema}.audit_leaf`);
    }
  }

  /** Every row of every table of a schema but the audit's own, as one number a table. */
  async function rowsOf(schema: string): Promise<Record<string, number>> {
    const tables: { name: string }[] = await stage.admin.query(
      `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r' order by 1`,
      [schema],
    );
    const counted: Record<string, number> = {};
    for (const { name } of tables) {
      const [row]: { n: number }[] = await stage.admin.query(
        `select count(*)::int as n from ${schema}.${name}`,
      );
      counted[name] = row?.n ?? -1;
    }
    return counted;
  }

  it('of a command in custody: without its leaf nothing is there, and the same key does it once it can be audited', async () => {
    const [report, key] = [aReport(), { 'idempotency-key': freshKey() }];
    const before = await rowsOf('custody');
    const refused = await withoutAudit('custody', () => police.post('/incidents', report, key));
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect(await rowsOf('custody')).toEqual(before);
    expect((await police.post('/incidents', report, key)).status).toBe(201);
    const after = await rowsOf('custody');
    expect(after['incident']).toBe((before['incident'] ?? 0) + 1);
    expect(after['audit_leaf']).toBeGreaterThan(before['audit_leaf'] ?? 0);
  });

  it("of an act in a party's own schema: the same", async () => {
    const key = { 'idempotency-key': freshKey() };
    const assess = () =>
      worker.post(
        `/incidents/${night.incident}/protection-assessments`,
        {
          actingUnit: NIGHT_UNIT,
          subjectId: night.child.subjectId,
          outcome: 'NO_IMMEDIATE_NEED',
          reasons: 'kanarieskäl',
          childHeard: 'YES',
          assessedAt: new Date(Date.now() - 60_000).toISOString(),
        },
        key,
      );
    const before = await rowsOf('socialjouren');
    const refused = await withoutAudit('socialjouren', assess);
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect(await rowsOf('socialjouren')).toEqual(before);
    const done = await assess();
    expect([done.status, done.body.code]).toEqual([201, undefined]);
    const after = await rowsOf('socialjouren');
    expect(after['protection_assessment']).toBe((before['protection_assessment'] ?? 0) + 1);
    expect(after['audit_leaf']).toBeGreaterThan(before['audit_leaf'] ?? 0);
  });

  it('of a reading: its leaf is committed when the first envelope is opened, and without it none is', async () => {
    const { sealing } = stage.app('socialjouren').get(PartySealing, { strict: false });
    const open = sealing.open.bind(sealing);
    const leavesAtOpening: number[] = [];
    const readings = async (): Promise<number> => {
      const [row]: { n: number }[] = await stage.admin.query(
        `select count(*)::int as n from socialjouren.audit_leaf where kind = 'reading'`,
      );
      return row?.n ?? -1;
    };
    sealing.open = async (asked) => {
      // Another connection sees it: it is committed, not only written.
      leavesAtOpening.push(await readings());
      return open(asked);
    };
    try {
      const [handoff]: { id: string }[] = await stage.admin.query(
        'select id from custody.handoff where matter_id = $1',
        [night.child.matterId],
      );
      const before = await readings();
      expect((await worker.get(`/handoffs/${handoff?.id}/content`)).status).toBe(200);
      expect(leavesAtOpening).toEqual([before + 1]);
      const refused = await withoutAudit('socialjouren', () =>
        worker.get(`/handoffs/${handoff?.id}/content`),
      );
      expect([refused.status, refused.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
      expect(leavesAtOpening).toHaveLength(1);
    } finally {
      sealing.open = open;
    }
  });

  it('of a refusal: its leaf is there when the answer is, and without it there is a 503 that tells nothing', async () => {
    const refusals = async (): Promise<number> => {
      const [row]: { n: number }[] = await stage.admin.query(
        `select count(*)::int as n from socialjouren.audit_leaf where kind = 'refusal'`,
      );
      return row?.n ?? -1;
    };
    const ask = () => worker.get('/handoffs/00000000-0000-4000-8000-000000000000/content');
    const before = await refusals();
    expect((await ask()).status).toBe(404);
    expect(await refusals()).toBe(before + 1);
    const silent = await withoutAudit('socialjouren', ask);
    expect([silent.status, silent.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
  });
});
