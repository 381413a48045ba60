import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { AUDIT_SCHEMA } from '#audit';
import { type Caller, CUSTODY_SCHEMA, CustodyCommands } from '#custody';
import { createTestDatabase, openDataSource, type TestDatabase } from '#database';
import {
  DIRECTORY_SCHEMA,
  generatePersonas,
  loadDirectory,
  loadPersonas,
  readSnapshot,
  shippedDataFolder,
} from '#directory';
import {
  type ContentId,
  type IncidentId,
  type MatterId,
  type PersonId,
  type SubjectId,
  unitId,
} from '#domain';
import {
  createLocalKms,
  KEY_HOLDERS,
  KEYS_SCHEMA,
  PostgresKeyStore,
  registerKeyUnits,
  UnitKeys,
} from '#sealing';
import { freePorts } from '../local/ports.js';
import { ProcessLedger } from '../local/process-ledger.js';
import { startPostgres } from '../local/services/postgres.service.js';

const PERSONA = 'police-liaison-globen';

/** A record of its own on a PostgreSQL of its own, with fsync as in production, and the commands of one party over it. */
export interface BenchRecord {
  readonly database: TestDatabase;
  readonly admin: DataSource;
  /** Opens an incident with one victim: the matter that she is in. */
  openIncident(): Promise<MatterId>;
  /** One of the smallest commands there are: a note on a matter. */
  note(matterId: MatterId): Promise<void>;
  close(): Promise<void>;
}

/** Takes some seconds. The folder and everything in it is gone after `close`. */
export async function openBenchRecord(): Promise<BenchRecord> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-bench-'));
  chmodSync(folder, 0o711); // PostgreSQL may run as another user, who must pass
  const ledger = ProcessLedger.open(folder);
  const [port = 0] = await freePorts(1);
  const server = await startPostgres(
    { folder, logFolder: folder, ledger, durable: true },
    { port, password: randomBytes(12).toString('base64url'), database: 'handslag' },
  );
  const endServer = async (): Promise<void> => {
    await server.stop();
    ledger.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return await fill(server.url, endServer);
  } catch (error) {
    await endServer();
    throw error;
  }
}

async function fill(serverUrl: string, endServer: () => Promise<void>): Promise<BenchRecord> {
  const schemas = [DIRECTORY_SCHEMA, KEYS_SCHEMA, AUDIT_SCHEMA, CUSTODY_SCHEMA];
  const database = await createTestDatabase(schemas, serverUrl);
  const admin = await openDataSource({
    url: database.adminUrl,
    definition: { ...DIRECTORY_SCHEMA, migrations: [] },
    applicationName: 'bench',
    poolSize: 3,
  });
  const loaded = await loadDirectory(admin, await shippedDataFolder());
  if (!loaded.ok) throw new Error('the shipped directory does not load');
  const directory = await readSnapshot(admin);
  const personas = generatePersonas(directory, directory.firstDay);
  await loadPersonas(admin, personas);
  await registerKeyUnits(
    admin,
    directory.units.flatMap(({ id, party }) => {
      const holder = KEY_HOLDERS.find((one) => one === party);
      return holder === undefined ? [] : [{ unitId: id, party: holder }];
    }),
  );
  const persona = personas.find(({ name }) => name === PERSONA);
  if (persona === undefined) throw new Error(`no persona ${PERSONA}`);
  const dataSource = await openDataSource({
    url: database.urlFor('police'),
    definition: { ...CUSTODY_SCHEMA, migrations: [] },
    applicationName: 'bench police',
    poolSize: 4,
  });
  const unitKeys = new UnitKeys(new PostgresKeyStore(dataSource), createLocalKms(randomBytes(32)));
  const commands = new CustodyCommands({ dataSource, unitKeys, snapshot: async () => directory });
  const caller = (): Caller => ({
    person: persona.personId as PersonId,
    units: [persona.unit],
    idempotency: { scope: persona.personId, key: randomUUID(), bodyHmac: 'bench' },
  });
  const ciphertext = randomBytes(2_000);
  const digest = createHash('sha256').update(ciphertext).digest('hex');
  return {
    database,
    admin,
    async openIncident() {
      const id = randomUUID() as IncidentId;
      const actingUnit = unitId(persona.unit);
      const opened = await commands.openIncident(caller(), {
        actingUnit,
        incident: {
          id,
          kind: 'call-out',
          occurredAt: new Date(Date.now() - 60_000),
          subjects: [{ id: randomUUID() as SubjectId, role: 'victim' }],
        },
        contents: [
          {
            id: randomUUID() as ContentId,
            incidentId: id,
            subjectId: null,
            handoffId: null,
            kind: 'facts',
            toUnit: actingUnit,
            ciphertext,
            digest,
          },
        ],
      });
      if (!opened.ok) throw new Error(`not opened: ${opened.refusal.code}`);
      const [matter] = opened.value.reply.matters;
      if (matter === undefined) throw new Error('no matter was opened');
      return matter.matterId as MatterId;
    },
    async note(matterId) {
      const noted = await commands.actOnMatter(caller(), {
        matterId,
        command: { action: 'note', expectedVersion: null },
      });
      if (!noted.ok) throw new Error(`not noted: ${noted.refusal.code}`);
    },
    async close() {
      await dataSource.destroy();
      await admin.destroy();
      await endServer();
    },
  };
}
