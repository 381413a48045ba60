import type { DataSource } from 'typeorm';
import { openDataSource } from '#database';
import { BlindIndexKeys, createLocalKms, KEYS_SCHEMA, PostgresKeyStore, Sealing, UnitKeys } from '#sealing';
import type { PartyConfig } from '../config/party-config.schema.js';
import type { PartyName } from '../party.port.js';

/** The party's own hand in the key store: its units' keys, the sealing that uses them, the keys of its blind indexes. */
export class PartySealing {
  readonly store: PostgresKeyStore;
  readonly unitKeys: UnitKeys;
  readonly sealing: Sealing;
  readonly indexKeys: BlindIndexKeys;

  private constructor(
    party: PartyName,
    readonly database: DataSource,
    masterKey: Buffer,
  ) {
    const kms = createLocalKms(masterKey);
    this.store = new PostgresKeyStore(database);
    this.unitKeys = new UnitKeys(this.store, kms);
    this.indexKeys = new BlindIndexKeys({ party, store: database, kms });
    this.sealing = new Sealing(this.store, this.unitKeys.privateKeys);
  }

  static async open(party: PartyName, config: PartyConfig): Promise<PartySealing> {
    const database = await openDataSource({
      url: config.KEYS_DATABASE_URL,
      definition: KEYS_SCHEMA,
      applicationName: `handslag ${party} keys`,
      poolSize: 5,
    });
    return new PartySealing(party, database, config.HANDSLAG_MASTER_KEY);
  }
}
