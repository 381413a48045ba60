import { randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { createTestDatabase, openDataSource, type Service, type TestDatabase } from '#database';
import { KEYS_SCHEMA, registerKeyUnits } from '../keys.schema-definition.js';
import { createLocalKms } from '../local-kms.js';
import { PostgresKeyStore } from '../postgres-key-store.js';
import { Sealing, type SealRequest } from '../sealing.js';
import { UnitKeys } from '../unit-keys.js';

export const POLICE = 'police-globen';
export const JOUR = 'socialjouren-stockholm';
export const RVT = 'rvt-sydvast';
export const SUCCESSOR = 'rvc-sydvast';
export const BOU_A = 'bou-skarpnack';
export const BOU_B = 'bou-farsta';

/** A key database of its own, with the services of several parties on it, each under its own role and master key. */
export class KeyStoreParties {
  private readonly pools: DataSource[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly admin: DataSource,
  ) {}

  static async create(): Promise<KeyStoreParties> {
    const database = await createTestDatabase([KEYS_SCHEMA]);
    const { adminUrl: url } = database;
    const admin = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
    await registerKeyUnits(admin, [
      { unitId: POLICE, party: 'police' },
      { unitId: JOUR, party: 'socialjouren' },
      { unitId: RVT, party: 'rvt' },
      { unitId: SUCCESSOR, party: 'rvc' },
      { unitId: BOU_A, party: 'bou' },
      { unitId: BOU_B, party: 'bou' },
    ]);
    return new KeyStoreParties(database, admin);
  }

  async pool(service: Service): Promise<DataSource> {
    const pool = await openDataSource({
      url: this.database.urlFor(service),
      definition: KEYS_SCHEMA,
      applicationName: 'key store test',
      poolSize: 2,
    });
    this.pools.push(pool);
    return pool;
  }

  /** A party's service as it starts. */
  async party(service: Service, unitIds: string[], masterKey = randomBytes(32)) {
    const pool = await this.pool(service);
    const store = new PostgresKeyStore(pool);
    const keys = new UnitKeys(store, createLocalKms(masterKey));
    await keys.ensureUnitKeys(unitIds);
    return { pool, store, keys, sealing: new Sealing(store, keys.privateKeys), masterKey };
  }

  async drop(): Promise<void> {
    for (const pool of [...this.pools, this.admin]) await pool.destroy();
    await this.database.drop();
  }
}

export type Party = Awaited<ReturnType<KeyStoreParties['party']>>;

/** Something to seal for these units. */
export function aContent(forUnits: string[]): SealRequest {
  return {
    contentId: randomUUID(),
    incidentId: randomUUID(),
    subjectId: randomUUID(),
    content: {
      form: 'acute-referral',
      version: 1,
      fields: [
        { field: 'what-happened', value: 'kanariefågel', concerns: [], source: 'victim', keepFrom: [] },
      ],
    },
    forUnits,
  };
}

/** Seals it, and gives what custody would then hold. */
export async function sealedBy(sender: Party, request: SealRequest) {
  const sealed = await sender.sealing.seal(request);
  if (!sealed.ok) throw new Error(sealed.code);
  const { incidentId, subjectId } = request;
  return { incidentId, subjectId, ...sealed.value };
}
