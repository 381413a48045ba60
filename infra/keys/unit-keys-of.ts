import { DataSource } from 'typeorm';
import { z } from 'zod';
import { BlindIndexKeys, createLocalKms, PostgresKeyStore, SecretKeySchema, UnitKeys } from '#sealing';
import { Problem } from '../local/problem.js';
import { readRunning } from '../local/running-file.js';
import { LocalSecrets } from '../local/secrets.js';
import { stateFolder } from '../local/state-folder.js';

/** The keys of one unit, in the hands of its party: its role and its master key, and no more than those may do. */
export interface UnitKeysInHand {
  readonly unitId: string;
  readonly database: DataSource;
  readonly store: PostgresKeyStore;
  readonly unitKeys: UnitKeys;
  /** Of the party whose unit it is: an index is an authority's. */
  readonly indexKeys: BlindIndexKeys;
  close(): Promise<void>;
}

/** Where the key store is, as the party's role, and what opens the party's private keys. */
interface Access {
  readonly url: string;
  readonly masterKey: Buffer;
}

const EnvironmentSchema = z.object({
  KEYS_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
  HANDSLAG_MASTER_KEY: SecretKeySchema,
});

/**
 * Opens the key store for a unit: with the environment of its party's service when that names a key store, else of the
 * Handslag that `npm start` runs here. Throws a Problem for a unit that is not this party's, and for a master key that
 * does not open its keys: a rotation under a wrong one would make keys that the service cannot open.
 */
export async function unitKeysInHand(
  unitId: string,
  environment: NodeJS.ProcessEnv,
): Promise<UnitKeysInHand> {
  const { url, masterKey } = environment['KEYS_DATABASE_URL']
    ? accessFrom(environment)
    : await localAccess(unitId);
  const database = await connect(url);
  try {
    const [known]: { party: string }[] = await database.query(
      `select party from keys.unit where unit_id = $1 and 'handslag_' || party = current_user`,
      [unitId],
    );
    if (known === undefined)
      throw new Problem(
        `The unit ${unitId} is not one of the party whose role this is: use the KEYS_DATABASE_URL and HANDSLAG_MASTER_KEY of its own service.`,
      );
    const store = new PostgresKeyStore(database);
    const kms = createLocalKms(masterKey);
    const unitKeys = new UnitKeys(store, kms);
    await assertOpens(unitId, store, unitKeys);
    const indexKeys = new BlindIndexKeys({ party: known.party, store: database, kms });
    return { unitId, database, store, unitKeys, indexKeys, close: () => database.destroy() };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

function accessFrom(environment: NodeJS.ProcessEnv): Access {
  const parsed = EnvironmentSchema.safeParse(environment);
  if (parsed.success)
    return { url: parsed.data.KEYS_DATABASE_URL, masterKey: parsed.data.HANDSLAG_MASTER_KEY };
  const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
  throw new Problem(
    `KEYS_DATABASE_URL is set, and these are missing or wrong: ${names.join(', ')}. Set them as the party's service has them, or unset KEYS_DATABASE_URL to use the Handslag that runs here.`,
  );
}

/** The party's role and master key from the secrets of local mode; whose the unit is, the key store says. */
async function localAccess(unitId: string): Promise<Access> {
  const { keysDatabaseUrl } = readRunning();
  const admin = await connect(keysDatabaseUrl);
  let party: string | undefined;
  try {
    const rows: { party: string }[] = await admin.query('select party from keys.unit where unit_id = $1', [
      unitId,
    ]);
    party = rows[0]?.party;
  } finally {
    await admin.destroy();
  }
  if (party === undefined)
    throw new Problem(
      `There is no unit ${unitId} in the key store: \`npm run explain -- place …\` shows the ids of units.`,
    );
  const secrets = LocalSecrets.open(stateFolder());
  const url = new URL(keysDatabaseUrl);
  url.username = `handslag_${party}`;
  url.password = secrets.get(`role.${party}`);
  return { url: url.href, masterKey: SecretKeySchema.parse(secrets.get(`master.${party}`)) };
}

async function assertOpens(unitId: string, store: PostgresKeyStore, unitKeys: UnitKeys): Promise<void> {
  for (const purpose of ['wrap', 'sign'] as const) {
    const [current] = await store.currentKeys([unitId], purpose);
    if (current === undefined)
      throw new Problem(
        `The unit ${unitId} has no ${purpose} key: start its party's service, which makes it.`,
      );
    try {
      await unitKeys.privateKeys.find(unitId, current.kid, purpose);
    } catch (error) {
      throw new Problem(error instanceof Error ? error.message : String(error));
    }
  }
}

function connect(url: string): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    installExtensions: false,
    applicationName: 'handslag keys',
  }).initialize();
}
