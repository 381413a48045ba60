import { DataSource } from 'typeorm';
import { openDataSource } from '#database';
import {
  DIRECTORY_SCHEMA,
  formatRefusals,
  generatePersonas,
  loadDirectory,
  loadPersonas,
  readSnapshot,
  setTimeMachine,
  shippedDataFolder,
} from '#directory';
import { KEY_HOLDERS, registerKeyUnits } from '#sealing';
import type { MigrateConfig } from './migrate-config.js';

/**
 * Loads the directory from the shipped files and tells the key store whose each unit is. In local mode it also gives
 * every persona its mandate and opens the time machine; anywhere else it closes it. Idempotent. Resolves with what to
 * add to the line that tells what changed; throws with file and line when a file is malformed.
 */
export async function loadRecord(config: MigrateConfig): Promise<string> {
  const record = await openDataSource({
    url: config.databaseUrl,
    definition: { ...DIRECTORY_SCHEMA, migrations: [] },
    applicationName: 'handslag load',
    poolSize: 2,
  });
  const keys = await new DataSource({
    type: 'postgres',
    url: config.keysDatabaseUrl,
    installExtensions: false,
  }).initialize();
  try {
    const loaded = await loadDirectory(record, await shippedDataFolder());
    if (!loaded.ok) throw new Error(formatRefusals(loaded.refusals, 'en'));
    const snapshot = await readSnapshot(record);
    await registerKeyUnits(
      keys,
      snapshot.units.flatMap(({ id, party }) => {
        const holder = KEY_HOLDERS.find((one) => one === party);
        return holder === undefined ? [] : [{ unitId: id, party: holder }];
      }),
    );
    if (config.isLocalMode) await loadPersonas(record, generatePersonas(snapshot, snapshot.firstDay));
    await setTimeMachine(record, config.isLocalMode);
    const { isNew, added, changed } = loaded.value;
    return isNew ? `, directory loaded (${added} rows new, ${changed} changed)` : '';
  } finally {
    await keys.destroy();
    await record.destroy();
  }
}
