import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { createTestDatabase, openDataSource, type TestDatabase } from '#database';
import {
  DIRECTORY_SCHEMA,
  generatePersonas,
  loadDirectory,
  type Persona,
  readSnapshot,
  shippedDataFolder,
} from '#directory';
import { freePorts } from '../local/ports.js';
import { readIssuerConfig } from './issuer-config.js';
import { startIssuer } from './start-issuer.js';

const POLICE = 'https://handslag.local/police';
let folder: string;
let database: TestDatabase;
let environment: Record<string, string>;
let front: string;
let police: Persona | undefined;
let issuer: { close(): Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-issuer-'));
  database = await createTestDatabase([DIRECTORY_SCHEMA]);
  const admin = await openDataSource({
    url: database.adminUrl,
    definition: DIRECTORY_SCHEMA,
    applicationName: 'issuer test',
  });
  const loaded = await loadDirectory(admin, await shippedDataFolder());
  expect(loaded.ok).toBe(true);
  const snapshot = await readSnapshot(admin);
  [police] = generatePersonas(snapshot, snapshot.firstDay).filter(
    ({ name }) => name === 'police-liaison-globen',
  );
  await admin.destroy();
  const [port = 0, web = 0] = await freePorts(2);
  front = `http://localhost:${port}`;
  environment = {
    PORT: String(port),
    OIDC_ISSUER: front,
    DATABASE_URL: database.urlFor('issuer'),
    HANDSLAG_KEYS_FILE: path.join(folder, 'keys.json'),
    HANDSLAG_COOKIE_KEY: randomBytes(32).toString('base64url'),
    HANDSLAG_MAIL_FILE: path.join(folder, 'mail.jsonl'),
    HANDSLAG_APP_URLS: JSON.stringify({ issuer: front, police: `http://localhost:${web}` }),
    HANDSLAG_LOCAL: '1',
  };
  issuer = await startIssuer(readIssuerConfig(environment));
});

afterAll(async () => {
  await issuer.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const post = (route: string, body: unknown): Promise<Response> =>
  fetch(`${front}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const keys = () => createRemoteJWKSet(new URL(`${front}/jwks`));

test('the issuer refuses to run outside local mode', () => {
  expect(() => readIssuerConfig({ ...environment, HANDSLAG_LOCAL: '0' })).toThrow(/local mode only/);
});

test('personas are those of the directory, the story’s among them', async () => {
  const { items } = (await (await fetch(`${front}/dev/personas`)).json()) as { items: { persona: string }[] };
  expect(items.map(({ persona }) => persona)).toEqual(
    expect.arrayContaining([
      'police-liaison-globen',
      'socialjouren-case-worker',
      'rvt-case-worker-sydvast',
      'bou-unit-head-skarpnack',
      'coordination-coordinator',
    ]),
  );
  expect(items.find(({ persona }) => persona === 'police-liaison-globen')).toEqual({
    persona: 'police-liaison-globen',
    personId: police?.personId,
    role: 'liaison',
    unitId: 'lpo-globen',
    unit: expect.stringContaining('Globen'),
    party: 'police',
    label: police?.label,
    audience: POLICE,
  });
});

describe("a persona's token without a browser", () => {
  test('is an ES256 at+jwt for the party of its unit, and for no other', async () => {
    const answer = await post('/dev/token', { persona: 'police-liaison-globen' });
    const token = (await answer.json()) as {
      access_token: string;
      audience: string;
      persona: string;
      expires_in: number;
    };
    expect([token.audience, token.persona, token.expires_in]).toEqual([
      POLICE,
      'police-liaison-globen',
      3600,
    ]);
    const checks = { issuer: front, audience: POLICE, typ: 'at+jwt', algorithms: ['ES256'] };
    const { payload } = await jwtVerify(token.access_token, keys(), checks);
    expect([payload.sub, payload['acr']]).toEqual([police?.personId, 'loa3']);
    await expect(
      jwtVerify(token.access_token, keys(), { ...checks, audience: 'https://handslag.local/rvt' }),
    ).rejects.toThrow(/aud/);
  });

  test('can be asked for another party, so that its refusal there can be seen', async () => {
    const answer = await post('/dev/token', {
      persona: 'police-liaison-globen',
      audience: 'https://handslag.local/rvt',
    });
    expect(await answer.json()).toMatchObject({ audience: 'https://handslag.local/rvt' });
  });

  test.each([
    [{ persona: 'nobody' }, 404, 'UNKNOWN_PERSONA'],
    [{ persona: 'rvt-case-worker-rinkeby-kista' }, 404, 'UNKNOWN_PERSONA'], // ended with its district
    [{}, 400, 'INVALID_REQUEST'],
    [
      { persona: 'police-liaison-globen', audience: 'https://elsewhere.example/police' },
      400,
      'INVALID_REQUEST',
    ],
  ])('%j is refused', async (body, status, code) => {
    const answer = await post('/dev/token', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code });
  });
});

test('a browser logs in with authorization code and PKCE, by choosing a persona', async () => {
  const cookies = new Map<string, string>();
  const visit = async (url: string, form?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(new URL(url, front), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  };
  const web: string = JSON.parse(environment['HANDSLAG_APP_URLS'] ?? '{}').police;
  const verifier = randomBytes(32).toString('base64url');
  const ask = new URLSearchParams({
    client_id: 'handslag-web',
    response_type: 'code',
    redirect_uri: `${web}/callback`,
    scope: 'openid',
    resource: POLICE,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const withoutProof = new URLSearchParams(ask);
  withoutProof.delete('code_challenge');
  withoutProof.delete('code_challenge_method');
  expect((await visit(`/auth?${withoutProof}`)).headers.get('location')).toContain('error=invalid_request');

  const interaction = (await visit(`/auth?${ask}`)).headers.get('location') ?? '';
  const login = await visit(interaction);
  expect(await login.text()).toContain('value="police-liaison-globen"');
  const resumed = await visit(interaction, new URLSearchParams({ persona: 'police-liaison-globen' }));
  const back = (await visit(resumed.headers.get('location') ?? '')).headers.get('location') ?? '';
  expect(back).toContain(`${web}/callback?code=`);

  const answer = await fetch(`${front}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'handslag-web',
      grant_type: 'authorization_code',
      code: new URL(back).searchParams.get('code') ?? '',
      redirect_uri: `${web}/callback`,
      code_verifier: verifier,
      resource: POLICE,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const { payload, protectedHeader } = await jwtVerify(access_token, keys(), {
    issuer: front,
    audience: POLICE,
  });
  expect([payload.sub, payload['acr'], protectedHeader.alg]).toEqual([police?.personId, 'loa3', 'ES256']);
});

test('a token outlives a restart of the issuer, and only its owner may read the key', async () => {
  const answer = await post('/dev/token', { persona: 'police-liaison-globen' });
  const { access_token } = (await answer.json()) as { access_token: string };
  await issuer.close();
  issuer = await startIssuer(readIssuerConfig(environment));
  await expect(jwtVerify(access_token, keys(), { issuer: front, audience: POLICE })).resolves.toBeDefined();
  expect(statSync(environment['HANDSLAG_KEYS_FILE'] ?? '').mode & 0o777).toBe(0o600);
});

test('caught mail is listed newest first, past a line that a crash cut short', async () => {
  const mail = (subject: string): string =>
    JSON.stringify({
      receivedAt: '2026-06-05T21:30:00Z',
      to: ['a@handslag.local'],
      from: 'x',
      subject,
      body: 'y',
    });
  appendFileSync(
    environment['HANDSLAG_MAIL_FILE'] ?? '',
    `${mail('first')}\n{"received\n${mail('second')}\n`,
  );
  const { items } = (await (await fetch(`${front}/mail`)).json()) as { items: { subject: string }[] };
  expect(items.map(({ subject }) => subject)).toEqual(['second', 'first']);
});

test('the time machine is said to be away when the courier is', async () => {
  const answer = await post('/dev/time/advance', { by: 'PT1H' });
  expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'COURIER_AWAY' }]);
});
