import type { DataSource } from 'typeorm';
import type { SchemaDefinition } from '#database';
import { IndexKeyEntity } from './blind-index-key.entity.js';
import type { KeyHolder } from './key-holders.js';
import {
  ErasedWrapEntity,
  KeyUnitEntity,
  UnitKeyEntity,
  UnitPrivateKeyEntity,
  WrapEntity,
} from './key-store.entities.js';
import { CreateKeys1795330000000 } from './migrations/1795330000000-CreateKeys.js';
import { EraseByDisposal1795330000020 } from './migrations/1795330000020-EraseByDisposal.js';
import { AddIndexKeys1795340006000 } from './migrations/1795340006000-AddIndexKeys.js';

/** The schema `keys`, in the database of `KEYS_DATABASE_URL`: another one than custody's, with its own backup. */
export const KEYS_SCHEMA: SchemaDefinition = {
  schema: 'keys',
  entities: [
    KeyUnitEntity,
    UnitKeyEntity,
    UnitPrivateKeyEntity,
    WrapEntity,
    ErasedWrapEntity,
    IndexKeyEntity,
  ],
  migrations: [CreateKeys1795330000000, AddIndexKeys1795340006000, EraseByDisposal1795330000020],
};

/**
 * Says whose each unit is, before its service can make keys for it. For the migrate command, as administrator of the
 * key database, whenever the directory was loaded. Idempotent; throws when a unit would change its party, since
 * its private keys are sealed by the party it has: that is a succession to a new unit.
 */
export async function registerKeyUnits(
  admin: DataSource,
  units: readonly { readonly unitId: string; readonly party: KeyHolder }[],
): Promise<void> {
  const moved: { unit_id: string }[] = await admin.query(
    `with wanted as (select * from jsonb_to_recordset($1::jsonb) as w("unitId" text, party text)),
          added as (insert into keys.unit (unit_id, party) select "unitId", party from wanted on conflict do nothing)
     select u.unit_id from keys.unit u join wanted w on w."unitId" = u.unit_id and w.party <> u.party`,
    [JSON.stringify(units)],
  );
  if (moved.length > 0)
    throw new Error(
      `these units hold keys of another party: ${moved.map((unit) => unit.unit_id).join(', ')}`,
    );
}
