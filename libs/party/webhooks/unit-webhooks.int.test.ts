import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';

// Two cores are shared with whole systems: slow is not wrong.
jest.setTimeout(60_000);

const UNIT = 'rvt-farsta';
const WEBHOOK = `/units/${UNIT}/webhook`;
const register = (url: string) => ({ change: 'register', url });

describe('where a unit’s own system listens', () => {
  let stage: Stage;
  let administrator: As;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('rvt')], { HANDSLAG_LOCAL: 'false' });
    administrator = await stage.as('rvt-administrator-farsta');
  }, 120_000);
  afterAll(async () => stage?.stop());

  it('is said by the unit’s administrator and by no one else, and shown to who answers for the unit', async () => {
    const url = 'https://verksamhet.example.se/handslag';
    for (const [persona, code] of [
      ['rvt-case-worker-farsta', 'NO_MANDATE'],
      ['rvt-unit-head-farsta', 'NO_MANDATE'],
      ['rvt-auditor-farsta', 'NO_MANDATE'],
      ['rvt-administrator-skarpnack', 'NOT_YOUR_UNIT'],
      ['police-administrator-globen', 'NOT_YOUR_UNIT'],
    ] as const) {
      const refused = await (await stage.as(persona)).post(WEBHOOK, register(url));
      expect([persona, refused.status, refused.body.code]).toEqual([persona, 403, code]);
    }
    expect((await administrator.post(WEBHOOK, register(url))).status).toBe(200);
    for (const persona of ['rvt-unit-head-farsta', 'rvt-auditor-farsta', 'rvt-administrator-farsta']) {
      const { body } = await (await stage.as(persona)).get(WEBHOOK);
      expect([persona, body]).toEqual([
        persona,
        { unit: UNIT, url, since: expect.any(String), secretVersion: 1, oldSecretUntil: null },
      ]);
    }
    expect((await (await stage.as('rvt-case-worker-farsta')).get(WEBHOOK)).status).toBe(403);
  });

  it.each([
    'http://verksamhet.example.se/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://db/',
    'https://keys.internal/',
    'https://x.localhost/',
    'https://anna:secret@verksamhet.example.se/',
    'https://verksamhet.example.se/?subject=1',
    'https://verksamhet.example.se/#1',
    'ftp://verksamhet.example.se/',
    'javascript:alert(1)',
    'not a url',
  ])('is never %s', async (url) => {
    const refused = await administrator.post(WEBHOOK, register(url));
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
  });

  it('has a secret that is shown once, follows the key, and changes when it is rotated', async () => {
    const key = { 'idempotency-key': freshKey() };
    const body = register('https://verksamhet.example.se/b');
    const [first, repeated] = [
      await administrator.post(WEBHOOK, body, key),
      await administrator.post(WEBHOOK, body, key),
    ];
    expect(first.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(repeated.body).toEqual(first.body);
    const rotated = await administrator.post(WEBHOOK, { change: 'rotate', oldSecretHours: 2 });
    expect(rotated.body.secret).not.toBe(first.body.secret);
    const shown = (await administrator.get(WEBHOOK)).body;
    expect(shown).toMatchObject({ secretVersion: 2, oldSecretUntil: expect.any(String) });
    expect(JSON.stringify(shown)).not.toContain('whsec');
    const again = await administrator.post(WEBHOOK, body);
    expect(again.body.secret).not.toBe(first.body.secret);
    for (const secret of [first.body.secret, rotated.body.secret, again.body.secret]) {
      const rows: { held: string }[] = await stage.admin.query(
        `select row_to_json(c)::text || (select string_agg(response::text, '') from rvt.idempotency) as held from rvt.webhook_change c`,
      );
      expect(rows.some(({ held }) => held.includes(String(secret).slice(6)))).toBe(false);
    }
  });

  it('is ended, and then there is nothing to rotate or to end; each act is audited', async () => {
    expect((await administrator.post(WEBHOOK, { change: 'end' })).body.secret).toBeNull();
    expect((await administrator.get(WEBHOOK)).body.url).toBeNull();
    for (const change of ['rotate', 'end'])
      expect((await administrator.post(WEBHOOK, { change })).body.code).toBe('NOT_FOUND');
    const leaves: { action: string }[] = await stage.admin.query(
      `select distinct action from rvt.audit_leaf where target_kind = 'webhook' and unit_id = $1 order by action`,
      [UNIT],
    );
    expect(leaves.map(({ action }) => action)).toEqual(['webhook-end', 'webhook-register', 'webhook-rotate']);
  });
});
