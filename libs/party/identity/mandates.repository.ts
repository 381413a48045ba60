import type { DataSource } from 'typeorm';
import { ROLES, type Role } from '#domain';
import type { PartyName } from '../party.port.js';
import type { Mandate } from './caller.js';

/**
 * Reads the mandates that a person has at this party's units, at the time of the record, not of the wall
 * (DESIGN 7): a deputy of next week is nobody today. One query.
 */
export class Mandates {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
  ) {}

  async of(person: string): Promise<Mandate[]> {
    const rows: { unit: string; role: string; authority: string | null }[] = await this.database.query(
      `with today as (select (directory.record_now() at time zone 'Europe/Stockholm')::date as day)
       select m.unit_id as unit, m.role,
         (select a.authority_id from directory.unit_authority a
          where a.unit_id = m.unit_id and coalesce(a.valid_from, '-infinity') <= today.day
            and coalesce(a.valid_to, 'infinity') >= today.day
          order by a.authority_id limit 1) as authority
       from directory.mandate m
       join directory.unit u on u.id = m.unit_id and u.party = $2
       cross join today
       where m.person_id = $1
         and coalesce(m.valid_from, '-infinity') <= today.day
         and coalesce(m.valid_until, 'infinity') >= today.day
       order by m.unit_id, m.role`,
      [person, this.party],
    );
    return rows.flatMap(({ unit, role, authority }) => (isRole(role) ? [{ unit, role, authority }] : []));
  }
}

function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}
