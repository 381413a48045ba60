import type { SchemaDefinition } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { KEYS_SCHEMA } from '#sealing';

/** Schemas of the record, in the order they are made. */
export const RECORD_SCHEMAS: readonly SchemaDefinition[] = [DIRECTORY_SCHEMA];

/** Schemas of the key store, which is a database apart from the record (DESIGN 8). */
export const KEY_STORE_SCHEMAS: readonly SchemaDefinition[] = [KEYS_SCHEMA];

/** Loads the directory; resolves with what to add to the line that tells what changed. */
export async function loadDirectory(_databaseUrl: string): Promise<string> {
  return '';
}
