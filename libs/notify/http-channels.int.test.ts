import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { localDateOfInstant } from '#calendar';
import { shippedDataFolder, snapshotFromFiles } from '#directory';
import { type DirectorySnapshot, unitId } from '#domain';
import { webhookKey, webhookSecret } from '#sealing';
import { type Notice, NoticeSchema } from './notice.js';
import { postJson } from './post-json.js';
import { SmsChannel } from './sms-channel.js';
import { WebhookChannel } from './webhook-channel.js';

// Two cores are shared with whole systems: slow is not wrong.
jest.setTimeout(60_000);

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A system that takes what is posted to it and answers as told. */
async function receiver(answer: (response: ServerResponse, count: number) => void = (r) => r.end()) {
  const got: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: flat(request.headers), body: Buffer.concat(chunks).toString('utf8') });
      answer(response, got.length);
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const where = server.address();
  const port = typeof where === 'object' && where !== null ? where.port : 0;
  return { url: new URL(`http://127.0.0.1:${port}/taken`), got };
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function late(more: object = {}): Notice {
  return NoticeSchema.parse({
    id: randomUUID(),
    unitId: 'rvt-farsta',
    function: 'on-duty',
    kind: 'ring',
    rung: 1,
    ringUnit: 'socialjouren-stockholm',
    at: new Date('2026-06-05T21:30:00Z'),
    ...more,
  });
}

const HOW = { timeoutMs: 2_000, isLocal: true };
const endpointId = randomUUID();
const noticeKey = randomBytes(32);
const newKey = webhookKey(noticeKey, endpointId, 2);
const oldKey = webhookKey(noticeKey, endpointId, 1);

function webhookTo(url: URL, keys: readonly Buffer[] = [newKey], how: object = {}) {
  return new WebhookChannel({ endpointOf: async () => ({ url, keys }) }, { ...HOW, ...how });
}

describe('a unit’s own system', () => {
  it('gets four things, signed so that an implementation that is not ours verifies it', async () => {
    const { url, got } = await receiver();
    const notice = late();
    expect(await webhookTo(url).send(notice)).toEqual({ delivered: true });
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    expect(new Webhook(webhookSecret(newKey)).verify(body, headers)).toEqual({
      type: 'notice.ring',
      id: notice.id,
      unit: 'rvt-farsta',
      occurredAt: '2026-06-05T21:30:00.000Z',
    });
    expect(headers).toMatchObject({ 'webhook-id': notice.id, 'content-type': 'application/json' });
    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
  });

  it('refuses what was changed on the way, signed by another, or kept and sent again later', async () => {
    const { url, got } = await receiver();
    await webhookTo(url).send(late());
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    const verifier = new Webhook(webhookSecret(newKey));
    const refused = (bodySeen: string, headersSeen: Record<string, string>, by = verifier) =>
      expect(() => by.verify(bodySeen, headersSeen)).toThrow(WebhookVerificationError);
    refused(body.replace('rvt-farsta', 'rvt-bromma'), headers);
    refused(body, { ...headers, 'webhook-id': randomUUID() });
    const seconds = Number(headers['webhook-timestamp']);
    refused(body, { ...headers, 'webhook-timestamp': String(seconds + 1) });
    refused(body, { ...headers, 'webhook-timestamp': String(seconds - 3_600) });
    refused(body, headers, new Webhook(webhookSecret(webhookKey(noticeKey, randomUUID(), 2))));
    refused(body, headers, new Webhook(webhookSecret(webhookKey(randomBytes(32), endpointId, 2))));
  });

  it('can change its secret without missing a message: both sign until the old one is let go', async () => {
    const { url, got } = await receiver();
    await webhookTo(url, [newKey, oldKey]).send(late());
    await webhookTo(url, [newKey]).send(late());
    const [during, after] = got;
    if (during === undefined || after === undefined) throw new Error('nothing came');
    for (const key of [oldKey, newKey]) new Webhook(webhookSecret(key)).verify(during.body, during.headers);
    new Webhook(webhookSecret(newKey)).verify(after.body, after.headers);
    expect(() => new Webhook(webhookSecret(oldKey)).verify(after.body, after.headers)).toThrow();
  });

  it('is told again under the same id, so that it can know it for the same', async () => {
    const { url, got } = await receiver();
    const notice = late();
    await webhookTo(url).send(notice);
    await webhookTo(url).send(notice);
    expect(got.map(({ headers }) => headers['webhook-id'])).toEqual([notice.id, notice.id]);
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    [200, { delivered: true }],
    [204, { delivered: true }],
    [409, { delivered: true }],
    [400, { delivered: false, code: 'REFUSED' }],
    [401, { delivered: false, code: 'NOT_LET_IN' }],
    [410, { delivered: false, code: 'REFUSED' }],
    [429, { delivered: false, code: 'BUSY' }],
    [503, { delivered: false, code: 'BUSY' }],
  ])('that answers %i: %j', async (status, outcome) => {
    const { url } = await receiver((response) => response.writeHead(status).end('whatever it says'));
    expect(await webhookTo(url).send(late())).toEqual(outcome);
  });

  it('that redirects is not followed, wherever it points', async () => {
    const inner = await receiver();
    const { url } = await receiver((response) => response.writeHead(307, { location: inner.url.href }).end());
    expect(await webhookTo(url).send(late())).toEqual({ delivered: false, code: 'REDIRECTED' });
    expect(inner.got).toEqual([]);
  });

  it('that never answers, or answers without end, is left in time', async () => {
    const silent = await receiver(() => undefined);
    expect(await webhookTo(silent.url, [newKey], { timeoutMs: 100 }).send(late())).toEqual({
      delivered: false,
      code: 'TIMED_OUT',
    });
    const endless = await receiver((response) => {
      response.writeHead(200);
      const pour = () => response.write('x'.repeat(65_536), () => !response.destroyed && pour());
      pour();
    });
    expect(await webhookTo(endless.url).send(late())).toEqual({ delivered: true });
  });

  it('that is gone is told as such, and nothing is thrown', async () => {
    const { url } = await receiver();
    await new Promise((resolve) => servers[0]?.close(resolve));
    expect(await webhookTo(url).send(late())).toEqual({ delivered: false, code: 'UNREACHABLE' });
    const nowhere = new WebhookChannel({ endpointOf: async () => null }, HOW);
    expect(await nowhere.send(late())).toEqual({ delivered: false, code: 'NO_ADDRESS' });
  });
});

describe('outside local mode', () => {
  const outside = (text: string) =>
    postJson({ url: new URL(text), headers: {}, body: '{}', timeoutMs: 2_000, mayBeInner: false });

  it.each([
    'http://example.org/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/',
  ])('nothing is posted to %s', async (text) => {
    expect(await outside(text)).toEqual({ delivered: false, code: 'NOT_PUBLIC' });
  });

  it('a name that leads to this machine is refused when it is resolved, whatever it was when it was registered', async () => {
    const { url, got } = await receiver();
    expect(await outside(`https://localhost:${url.port}/`)).toEqual({ delivered: false, code: 'NOT_PUBLIC' });
    expect(got).toEqual([]);
  });
});

describe('a text message', () => {
  const today = localDateOfInstant(new Date('2026-06-05T12:00:00Z'));
  const signingKey = randomBytes(32);
  let snapshot: DirectorySnapshot;
  beforeAll(async () => {
    const shipped = await snapshotFromFiles(await shippedDataFolder());
    if (!shipped.ok) throw new Error('the shipped directory does not load');
    const [ring] = shipped.value.contactPoints;
    if (ring === undefined) throw new Error('no numbers are shipped');
    // A number set apart for fiction, as the shipped ones are.
    const sms = {
      ...ring,
      unit: unitId('rvt-farsta'),
      purpose: 'sms-on-duty',
      value: '+46846500481',
    } as const;
    snapshot = { ...shipped.value, contactPoints: [...shipped.value.contactPoints, sms] };
  });
  const gatewayAt = (url: URL) =>
    new SmsChannel(
      { url, token: 'bearer-of-the-test', signingKey, sender: 'Handslag', timeoutMs: HOW.timeoutMs },
      async () => snapshot,
    );

  it('goes to the number that the directory has for the function, with a key, a signature and no content', async () => {
    const { url, got } = await receiver();
    const notice = late();
    expect(await gatewayAt(url).send(notice)).toEqual({ delivered: true });
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    expect(headers).toMatchObject({
      authorization: 'Bearer bearer-of-the-test',
      'idempotency-key': notice.id,
    });
    expect(new Webhook(`whsec_${signingKey.toString('base64')}`).verify(body, headers)).toEqual({
      id: notice.id,
      to: '+46846500481',
      from: 'Handslag',
      text: 'Handslag: ring nu, +46846500433.',
    });
  });

  it('is not sent where the directory has no number for that function', async () => {
    const { url, got } = await receiver();
    expect(await gatewayAt(url).send(late({ function: 'unit-head' }))).toEqual({
      delivered: false,
      code: 'NO_ADDRESS',
    });
    expect(await gatewayAt(url).send(late({ unitId: 'rvt-bromma' }))).toEqual({
      delivered: false,
      code: 'NO_ADDRESS',
    });
    expect(got).toEqual([]);
  });

  it('is not sent to a number that was given up before the day', async () => {
    const { url, got } = await receiver();
    const before = late({ at: new Date('2019-01-01T12:00:00Z') });
    const dated = snapshot.contactPoints.map((one) => ({ ...one, validFrom: today }));
    const sender = new SmsChannel(
      { url, token: 'bearer-of-the-test', signingKey, sender: 'Handslag', timeoutMs: HOW.timeoutMs },
      async () => ({ ...snapshot, contactPoints: dated }),
    );
    expect(await sender.send(before)).toEqual({ delivered: false, code: 'NO_ADDRESS' });
    expect(await sender.send(late())).toEqual({ delivered: true });
    expect(got).toHaveLength(1);
  });

  it('that the gateway has seen before counts as sent', async () => {
    const { url, got } = await receiver((response, count) =>
      response.writeHead(count === 1 ? 200 : 409).end(),
    );
    const notice = late();
    expect(await gatewayAt(url).send(notice)).toEqual({ delivered: true });
    expect(await gatewayAt(url).send(notice)).toEqual({ delivered: true });
    expect(new Set(got.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set([notice.id]));
  });
});
