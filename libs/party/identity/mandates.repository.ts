import type { DataSource } from 'typeorm';
import { isRole } from '#domain';
import type { PartyName } from '../party.port.js';
import type { Mandate } from './caller.js';

/**
 * Reads what a person may act as at this party's units, by her mandates and the rota, at the time of the record, not
 * of the wall (DESIGN 7): a deputy of next week is nobody today. One query.
 */
export class Mandates {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
  ) {}

  of(person: string): Promise<Mandate[]> {
    return this.read(person, 'roles_of');
  }

  /** What rests outside her shift: it opens nothing but the glass (break-glass). */
  resting(person: string): Promise<Mandate[]> {
    return this.read(person, 'resting_roles_of');
  }

  private async read(person: string, which: 'roles_of' | 'resting_roles_of'): Promise<Mandate[]> {
    const rows: { unit: string; role: string; authority: string | null }[] = await this.database.query(
      `with now as materialized (select directory.record_now() as at)
       select m.unit_id as unit, m.role,
         (select a.authority_id from directory.unit_authority a
          where a.unit_id = m.unit_id and directory.in_force(a.valid_from, a.valid_to, now.at)
          order by a.authority_id limit 1) as authority
       from now cross join lateral directory.${which}($1, now.at) m
       join directory.unit u on u.id = m.unit_id and u.party = $2
       order by m.unit_id, m.role`,
      [person, this.party],
    );
    return rows.flatMap(({ unit, role, authority }) => (isRole(role) ? [{ unit, role, authority }] : []));
  }
}
