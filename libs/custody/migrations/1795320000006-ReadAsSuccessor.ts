import { SqlMigration } from '#database';

/**
 * A successor answers for what the ended unit held, and must be able to read what it was told: it sees offers and
 * ciphertext of its predecessors where it has a part in the case itself. Its wraps are added by #sealing (C2).
 */
export class ReadAsSuccessor1795320000006 extends SqlMigration {
  readonly name = 'ReadAsSuccessor1795320000006';
  readonly sql = `
-- A unit and those that it succeeded, however many successions ago.
create function custody.line_of(units text[]) returns text[] language sql stable security definer
set search_path = pg_catalog as $$
  with recursive line(unit) as (
    select unnest(units)
    union
    select s.from_unit from custody.succession s join line l on s.to_unit = l.unit where s.approved_at is not null)
  select coalesce(array_agg(unit), '{}') from line
$$;
create function custody.my_line() returns text[] language sql stable security definer
set search_path = pg_catalog as $$
  select custody.line_of(custody.my_units())
$$;
revoke all on function custody.line_of(text[]), custody.my_line() from public;
grant execute on function custody.line_of(text[]), custody.my_line() to handslag_parties;

alter policy of_units on custody.handoff using (
  ${eitherSideIn('custody.my_units()')} or ((${eitherSideIn('custody.my_line()')}) and custody.sees_matter(matter_id)));
alter policy of_units on custody.content using (
  ${eitherSideIn('custody.my_units()')} or ((${eitherSideIn('custody.my_line()')}) and custody.sees_incident(incident_id)));
`;
}

function eitherSideIn(units: string): string {
  return ['from_unit', 'to_unit'].map((column) => `${column} = any ((select ${units})::text[])`).join(' or ');
}
