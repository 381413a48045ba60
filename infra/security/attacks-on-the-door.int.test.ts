import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import request from 'supertest';
import { BOU } from '../../apps/bou/bou.party.js';
import { POLICE } from '../../apps/police/police.party.js';
import { SOCIALJOUREN } from '../../apps/socialjouren/socialjouren.party.js';
import { aReport } from '../../libs/party/test/reports.js';
import { freshKey, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../../libs/party/test/taken-case.js';
import { TEST_AUDIENCE } from '../../libs/party/test/test-issuer.js';

const LIAISON = 'police-liaison-globen';
const NIGHT_WORKER = 'socialjouren-case-worker';
const OTHER_POLICE = 'police-liaison-farsta';
const BOU_WORKER = 'bou-case-worker-skarpnack';
const PARTIES = ['police', 'socialjouren', 'bou'] as const;

interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
}

let stage: Stage;
let theCase: TakenCase;
let handoffId: string;
beforeAll(async () => {
  stage = await openStage([POLICE, SOCIALJOUREN, BOU]);
  const police = await stage.as(LIAISON);
  theCase = await takenCase(stage, police, await stage.as(NIGHT_WORKER));
  const [row]: { id: string }[] = await stage.admin.query(
    'select id from custody.handoff where matter_id = $1',
    [theCase.child.matterId],
  );
  handoffId = row?.id ?? '';
}, 60_000);
afterAll(async () => stage?.stop());

const server = (party: (typeof PARTIES)[number]) => stage.app(party).getHttpServer();

/** Every operation of a party's OpenAPI document, so that a route added tomorrow is attacked too. */
async function operations(party: (typeof PARTIES)[number]): Promise<Operation[]> {
  const { body } = await request(server(party)).get('/api/openapi.json');
  const paths: Record<string, Record<string, unknown>> = body.paths;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) => (isMethod(method) ? [{ method, path }] : [])),
  );
}

function isMethod(name: string): name is Operation['method'] {
  return ['get', 'post', 'put', 'patch', 'delete'].includes(name);
}

const withIds = (path: string, id: string): string => path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(id));

async function bearer(persona: string): Promise<string> {
  return `Bearer ${await stage.issuer.token(stage.persona(persona).personId)}`;
}

describe('a token that is not one', () => {
  it('is refused with one and the same answer, whatever was tried', async () => {
    const person = stage.persona(LIAISON).personId;
    const { url } = stage.issuer;
    const own = await generateKeyPair('ES256', { extractable: true });
    const claims = { sub: person, iss: url, aud: TEST_AUDIENCE, iat: 1, exp: 4_000_000_000 };
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwks = await (await fetch(`${url}/jwks`)).text();
    const forged = (header: object, signature: string) => `${encode(header)}.${encode(claims)}.${signature}`;
    const signed = (header: object) => {
      const input = `${encode(header)}.${encode(claims)}`;
      return `${input}.${createHmac('sha256', jwks).update(input).digest('base64url')}`;
    };
    const withOwnKey = async (header: object) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'test', ...header })
        .sign(own.privateKey);
    const good = await stage.issuer.token(person);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const tokens = {
      'without a signature': forged({ alg: 'none', typ: 'at+jwt' }, ''),
      'none in capitals': forged({ alg: 'NONE', typ: 'at+jwt', kid: 'test' }, signature),
      'signed with the public key as a secret': signed({ alg: 'HS256', typ: 'at+jwt', kid: 'test' }),
      'bringing its own key': await withOwnKey({ jwk: await exportJWK(own.publicKey) }),
      'telling where its key is': await withOwnKey({ jku: 'https://elsewhere.test/jwks' }),
      'with a key id that is a path': await withOwnKey({ kid: '../../../../dev/null' }),
      'with a key id that is SQL': await withOwnKey({ kid: "' or 1=1 --" }),
      'with a critical extension': forged(
        { alg: 'ES256', typ: 'at+jwt', kid: 'test', crit: ['b64'], b64: false },
        (await stage.issuer.token(person)).split('.')[2] ?? '',
      ),
      'for another service': await stage.issuer.token(person, { audience: `${TEST_AUDIENCE}x` }),
      'for identifying, not for access': await stage.issuer.token(person, { type: 'JWT' }),
      'about somebody else': `${header}.${encode({ ...claims, sub: 'somebody-else' })}.${signature}`,
      'with its signature cut': `${header}.${payload}.${signature.slice(0, -4)}`,
      twice: `${good}, Bearer ${good}`,
    };
    const answers = new Set<string>();
    for (const [kind, token] of Object.entries(tokens)) {
      const answer = await request(server('police'))
        .get('/api/v1/sent')
        .set('authorization', `Bearer ${token}`);
      expect([kind, answer.status]).toEqual([kind, 401]);
      answers.add(answer.text);
    }
    expect(answers.size).toBe(1);
  });

  it('is no better in the address, in a cookie or in the body', async () => {
    const token = await stage.issuer.token(stage.persona(LIAISON).personId);
    const tries = [
      request(server('police')).get(`/api/v1/sent?access_token=${token}`),
      request(server('police')).get('/api/v1/sent').set('cookie', `access_token=${token}`),
      request(server('police')).post('/api/v1/incidents').send({ access_token: token }),
    ];
    for (const one of tries) expect((await one).status).toBe(401);
    expect(stage.logged.join('\n')).not.toContain(token);
  });

  it('opens no door of another party: who works for the police is nobody at socialjouren', async () => {
    for (const party of ['socialjouren', 'bou'] as const) {
      for (const { method, path } of await operations(party)) {
        if (!path.startsWith('/api/v1')) continue;
        const asked = request(server(party))
          [method](withIds(path, theCase.child.matterId))
          .set('authorization', await bearer(LIAISON))
          .set('idempotency-key', freshKey());
        const answer = await (method === 'get' ? asked : asked.send({}));
        expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'NO_MANDATE']);
      }
    }
  }, 60_000);
});

describe('a unit that is not the own', () => {
  it('is refused when it is put in the body', async () => {
    const farsta = await stage.as(OTHER_POLICE);
    const answer = await farsta.post('/incidents', aReport({ actingUnit: 'lpo-globen' }));
    expect(answer.status).toBe(403);
    const [count]: { n: number }[] = await stage.admin.query(
      `select count(*)::int as n from custody.matter where holder_unit = 'lpo-globen'`,
    );
    expect(count?.n).toBe(0);
  });

  it('is refused when it is put in the address, and in a header it is nothing', async () => {
    const farsta = await stage.as(OTHER_POLICE);
    const succession = await farsta.post('/units/lpo-globen/succession', { successor: 'lpo-farsta' });
    expect([403, 404]).toContain(succession.status);
    const before = (await farsta.get('/sent')).text;
    const spoofed = await request(server('police'))
      .get('/api/v1/sent')
      .set('authorization', await bearer(OTHER_POLICE))
      .set('x-handslag-units', 'lpo-globen')
      .set('x-forwarded-user', stage.persona(LIAISON).personId)
      .set('x-original-url', '/api/v1/inbox');
    expect([spoofed.status, spoofed.text]).toEqual([200, before]);
  });

  it('is reached by no setting smuggled in where a unit, an id or a cursor is asked for', async () => {
    const farsta = await stage.as(OTHER_POLICE);
    const smuggled = [
      "lpo-farsta'; set handslag.units = 'lpo-globen'; --",
      'lpo-farsta,lpo-globen',
      '{lpo-globen}',
      '*',
      '%',
    ];
    for (const one of smuggled) {
      for (const path of [`/sent?after=${encodeURIComponent(one)}`, `/handoffs/${encodeURIComponent(one)}`]) {
        const { text } = await farsta.get(path);
        expect([one, text.includes(handoffId), text.includes('lpo-globen')]).toEqual([one, false, false]);
      }
    }
  });
});

describe('an id that was guessed', () => {
  it('is answered as one that does not exist, on every reading, byte for byte', async () => {
    const [content]: { incident_id: string; dispatch_id: string; subject_id: string }[] =
      await stage.admin.query(
        `select m.incident_id, h.dispatch_id, m.subject_id from custody.handoff h join custody.matter m on m.id = h.matter_id
         where h.id = $1`,
        [handoffId],
      );
    const real = [theCase.child.matterId, handoffId, ...Object.values(content ?? {})];
    expect(real).toHaveLength(5);
    const told: string[] = [];
    for (const [party, persona] of [
      ['police', OTHER_POLICE],
      ['bou', BOU_WORKER],
    ] as const) {
      const outsider = await stage.as(persona);
      for (const { method, path } of await operations(party)) {
        if (method !== 'get' || !path.startsWith('/api/v1') || !path.includes('{')) continue;
        const route = path.replace('/api/v1', '');
        const none = await outsider.get(withIds(route, randomUUID()));
        for (const id of real) {
          const answer = await outsider.get(withIds(route, id));
          const same = answer.status === none.status && answer.text === none.text;
          if (!same)
            told.push(`${party} GET ${route}: ${none.status} ${answer.status} ${answer.text.slice(0, 80)}`);
        }
      }
    }
    expect(told).toEqual([]);
  }, 60_000);

  it('changes nothing on any command, and the answer does not say whether it exists', async () => {
    const before = await fingerprint();
    const told: string[] = [];
    const farsta = await stage.as(OTHER_POLICE);
    for (const { method, path } of await operations('police')) {
      if (method !== 'post' || !path.startsWith('/api/v1') || !path.includes('{')) continue;
      const route = path.replace('/api/v1', '');
      const none = await farsta.post(withIds(route, randomUUID()), {}, { 'if-match': '"1"' });
      for (const id of [theCase.child.matterId, handoffId]) {
        const answer = await farsta.post(withIds(route, id), {}, { 'if-match': '"1"' });
        if (answer.text !== none.text) told.push(`POST ${route}: ${none.text} ${answer.text}`);
      }
    }
    expect(told).toEqual([]);
    expect(await fingerprint()).toEqual(before);
  }, 60_000);

  /** What the case is in the record: who holds it, its offers and its line. */
  async function fingerprint(): Promise<unknown> {
    return stage.admin.query(
      `select m.holder_unit, m.version, m.phase, h.id, h.phase as offer, h.version as offered,
         (select count(*)::int from custody.event e where e.matter_id = m.id) as events
       from custody.matter m left join custody.handoff h on h.matter_id = m.id order by m.id, h.id`,
    );
  }
});

describe('a body that says more than it is asked', () => {
  it('gives nobody a role, a unit, a phase or an owner', async () => {
    const worker = await stage.as(NIGHT_WORKER);
    const more = {
      holderUnit: 'bou-skarpnack',
      unit: 'bou-skarpnack',
      phase: 'closed',
      version: 99,
      roles: ['unit-head'],
      person: 'somebody-else',
      recordedAt: '2001-01-01T00:00:00.000Z',
      ['__proto__']: { isAdmin: true },
      constructor: { prototype: { isAdmin: true } },
    };
    const matter = (await worker.get(`/matters/${theCase.adult.matterId}`)).body;
    const answer = await worker.post(
      `/matters/${theCase.adult.matterId}/contact-attempt`,
      { channel: 'PHONE', ...more },
      { 'if-match': `"${matter.version}"` },
    );
    const after = (await worker.get(`/matters/${theCase.adult.matterId}`)).body;
    expect(after.responsibleUnit ?? after.holderUnit).toEqual(matter.responsibleUnit ?? matter.holderUnit);
    expect(after.phase).not.toBe('closed');
    expect(after.version).toBeLessThan(99);
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
    expect([200, 400]).toContain(answer.status);
  });

  it.each([
    ['arrays in arrays', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['objects in objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['a prototype', '{"__proto__":{"isAdmin":true},"actingUnit":"lpo-globen"}'],
    ['a number without end', `{"actingUnit":${'9'.repeat(500_000)}}`],
    ['a name without end', `{"${'a'.repeat(900_000)}":1}`],
    ['a hundred thousand names', `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ])('is refused when it is %s, and the service lives', async (_, body) => {
    const answer = await request(server('police'))
      .post('/api/v1/incidents')
      .set('authorization', await bearer(LIAISON))
      .set('idempotency-key', freshKey())
      .set('content-type', 'application/json')
      .send(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.text.length).toBeLessThan(20_000);
    const alive = await request(server('police')).get('/health/live');
    expect(alive.status).toBe(200);
  });
});

describe('what is written where a log or a header is made', () => {
  it('starts no line of its own in a log and no header in an answer', async () => {
    const evil = 'x\r\nset-cookie: stolen=1\r\n\u001b[31m{"level":"error","message":"forged-line"}';
    const before = stage.logged.length;
    for (const path of [`/sent?after=${encodeURIComponent(evil)}`, `/handoffs/${encodeURIComponent(evil)}`]) {
      const answer = await (await stage.as(LIAISON)).get(path);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.text).not.toContain('stolen');
    }
    const told = await (await stage.as(LIAISON)).post('/dispatches/preview', { items: [{ matterId: evil }] });
    expect(told.status).toBe(400);
    const lines = stage.logged.slice(before);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    expect(lines.join('\n')).not.toContain('forged-line');
    expect(lines.join('\n')).not.toContain('stolen');
  });

  it('is refused by the server itself when the lines of the request are broken', async () => {
    const listening = server('police');
    if (listening.address() === null) await once(listening.listen(0, '127.0.0.1'), 'listening');
    const address = listening.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /api/v1/incidents HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\nGET /api/v1/sent HTTP/1.1\r\nhost: x\r\n\r\n',
        );
      });
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString('utf8')));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
      socket.setTimeout(3_000, () => socket.destroy());
    });
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('never becomes a formula: no route answers with a table that a spreadsheet would run', async () => {
    for (const party of PARTIES) {
      const { body } = await request(server(party)).get('/api/openapi.json');
      expect(JSON.stringify(body)).not.toMatch(/text\/csv|spreadsheet|ms-excel/);
    }
  });
});

describe('a key of a command', () => {
  it('is of its caller: another person who learned it gets nothing of what the first was answered', async () => {
    const key = freshKey();
    const report = aReport();
    const first = await (await stage.as(LIAISON)).post('/incidents', report, { 'idempotency-key': key });
    expect(first.status).toBe(201);
    const stolen = await (await stage.as(OTHER_POLICE)).post('/incidents', report, {
      'idempotency-key': key,
    });
    expect(stolen.status).toBe(403);
    expect(stolen.text).not.toContain(first.body.incidentId);
  });

  it('answers every replay as the first, ten at once too, and another body under it never', async () => {
    const police = await stage.as(LIAISON);
    const key = freshKey();
    const report = aReport();
    const first = await police.post('/incidents', report, { 'idempotency-key': key });
    const again = await Promise.all(
      Array.from({ length: 10 }, () => police.post('/incidents', report, { 'idempotency-key': key })),
    );
    expect(again.map(({ body }) => body.incidentId)).toEqual(Array(10).fill(first.body.incidentId));
    const other = await police.post('/incidents', aReport({ violence: ['SEXUAL'] }), {
      'idempotency-key': key,
    });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_BODY_DIFFERS']);
  });
});

describe('an envelope that was exchanged for another', () => {
  it('is not opened, and nobody is told what was in either', async () => {
    const police = await stage.as(LIAISON);
    const worker = await stage.as(NIGHT_WORKER);
    const other = await takenCase(
      stage,
      police,
      worker,
      aReport({ facts: { text: 'kanarie-annan', source: 'x' } }),
    );
    const [own, foreign] = await Promise.all(
      [theCase.child.matterId, other.child.matterId].map(async (matterId) => {
        const rows: { id: string; handoff: string }[] = await stage.admin.query(
          `select c.id, h.id as handoff from custody.handoff h join custody.content c on c.id = h.content_id
           where h.matter_id = $1 and h.to_unit = $2`,
          [matterId, NIGHT_UNIT],
        );
        return rows[0];
      }),
    );
    if (own === undefined || foreign === undefined) throw new Error('no contents to exchange');
    // Only somebody with the database in his hands can: triggers and grants stand before it.
    await stage.admin.query(`set session_replication_role = replica`);
    await stage.admin.query(
      `update custody.content a set ciphertext = b.ciphertext from custody.content b
       where (a.id = $1 and b.id = $2) or (a.id = $2 and b.id = $1)`,
      [own.id, foreign.id],
    );
    await stage.admin.query(`set session_replication_role = origin`);
    for (const { handoff } of [own, foreign]) {
      const read = await worker.get(`/handoffs/${handoff}/content`);
      expect(read.status).toBeGreaterThanOrEqual(400);
      expect(read.text).not.toMatch(/kanarie/);
    }
  }, 30_000);
});
