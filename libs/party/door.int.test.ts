import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateKeyPair } from 'jose';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { CUSTODY_SCHEMA } from '#custody';
import { createTestDatabase, type TestDatabase } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { createLogger } from '#temporal';
import { partySchema } from './database/party-schema.js';
import { UnknownCallers } from './identity/unknown-callers.js';
import type { Party } from './party.port.js';
import { createParty } from './start/start-party.js';
import { ProbeController } from './test/probe.controller.js';
import { testConfig } from './test/test-config.js';
import { addMandate, addUnit } from './test/test-directory.js';
import { startTestIssuer, type TestIssuer } from './test/test-issuer.js';

@Module({ controllers: [ProbeController] })
class ProbeModule {}

const KEY = 'a-key-of-this-one-thing';
const party: Party = {
  name: 'police',
  title: { sv: 'Polisen', en: 'Police' },
  schema: partySchema('police'),
  features: [ProbeModule],
  holdsMatters: false,
};

describe('the door of a party', () => {
  let database: TestDatabase;
  let admin: DataSource;
  let issuer: TestIssuer;
  let app: NestFastifyApplication;
  let server: ReturnType<NestFastifyApplication['getHttpServer']>;
  const logged: string[] = [];
  const log = createLogger('debug', (line) => void logged.push(line));

  const leaves = (): Promise<{ action: string; code: string; authority: string; unit_id: string | null }[]> =>
    admin.query('select action, code, authority, unit_id from police.audit_leaf order by at, id');

  beforeAll(async () => {
    database = await createTestDatabase([DIRECTORY_SCHEMA, CUSTODY_SCHEMA, party.schema]);
    admin = await new DataSource({
      type: 'postgres',
      url: database.adminUrl,
      installExtensions: false,
    }).initialize();
    await addUnit(admin, { id: 'lpo-globen', party: 'police', authority: 'polismyndigheten' });
    await addUnit(admin, { id: 'rvt-farsta', party: 'rvt', authority: 'farsta-stadsdelsnamnd' });
    await addMandate(admin, { person: 'liaison-1', unit: 'lpo-globen', role: 'liaison' });
    await addMandate(admin, { person: 'former-1', unit: 'lpo-globen', role: 'liaison', until: '2020-01-31' });
    await addMandate(admin, { person: 'rvt-1', unit: 'rvt-farsta', role: 'case-worker' });
    await addMandate(admin, { person: 'auditor-1', unit: 'lpo-globen', role: 'auditor' });
    issuer = await startTestIssuer();
    app = await createParty(party, testConfig('police', database, issuer), log);
    server = app.getHttpServer();
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await issuer?.stop();
    await admin?.destroy();
    await database?.drop();
  });

  const bearer = async (person = 'liaison-1') => `Bearer ${await issuer.token(person)}`;

  it('lets a person with a mandate in and sends nothing that the schema does not name', async () => {
    const answer = await request(server)
      .get('/api/v1/probes')
      .set('authorization', await bearer());
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ text: 'lpo-globen', version: 7 });
    expect(answer.headers['etag']).toBe('"7"');
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses wrong, expired, foreign and unsigned tokens with one and the same 401', async () => {
    const foreign = await generateKeyPair('ES256');
    const symmetric = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const claims = Buffer.from(JSON.stringify({ sub: 'liaison-1', iss: issuer.url })).toString('base64url');
    const tokens = {
      absent: undefined,
      nonsense: 'Bearer this-is-not-a-token-at-all',
      basic: 'Basic bGlhaXNvbjpzZWNyZXQ=',
      expired: `Bearer ${await issuer.token('liaison-1', { expiresAt: 1_700_000_000 })}`,
      'of another audience': `Bearer ${await issuer.token('liaison-1', { audience: 'https://elsewhere.test' })}`,
      'of another issuer': `Bearer ${await issuer.token('liaison-1', { issuer: 'https://elsewhere.test' })}`,
      'signed by a foreign key': `Bearer ${await issuer.token('liaison-1', { key: foreign.privateKey })}`,
      'an id token': `Bearer ${await issuer.token('liaison-1', { type: 'JWT' })}`,
      unsigned: `Bearer ${symmetric}.${claims}.`,
    };
    const before = (await leaves()).length;
    const bodies = new Set<string>();
    for (const [kind, authorization] of Object.entries(tokens)) {
      const asked = request(server).get('/api/v1/probes');
      const answer = await (authorization === undefined ? asked : asked.set('authorization', authorization));
      expect([kind, answer.status]).toEqual([kind, 401]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      bodies.add(answer.text);
    }
    expect(bodies.size).toBe(1);
    expect((await leaves()).length).toBe(before);
    // Noise, not refusals of somebody: counted by reason in the security log, which names nobody.
    expect(Object.fromEntries(app.get(UnknownCallers).seen)).toEqual({
      'no-token': 1,
      malformed: 2,
      algorithm: 1,
      expired: 1,
      claims: 3,
      signature: 1,
    });
    const told = logged.filter((line) => line.includes('security.unknown-callers'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('"code":"no-token","count":1');
  });

  it('refuses who has no mandate, only an old one, or one at another party, and audits it first', async () => {
    for (const person of ['stranger-1', 'former-1', 'rvt-1']) {
      const answer = await request(server)
        .get('/api/v1/probes')
        .set('authorization', await bearer(person));
      expect([person, answer.status, answer.body.code]).toEqual([person, 403, 'NO_MANDATE']);
    }
    const last = (await leaves()).at(-1);
    expect(last).toEqual({ action: 'who', code: 'NO_MANDATE', authority: 'service:police', unit_id: null });
  });

  it('names the unit and its authority in the audit of a refusal, and never who asked in the open part', async () => {
    await request(server)
      .get('/api/v1/probes/7')
      .set('authorization', await bearer('auditor-1'))
      .expect(404);
    expect((await leaves()).at(-1)).toEqual({
      action: 'hidden',
      code: 'NOT_FOUND',
      authority: 'polismyndigheten',
      unit_id: 'lpo-globen',
    });
  });

  it('answers what is hidden and what is not there with the same body', async () => {
    const authorization = await bearer('auditor-1');
    const hidden = await request(server).get('/api/v1/probes/7').set('authorization', authorization);
    const absent = await request(server).get('/api/v1/nothing').set('authorization', authorization);
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(absent.text).toBe(hidden.text);
  });

  it('needs a key on a command, 16 to 128 printable characters', async () => {
    for (const key of [undefined, 'short', 'x'.repeat(129), 'with a space in between']) {
      const command = request(server)
        .post('/api/v1/probes')
        .set('authorization', await bearer());
      if (key !== undefined) command.set('idempotency-key', key);
      const answer = await command.send({ text: 'a', count: 1 });
      expect([key, answer.status, answer.body.code]).toEqual([key, 400, 'KEY_REQUIRED']);
    }
  });

  it('names the fields that do not fit and repeats nothing of what was written there', async () => {
    const answer = await request(server)
      .post('/api/v1/probes')
      .set('authorization', await bearer())
      .set('idempotency-key', KEY)
      .send({ text: 5, count: 'kanariefågel' });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('INVALID_INPUT');
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(['text', 'count']);
    expect(answer.text).not.toContain('kanariefågel');
    expect(answer.body.next).toEqual({ sv: expect.any(String), en: expect.any(String) });
  });

  it('refuses a body over one megabyte with 413, and takes one just under it', async () => {
    const send = async (length: number) =>
      request(server)
        .post('/api/v1/probes')
        .set('authorization', await bearer())
        .set('idempotency-key', KEY)
        .send({ text: 'x'.repeat(length), count: 1 });
    expect([(await send(1024 * 1024)).status, (await send(1024 * 1023)).status]).toEqual([413, 201]);
    expect((await send(1024 * 1024)).body.code).toBe('BODY_TOO_LARGE');
  });

  it('refuses broken JSON and other media types', async () => {
    const authorization = await bearer();
    const command = (type: string) =>
      request(server)
        .post('/api/v1/probes')
        .set('authorization', authorization)
        .set('idempotency-key', KEY)
        .set('content-type', type);
    const broken = await command('application/json').send('{"text": ');
    expect([broken.status, broken.body.code]).toEqual([400, 'INVALID_INPUT']);
    const other = await command('text/plain').send('hello');
    expect([other.status, other.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('asks for If-Match, and shows a lost race what holds now', async () => {
    const change = async (tag?: string) => {
      const command = request(server)
        .post('/api/v1/probes/9')
        .set('authorization', await bearer());
      return tag === undefined ? command : command.set('if-match', tag);
    };
    expect((await change()).body).toMatchObject({ status: 428, code: 'PRECONDITION_REQUIRED' });
    expect((await change('*')).body).toMatchObject({ status: 412, code: 'STALE_VERSION' });
    expect((await change('"1"')).body).toMatchObject({
      status: 409,
      code: 'LOST_RACE',
      current: { phase: 'accepted' },
    });
    const changed = await change('"3"');
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"4"']);
  });

  it('tells nothing of a bug, neither in the answer nor in the log', async () => {
    const answer = await request(server)
      .post('/api/v1/probes/kanariefagel')
      .set('authorization', await bearer())
      .set('if-match', '"2"');
    expect([answer.status, answer.body.code]).toEqual([500, 'UNEXPECTED']);
    expect(answer.text).not.toContain('kanariefagel');
    expect(logged.join('')).not.toContain('kanariefagel');
    expect(logged.join('')).toContain('request.failed');
  });

  it('answers 503 and nothing else when a refusal cannot be audited', async () => {
    await admin.query('revoke insert on police.audit_leaf from handslag_police');
    try {
      const answer = await request(server)
        .get('/api/v1/probes/7')
        .set('authorization', await bearer('auditor-1'));
      expect([answer.status, answer.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
    } finally {
      await admin.query('grant insert on police.audit_leaf to handslag_police');
    }
  });

  it('lets nobody in without a token, on any operation of its OpenAPI document but health', async () => {
    const { body: document } = await request(server).get('/api/openapi.json').expect(200);
    const operations = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ path, method })),
    );
    expect(operations.length).toBeGreaterThan(5);
    for (const { path, method } of operations) {
      expect(['get', 'post']).toContain(method);
      const address = path.replaceAll(/\{[^}]+\}/g, 'x');
      const answer = await (method === 'post'
        ? request(server).post(address).send({})
        : request(server).get(address));
      expect([method, path, answer.status]).toEqual([method, path, path.startsWith('/health/') ? 200 : 401]);
    }
  });

  it('documents bodies, headers and answers by name', async () => {
    const { body: document } = await request(server).get('/api/openapi.json').expect(200);
    expect(document.openapi).toMatch(/^3\./);
    const { post } = document.paths['/api/v1/probes'];
    expect(post.requestBody.content['application/json'].schema.$ref).toBe('#/components/schemas/ProbeInput');
    expect(post.parameters.map(({ name }: { name: string }) => name)).toContain('Idempotency-Key');
    expect(post.responses['201'].content['application/json'].schema.$ref).toBe(
      '#/components/schemas/ProbeAnswer',
    );
    expect(document.components.schemas).toHaveProperty('Problem');
  });

  it('does not start with a route that says nothing of who may ask', async () => {
    @Controller('api/v1/open')
    class SilentController {
      @Get()
      open() {
        return {};
      }
    }
    @Module({ controllers: [SilentController] })
    class SilentModule {}
    const starting = createParty(
      { ...party, features: [SilentModule] },
      testConfig('police', database, issuer),
      createLogger('error'),
    );
    await expect(starting).rejects.toThrow('SilentController.open');
  });
});
