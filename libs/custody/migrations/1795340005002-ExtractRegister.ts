import { PARTY_SERVICES, SqlMigration } from '#database';

/**
 * Who saw a person's data, for herself: what the audit of the unit's authority has about her own matters, over all schemas (one tree
 * per authority, C7). Staff are masked here already: a function and a unit leave, a person's id never does. What concerns the whole
 * incident is left out where who did it works with the other side, so that no entry or count tells of it (C6).
 */
export class ExtractRegister1795340005002 extends SqlMigration {
  readonly name = 'ExtractRegister1795340005002';
  readonly sql = `
create function custody.authority_of(unit text, at timestamptz) returns text language sql stable set search_path = pg_catalog as $$
  select a.authority_id from directory.unit_authority a
  where a.unit_id = unit and directory.in_force(a.valid_from, a.valid_to, at) order by a.authority_id limit 1
$$;

-- Whether somebody works with the other side of a subject's incidents; nobody works with both (GuardConflicts).
create function custody.works_across(worker text, subject uuid) returns boolean language sql stable
set search_path = pg_catalog as $$
  select worker is not null and exists (
    select 1 from custody.subject s
    join custody.matter m on m.incident_id = any (custody.linked_incidents(s.incident_id))
    join custody.subject o on o.id = m.subject_id and custody.is_his(o.role) <> custody.is_his(s.role)
    where s.id = subject and custody.worked_on(m, worker))
$$;

-- A function in the place of a person: her role there at that time, the system, or what can no longer be told.
create function custody.function_of(person text, erased boolean, unit text, at timestamptz) returns text language sql stable
set search_path = pg_catalog as $$
  select case when erased then 'erased' when person is null or person like 'service:%' then 'system' else coalesce(
    (select r.role from directory.roles_of(person, at) r where r.unit_id = unit order by r.role = 'unit-head', r.role limit 1),
    'unknown') end
$$;

create function custody.accesses_of_subject(unit text, subject uuid, until_at timestamptz)
returns table (at timestamptz, kind text, action text, unit_id text, by_function text) language plpgsql stable security definer
set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  authority text;
  own text[];
  shared text[];
  source text;
begin
  if not unit = any (custody.my_units()) or not custody.sees_subject(subject) then perform custody.refuse('NOT_FOUND'); end if;
  authority := custody.authority_of(unit, until_at);
  select array_agg(x) into own from (
    select subject::text as x
    union select m.id::text from custody.matter m where m.subject_id = subject
    union select h.id::text from custody.handoff h join custody.matter m on m.id = h.matter_id where m.subject_id = subject) t;
  select array_agg(x) into shared from (
    select s.incident_id::text as x from custody.subject s where s.id = subject
    union select h.dispatch_id::text from custody.handoff h join custody.matter m on m.id = h.matter_id
      where m.subject_id = subject) t;
  foreach source in array array['custody', ${PARTY_SERVICES.map((party) => `'${party}'`).join(', ')}] loop
    continue when to_regclass(source || '.audit_leaf') is null;
    return query execute format(
      $q$select l.at, l.kind, l.action, l.unit_id,
        custody.function_of(l.personal::jsonb ->> 'person', l.personal is null, l.unit_id, l.at)
      from %I.audit_leaf l
      where l.authority = $1 and l.at <= $4 and l.kind in ('command', 'reading')
        and (l.target_kind in ('subject', 'matter', 'handoff') and l.target_id = any ($2)
          or l.target_kind in ('incident', 'dispatch') and l.target_id = any ($3)
            and not custody.works_across(l.personal::jsonb ->> 'person', $5))$q$, source)
      using authority, own, shared, until_at, subject;
  end loop;
end $$;

create function custody.disclosures_of_subject(unit text, subject uuid, until_at timestamptz)
returns table (disclosed_at timestamptz, to_unit text, purpose text, basis text, from_unit text, by_function text)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  authority text := custody.authority_of(unit, until_at);
begin
  if not unit = any (custody.my_units()) or not custody.sees_subject(subject) then perform custody.refuse('NOT_FOUND'); end if;
  return query
    select d.disclosed_at, d.to_unit, d.purpose, d.basis, h.from_unit,
      custody.function_of(d.decided_by, false, h.from_unit, d.disclosed_at)
    from custody.disclosure d join custody.handoff h on h.id = d.handoff_id join custody.matter m on m.id = h.matter_id
    where m.subject_id = subject and d.from_authority = authority and d.disclosed_at <= until_at;
end $$;

revoke all on function custody.function_of(text, boolean, text, timestamptz), custody.authority_of(text, timestamptz), custody.works_across(text, uuid),
  custody.accesses_of_subject(text, uuid, timestamptz), custody.disclosures_of_subject(text, uuid, timestamptz) from public;
grant execute on function custody.accesses_of_subject(text, uuid, timestamptz),
  custody.disclosures_of_subject(text, uuid, timestamptz) to handslag_parties;
`;
}
