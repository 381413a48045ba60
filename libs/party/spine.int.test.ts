import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import request from 'supertest';
import type { PartyService } from '#database';
import { verifyReceipt } from '#sealing';
import { partySchema } from './database/party-schema.js';
import type { Party } from './party.port.js';
import { aChild, aReport, aVictim } from './test/reports.js';
import { freshKey, openStage, type Stage } from './test/stage.js';

@Module({})
class NoFeatures {}

const party = (name: PartyService): Party => ({
  name,
  title: { sv: name, en: name },
  schema: partySchema(name),
  features: [NoFeatures],
  holdsMatters: true,
});

const SOCIALJOUREN = 'socialjouren-stockholm';
const LIAISON = 'police-liaison-globen';
const WORKER = 'socialjouren-case-worker';

describe('a case from the police to socialjouren, over HTTP', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([party('police'), party('socialjouren')]);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const bases = { victim: { code: 'X-02b', statement: 'kanarieavvägning' } };

  async function reported(some: Record<string, unknown> = {}) {
    const police = await stage.as(LIAISON);
    const answer = await police.post('/incidents', aReport(some));
    expect([answer.status, answer.body.code]).toEqual([201, undefined]);
    return { police, report: answer.body };
  }

  async function sent(some: Record<string, unknown> = {}) {
    const { police, report } = await reported(some);
    const items = report.matters.map(({ matterId, kind }: { matterId: string; kind: string }) => ({
      matterId,
      toUnit: SOCIALJOUREN,
      ...(kind === 'adult-safety' ? { basis: bases.victim } : {}),
    }));
    const preview = await police.post('/dispatches/preview', { items });
    expect([preview.status, preview.body.code, preview.body.errors]).toEqual([200, undefined, undefined]);
    const dispatch = await police.post('/dispatches', { previewId: preview.body.previewId });
    expect([dispatch.status, dispatch.body.code]).toEqual([201, undefined]);
    return { police, report, preview: preview.body, dispatch: dispatch.body };
  }

  async function handoffOf(
    dispatch: { handoffs: { handoffId: string; matterId: string }[] },
    matterId: string,
  ) {
    const found = dispatch.handoffs.find((one) => one.matterId === matterId);
    if (found === undefined) throw new Error('not sent');
    return found.handoffId;
  }

  it('opens a matter for each victim and child, with a time to send, and ids that are its own', async () => {
    const { report } = await reported();
    expect(report.matters.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'adult-safety',
      'child-protection',
    ]);
    expect(report.matters.every(({ sendBy }: { sendBy: string | null }) => sendBy !== null)).toBe(true);
    const [row] = await stage.admin.query(
      'select count(*)::int as n from custody.incident where id::text = $1',
      [report.incidentId],
    );
    expect(row.n).toBe(0);
    const police = await stage.as(LIAISON);
    const view = await police.get(`/incidents/${report.incidentId}`);
    expect(view.body.matters).toHaveLength(2);
  });

  it('answers a retry with what the first try did, and refuses the key for another body', async () => {
    const police = await stage.as(LIAISON);
    const key = { 'idempotency-key': freshKey() };
    const [first, second] = [
      await police.post('/incidents', aReport(), key),
      await police.post('/incidents', aReport(), key),
    ];
    expect(second.body).toEqual(first.body);
    const other = await police.post('/incidents', aReport({ kind: 'concern-report' }), key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_BODY_DIFFERS']);
  });

  it('refuses an incident in the future and keeps nothing of it', async () => {
    const police = await stage.as(LIAISON);
    const answer = await police.post('/incidents', aReport({ occurredAt: '2099-01-01T00:00:00Z' }));
    expect([answer.status, answer.body.code]).toEqual([422, 'FUTURE_INCIDENT']);
  });

  it('keeps a number that cannot be verified, and says so', async () => {
    const { report } = await reported({ victims: [aVictim('victim-1', { number: '19800101-0000' })] });
    expect(report.notices).toEqual([expect.objectContaining({ code: 'NUMBER_UNVERIFIED', ref: 'victim-1' })]);
  });

  it('makes an adult of a child who is eighteen on the day, and says so', async () => {
    const { report } = await reported({
      occurredAt: '2024-02-29T23:30:00+01:00',
      children: [
        aChild('child-1', { birthDate: '2006-02-28' }),
        aChild('child-2', { birthDate: '2006-03-01' }),
      ],
    });
    expect(report.notices).toEqual([
      expect.objectContaining({ code: 'ADULT_REPORTED_AS_CHILD', ref: 'child-1' }),
    ]);
    const kinds = report.matters
      .map(({ ref, kind }: { ref: string; kind: string }) => `${ref} ${kind}`)
      .sort();
    expect(kinds).toEqual(['child-1 adult-safety', 'child-2 child-protection', 'victim-1 adult-safety']);
  });

  it('takes a unit that the person does not work for as refused', async () => {
    const police = await stage.as(LIAISON);
    const answer = await police.post('/incidents', aReport({ actingUnit: 'lpo-farsta' }));
    expect([answer.status, answer.body.code]).toEqual([403, 'NOT_YOUR_UNIT']);
  });

  it('shows before sending what leaves, what is withheld and why, the unit and every deadline', async () => {
    const { preview } = await sent();
    const child = preview.items.find(({ route }: { route: string }) => route.startsWith('child-protection'));
    const adult = preview.items.find(({ route }: { route: string }) => route.startsWith('adult-safety'));
    expect(child.basis.code).toBe('X-02');
    expect(child.deadlines.map(({ rule }: { rule: string }) => rule)).toEqual(
      expect.arrayContaining(['D-01', 'D-02']),
    );
    expect(child.deadlines.every(({ because }: { because: unknown[] }) => because.length > 0)).toBe(true);
    const apart = adult.leaves.filter(({ sealedApart }: { sealedApart: boolean }) => sealedApart);
    expect(apart.map(({ field }: { field: string }) => field)).toContain('safe-contact.number');
    expect(child.withheld.map(({ field }: { field: string }) => field)).toContain('safe-contact.number');
  });

  it('needs a basis for an adult, and none for a child', async () => {
    const { police, report } = await reported();
    const items = report.matters.map(({ matterId }: { matterId: string }) => ({
      matterId,
      toUnit: SOCIALJOUREN,
    }));
    const answer = await police.post('/dispatches/preview', { items });
    expect([answer.status, answer.body.code]).toEqual([422, 'NO_BASIS']);
  });

  it('refuses a field that the route does not permit, an unknown unit and an ended one', async () => {
    const { police, report } = await reported();
    const child = report.matters.find(({ kind }: { kind: string }) => kind === 'child-protection').matterId;
    const preview = (item: object) =>
      police.post('/dispatches/preview', { items: [{ matterId: child, toUnit: SOCIALJOUREN, ...item }] });
    const field = await preview({ answers: { 'safe-contact.number': { value: '070' } } });
    expect([field.status, field.body.code]).toEqual([422, 'FIELD_NOT_PERMITTED']);
    expect(field.body.errors[0].field).toBe('items.0.answers.safe-contact.number');
    expect((await preview({ toUnit: 'bou-nowhere' })).body.code).toBe('UNKNOWN_UNIT');
    const [ended] = await stage.admin.query(
      `select id from directory.unit where party = 'bou' and valid_to < '2026-01-01' limit 1`,
    );
    expect((await preview({ toUnit: ended.id })).body.code).toBe('UNIT_ENDED');
  });

  it('delivers, opens, accepts with a receipt that is checked offline, and moves the responsibility', async () => {
    const { police, dispatch, report } = await sent();
    const worker = await stage.as(WORKER);
    const adult = report.matters.find(({ kind }: { kind: string }) => kind === 'adult-safety').matterId;
    const id = await handoffOf(dispatch, adult);
    await eventually(async () => {
      const seen = await worker.get(`/handoffs/${id}`);
      expect(seen.body.deliveredAt).not.toBeNull();
    });
    const inbox = await worker.get('/inbox');
    expect(inbox.body.items.map(({ handoffId }: { handoffId: string }) => handoffId)).toContain(id);

    const opened = await worker.post(`/handoffs/${id}/open`);
    expect([opened.status, opened.body.phase, opened.body.code]).toEqual([200, 'opened', undefined]);
    const stale = await worker.post(`/handoffs/${id}/accept`, {}, { 'if-match': '"9"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION']);
    const missing = await worker.post(`/handoffs/${id}/accept`);
    expect([missing.status, missing.body.code]).toEqual([428, 'PRECONDITION_REQUIRED']);
    const accepted = await worker.post(
      `/handoffs/${id}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([accepted.status, accepted.body.phase]).toEqual([200, 'accepted']);

    const keys = await police.get(`/units/${SOCIALJOUREN}/keys`);
    const verdict = await verifyReceipt(accepted.body.receipt, keys.body);
    expect(verdict).toMatchObject({ ok: true, payload: { handoffId: id, iss: SOCIALJOUREN } });

    const again = await worker.post(
      `/handoffs/${id}/accept`,
      {},
      { 'if-match': accepted.headers['etag'] ?? '' },
    );
    expect([again.status, again.body.code, again.body.current.phase]).toEqual([
      409,
      'ALREADY_ACCEPTED',
      'accepted',
    ]);

    const line = await worker.get(`/matters/${adult}/responsibility`);
    expect(line.body.spells.map(({ unit }: { unit: string }) => unit)).toEqual(['lpo-globen', SOCIALJOUREN]);
    expect(line.body.spells[0].until).toBe(line.body.spells[1].from);
    const former = await police.get(`/matters/${adult}/responsibility`);
    expect(former.body.spells).toHaveLength(1);
    expect(former.body.thenTakenBy).toBe('case-worker');
  });

  it('shows the content to the receiver after auditing it, and keeps safe contact apart', async () => {
    const { dispatch, report } = await sent();
    const worker = await stage.as(WORKER);
    const adult = report.matters.find(({ kind }: { kind: string }) => kind === 'adult-safety').matterId;
    const id = await handoffOf(dispatch, adult);
    const before = await readings();
    const content = await worker.get(`/handoffs/${id}/content`);
    expect(content.text).toContain('Kanarievuxen victim-1');
    expect(content.text).not.toContain('kanarie-nummer');
    expect(content.text).not.toContain('Kanariebarn');
    const contact = await worker.get(`/handoffs/${id}/safe-contact`);
    expect(contact.text).toContain('kanarie-nummer');
    expect((await readings()) - before).toBe(2);
  });

  it('opens nothing when the reading cannot be audited', async () => {
    const { dispatch } = await sent();
    const worker = await stage.as(WORKER);
    await stage.admin.query('revoke insert on socialjouren.audit_leaf from handslag_socialjouren');
    try {
      const answer = await worker.get(`/handoffs/${dispatch.handoffs[0].handoffId}/content`);
      expect([answer.status, answer.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
    } finally {
      await stage.admin.query('grant insert on socialjouren.audit_leaf to handslag_socialjouren');
    }
  });

  it('never lets a concern report be declined or withdrawn', async () => {
    const { police, dispatch, report } = await sent();
    const worker = await stage.as(WORKER);
    const child = report.matters.find(({ kind }: { kind: string }) => kind === 'child-protection').matterId;
    const id = await handoffOf(dispatch, child);
    const opened = await worker.post(`/handoffs/${id}/open`);
    const match = { 'if-match': opened.headers['etag'] ?? '' };
    const declined = await worker.post(`/handoffs/${id}/decline`, { reason: 'NOT_TARGET_GROUP' }, match);
    expect([declined.status, declined.body.code]).toEqual([422, 'CANNOT_DECLINE_REPORT']);
    const withdrawn = await police.post(`/handoffs/${id}/withdraw`, {}, match);
    expect([withdrawn.status, withdrawn.body.code]).toEqual([422, 'CANNOT_WITHDRAW_REPORT']);
  });

  it('gives accept against withdraw at once to one of them, and shows the other what holds', async () => {
    const { police, dispatch, report } = await sent();
    const worker = await stage.as(WORKER);
    const adult = report.matters.find(({ kind }: { kind: string }) => kind === 'adult-safety').matterId;
    const id = await handoffOf(dispatch, adult);
    const opened = await worker.post(`/handoffs/${id}/open`);
    const match = { 'if-match': opened.headers['etag'] ?? '' };
    const answers = await Promise.all([
      worker.post(`/handoffs/${id}/accept`, {}, match),
      police.post(`/handoffs/${id}/withdraw`, {}, match),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(['accepted', 'withdrawn']).toContain(loser?.body.current.phase);
  });

  it('lets one of two people of a unit take it, and tells the other', async () => {
    const { dispatch, report } = await sent();
    const [first, second] = [await stage.as(WORKER), await stage.as('socialjouren-case-worker-2')];
    const adult = report.matters.find(({ kind }: { kind: string }) => kind === 'adult-safety').matterId;
    const id = await handoffOf(dispatch, adult);
    const opened = await first.post(`/handoffs/${id}/open`);
    const match = { 'if-match': opened.headers['etag'] ?? '' };
    const answers = await Promise.all([
      first.post(`/handoffs/${id}/accept`, {}, match),
      second.post(`/handoffs/${id}/accept`, {}, match),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('hides from another police unit whether the offer exists', async () => {
    const { dispatch } = await sent();
    const other = await stage.as('police-liaison-farsta');
    const hidden = await other.get(`/handoffs/${dispatch.handoffs[0].handoffId}`);
    const absent = await other.get('/handoffs/0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10');
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
  });

  it('accepts a whole dispatch at once', async () => {
    const { dispatch } = await sent();
    const worker = await stage.as(WORKER);
    for (const { handoffId } of dispatch.handoffs) await worker.post(`/handoffs/${handoffId}/open`);
    const answer = await worker.post(`/dispatches/${dispatch.dispatchId}/accept`);
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    expect(answer.body.accepted.map(({ phase }: { phase: string }) => phase)).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('lets nobody in without a token, on any operation of its OpenAPI document', async () => {
    const server = stage.app('police').getHttpServer();
    const { body: document } = await request(server).get('/api/openapi.json').expect(200);
    const operations = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(
      ([path, item]) =>
        Object.entries(item).map(([method, { operationId }]) => ({ path, method, operationId })),
    );
    expect(operations.length).toBeGreaterThan(40);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, method } of operations.filter((one) => !one.path.startsWith('/health/'))) {
      const address = path.replaceAll(/\{[^}]+\}/g, '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10');
      const answer = await (method === 'get'
        ? request(server).get(address)
        : request(server).post(address).send({}));
      expect([method, path, answer.status]).toEqual([method, path, 401]);
    }
  });

  it('documents the body of every command, its key and its version', async () => {
    const server = stage.app('police').getHttpServer();
    const { body: document } = await request(server).get('/api/openapi.json').expect(200);
    for (const [path, { post }] of Object.entries<{
      post?: { requestBody?: object; parameters: { name: string }[] };
    }>(document.paths)) {
      // A draft masked and given back: nothing is read from the record and nothing stored.
      if (post === undefined || path === '/api/v1/insight-preview') continue;
      expect([path, post.requestBody !== undefined]).toEqual([path, true]);
      expect([path, post.parameters.map(({ name }) => name)]).toEqual([
        path,
        expect.arrayContaining(['Idempotency-Key']),
      ]);
    }
    const { parameters } = document.paths['/api/v1/handoffs/{id}/accept'].post;
    expect(parameters.map(({ name }: { name: string }) => name)).toContain('If-Match');
  });

  it('still takes a report with Temporal and Redis away, and says that it is degraded', async () => {
    const answer = await request(stage.app('police').getHttpServer()).get('/health/ready');
    expect([answer.status, answer.body]).toEqual([
      200,
      { status: 'degraded', missing: ['temporal', 'redis'], draining: false },
    ]);
    await reported();
  });

  it('answers with what to do when PostgreSQL is restarted, and works again after it', async () => {
    const police = await stage.as(LIAISON);
    await stage.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'handslag police%'`,
    );
    const answers = [await police.get('/inbox'), await police.get('/inbox'), await police.get('/inbox')];
    for (const answer of answers) expect([200, 503]).toContain(answer.status);
    await eventually(async () => {
      expect((await police.get('/inbox')).status).toBe(200);
    });
  });

  it('pages a list without losing or repeating a line', async () => {
    await sent();
    await sent();
    const worker = await stage.as(WORKER);
    // An offer that is delivered while the pages are read moves to its next deadline, and so in the list.
    await eventually(async () => {
      const { body } = await worker.get('/inbox?limit=100');
      expect(body.items.map(({ phase }: { phase: string }) => phase)).not.toContain('sent');
    });
    const whole = await worker.get('/inbox?limit=100');
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const page = await worker.get(`/inbox?limit=2${after}`);
      ids.push(...page.body.items.map(({ handoffId }: { handoffId: string }) => handoffId));
      if (page.body.next === null) break;
      after = `&after=${page.body.next}`;
    }
    expect(ids).toEqual(whole.body.items.map(({ handoffId }: { handoffId: string }) => handoffId));
    expect((await worker.get('/inbox?after=bm90LWEtcGFnZQ')).body.code).toBe('INVALID_INPUT');
  });

  it('explains the routing of a place, and refuses an unknown one with what may be meant', async () => {
    const police = await stage.as(LIAISON);
    const found = await police.get('/routing/explain?place=%C3%84lvsj%C3%B6&on=2026-06-05');
    const units = found.body.units.map(({ role, unit }: { role: string; unit: string | null }) => [
      role,
      unit,
    ]);
    expect(units).toEqual(expect.arrayContaining([['rvt', 'rvt-sydvast']]));
    const unknown = await police.get('/routing/explain?place=Kanariebyn');
    expect([unknown.status, unknown.body.code]).toEqual([422, 'UNKNOWN_PLACE']);
  });

  it('keeps every canary out of the record and the log', async () => {
    await sent();
    const tables: { name: string }[] = await stage.admin.query(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('custody', 'police', 'socialjouren') and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const [row] = await stage.admin.query(
        `select count(*)::int as n from ${name} t where t::text ilike '%kanarie%'`,
      );
      expect([name, row.n]).toEqual([name, 0]);
    }
    expect(stage.logged.join('')).not.toMatch(/kanarie/i);
  });

  async function readings(): Promise<number> {
    const [row] = await stage.admin.query(
      `select count(*)::int as n from socialjouren.audit_leaf where kind = 'reading'`,
    );
    return row.n;
  }
});

async function eventually(check: () => Promise<void>): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
