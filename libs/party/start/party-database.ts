import type { Logger } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { openDataSource } from '#database';
import type { PartyConfig } from '../config/party-config.schema.js';
import type { Party } from '../party.port.js';

const RETRY_MS = 500;
const PATIENCE_MS = 60_000;

/** Opens the service's pool, waiting up to a minute for a database that is still starting. */
export async function openPartyDatabase(party: Party, config: PartyConfig, log: Logger): Promise<DataSource> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await openDataSource({
        url: config.DATABASE_URL,
        definition: party.schema,
        applicationName: `handslag ${party.name}`,
        poolSize: 10,
      });
    } catch (error) {
      if (Date.now() > until) throw error;
      log.warn('database.unreachable', { error });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
