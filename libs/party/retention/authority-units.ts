import type { DataSource } from 'typeorm';
import type { PartyName } from '../party.port.js';

/** The units of this party that work for an authority now: a disposal is the authority's, not a unit's. */
export async function unitsOfAuthority(
  database: DataSource,
  party: PartyName,
  authority: string,
): Promise<string[]> {
  const rows: { id: string }[] = await database.query(
    `select u.id from directory.unit u join directory.unit_authority a on a.unit_id = u.id
     where u.party = $1 and a.authority_id = $2
       and directory.in_force(a.valid_from, a.valid_to, directory.record_now())
     order by u.id`,
    [party, authority],
  );
  return rows.map(({ id }) => id);
}
