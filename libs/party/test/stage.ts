import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { AUDIT_SCHEMA } from '#audit';
import { parseLocalDate } from '#calendar';
import { CUSTODY_SCHEMA } from '#custody';
import {
  createTestDatabase,
  openDataSource,
  type PartyService,
  type SchemaDefinition,
  type TestDatabase,
} from '#database';
import {
  DIRECTORY_SCHEMA,
  generatePersonas,
  loadDirectory,
  loadPersonas,
  type Persona,
  readSnapshot,
  shippedDataFolder,
} from '#directory';
import { KEY_HOLDERS, KEYS_SCHEMA, type KeyHolder, registerKeyUnits } from '#sealing';
import { createLogger } from '#temporal';
import type { Party } from '../party.port.js';
import { createParty } from '../start/start-party.js';
import { testConfig } from './test-config.js';
import { startTestIssuer, type TestIssuer } from './test-issuer.js';

/** A command or a reading as one persona, over HTTP. */
export interface As {
  get(path: string, headers?: Record<string, string>): Promise<request.Response>;
  post(path: string, body?: object, headers?: Record<string, string>): Promise<request.Response>;
}

/** Several parties over one record, with the shipped directory and its personas. */
export interface Stage {
  readonly database: TestDatabase;
  readonly admin: DataSource;
  readonly issuer: TestIssuer;
  readonly logged: string[];
  app(party: PartyService): NestFastifyApplication;
  /** Speaks as a persona, such as `police-liaison-globen`. */
  as(persona: string): Promise<As>;
  /** A file as a persona fetches it, byte by byte. */
  fileAs(persona: string, path: string): Promise<{ status: number; type: string; bytes: Buffer }>;
  /** Speaks to a party as any person, such as one who was granted a mandate in the test. */
  asPerson(party: PartyService, person: string): Promise<As>;
  persona(name: string): Persona;
  stop(): Promise<void>;
}

/** A key that no other command had. */
export const freshKey = () => `test-command-${randomUUID()}`;

/**
 * Opens the stage; takes some seconds. `given` goes into the configuration of every party on it; `beside` are schemas that a
 * party leans on and no party owns.
 */
export async function openStage(
  parties: readonly Party[],
  given: NodeJS.ProcessEnv = {},
  beside: readonly SchemaDefinition[] = [],
): Promise<Stage> {
  const schemas = [
    DIRECTORY_SCHEMA,
    AUDIT_SCHEMA,
    KEYS_SCHEMA,
    CUSTODY_SCHEMA,
    ...beside,
    ...parties.map(({ schema }) => schema),
  ];
  const database = await createTestDatabase(schemas, undefined, {
    key: await filesKey(await shippedDataFolder()),
    fill: loadShipped,
  });
  const admin = await new DataSource({
    type: 'postgres',
    url: database.adminUrl,
    installExtensions: false,
  }).initialize();
  const directory = await openDirectory(database.adminUrl);
  const personas = await shippedPersonas(directory);
  await directory.destroy();

  const issuer = await startTestIssuer();
  const logged: string[] = [];
  const apps = new Map<string, NestFastifyApplication>();
  for (const party of parties) {
    const log = createLogger('info', (line) => void logged.push(line));
    const app = await createParty(party, testConfig(party.name, database, issuer, given), log);
    apps.set(party.name, app);
  }
  const app = (party: string) => {
    const found = apps.get(party);
    if (found === undefined) throw new Error(`${party} is not on the stage`);
    return found;
  };
  const persona = (name: string) => {
    const found = personas.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no persona ${name}`);
    return found;
  };
  const asPerson = async (party: string, person: string): Promise<As> => {
    const server = app(party).getHttpServer();
    const authorization = `Bearer ${await issuer.token(person)}`;
    return {
      get: async (path, headers = {}) =>
        request(server)
          .get(`/api/v1${path}`)
          .set({ authorization, ...headers }),
      post: async (path, body = {}, headers = {}) =>
        request(server)
          .post(`/api/v1${path}`)
          .set({ authorization, 'idempotency-key': freshKey(), ...headers })
          .send(body),
    };
  };
  return {
    database,
    admin,
    issuer,
    logged,
    app,
    persona,
    as(name) {
      const { personId, party } = persona(name);
      return asPerson(party, personId);
    },
    asPerson,
    async fileAs(name, path) {
      const { personId, party } = persona(name);
      const { status, type, body } = await request(app(party).getHttpServer())
        .get(`/api/v1${path}`)
        .set({ authorization: `Bearer ${await issuer.token(personId)}` })
        .responseType('blob');
      return { status, type, bytes: Buffer.from(body) };
    },
    async stop() {
      for (const one of apps.values()) await one.close();
      await issuer.stop();
      await admin.destroy();
      await database.drop();
    },
  };
}

/** The shipped directory, its personas, and which units have keys: the same on every stage, so a part of the template. */
async function loadShipped(adminUrl: string): Promise<void> {
  const directory = await openDirectory(adminUrl);
  const admin = await new DataSource({
    type: 'postgres',
    url: adminUrl,
    installExtensions: false,
  }).initialize();
  try {
    const loaded = await loadDirectory(directory, await shippedDataFolder());
    if (!loaded.ok) throw new Error('the shipped directory does not load');
    const { units } = await readSnapshot(directory);
    await loadPersonas(directory, await shippedPersonas(directory));
    await registerKeyUnits(
      admin,
      units.flatMap(({ id, party }) => (isKeyHolder(party) ? [{ unitId: id, party }] : [])),
    );
  } finally {
    await admin.destroy();
    await directory.destroy();
  }
}

function openDirectory(url: string): Promise<DataSource> {
  return openDataSource({ url, definition: DIRECTORY_SCHEMA, applicationName: 'handslag test directory' });
}

async function shippedPersonas(directory: DataSource): Promise<readonly Persona[]> {
  const today = parseLocalDate('2026-06-01');
  if (today === undefined) throw new Error('not a day');
  return generatePersonas(await readSnapshot(directory), today);
}

/** Of everything in a folder: another file, another key. */
async function filesKey(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).toSorted())
    hash.update(name).update(await readFile(path.join(folder, name)));
  return hash.digest('hex');
}

function isKeyHolder(party: string): party is KeyHolder {
  return KEY_HOLDERS.some((holder) => holder === party);
}
