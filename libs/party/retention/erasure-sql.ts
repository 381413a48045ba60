import { type PartyService, serviceRole } from '#database';

/**
 * What is never a person's: the clocks and outboxes that every schema has (ids, instants, units), the audit, which loses its
 * persons in a way of its own, and what is kept to prove that an erasure happened.
 */
const NOT_OF_PERSONS = [
  'deadline',
  'stream',
  'step',
  'idempotency',
  'reminder',
  'notification',
  'effect',
  'audit_leaf',
  'audit_unsealed',
  'audit_erasure',
  'migration',
  'disposal',
  'disposal_item',
  'disposal_content',
] as const;

/** The columns that tie a row to a person, the closest first. A row of the whole incident goes with the last person of it. */
const tiesOf = (schema: PartyService) => `case
      when 'subject_id' = any (t.columns) and 'incident_id' = any (t.columns)
        then '(subject_id = $1 or ($4 and subject_id is null and incident_id = $5))'
      when 'subject_id' = any (t.columns) then 'subject_id = $1'
      when 'matter_id' = any (t.columns) then 'matter_id = any ($2)'
      when 'handoff_id' = any (t.columns) then 'handoff_id = any ($3)'
      when 'incident_id' = any (t.columns) then '($4 and incident_id = $5)'
    end || case when 'unit_id' = any (t.columns) then ' and unit_id = any ($6)'
      when 'authority' = any (t.columns) then ' and authority = any (${schema}.my_authorities())' else '' end`;

const tablesOf = (schema: PartyService) => `
    select c.relname as name, array_agg(a.attname::text) as columns,
      bool_or(a.attname = 'ciphertext') and bool_or(a.attname = 'id' and a.atttypid = 'uuid'::regtype)
        and bool_or(a.attname = 'unit_id') as is_sealed
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> all (array[${NOT_OF_PERSONS.map((name) => `'${name}'`).join(', ')}])
      and (a.attname not in ('subject_id', 'matter_id', 'handoff_id', 'incident_id') or a.atttypid = 'uuid'::regtype)
    group by c.relname
    having array_agg(a.attname::text) && array['subject_id', 'matter_id', 'handoff_id', 'incident_id']
    order by c.relname`;

/**
 * What erases a person from a party's schema. It asks the catalogue which tables know her, so that a feature that comes later is
 * not forgotten; a table that must stay is named above. Only an approved disposal, and only a person it says goes.
 */
export function erasureSql(schema: PartyService): string {
  const role = serviceRole(schema);
  return `
-- part: { subject, matters[], handoffs[], incidentDone, incident }, as custody.dispose_subject answers.
create function ${schema}.sealed_of_person(part jsonb) returns table (content_id uuid, unit_id text, digest text)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare t record; tied text;
begin
  for t in ${tablesOf(schema)} loop
    tied := ${tiesOf(schema)};
    if not t.is_sealed or tied is null then continue; end if;
    return query execute format('select id, unit_id, encode(sha256(ciphertext), ''hex'') from ${schema}.%I where ', t.name) || tied
      using (part ->> 'subject')::uuid, ${idsOf('matters')}, ${idsOf('handoffs')},
        (part ->> 'incidentDone')::boolean, (part ->> 'incident')::uuid, custody.my_line();
  end loop;
end $$;

/* The last time that the party's own features recorded something about her. */
create function ${schema}.last_act_about(of_subject uuid, of_incident uuid) returns timestamptz language plpgsql stable
security definer set search_path = pg_catalog as $$
declare t record; tied text; latest timestamptz; found_at timestamptz;
begin
  for t in ${tablesOf(schema)} loop
    tied := ${tiesOf(schema)};
    if tied is null or 'recorded_at' <> all (t.columns) or t.name = 'retention_mark' then continue; end if;
    execute format('select max(recorded_at) from ${schema}.%I where ', t.name) || tied into found_at
      using of_subject, array(select m.id from custody.matter m where m.subject_id = of_subject), '{}'::uuid[],
        true, of_incident, custody.my_line();
    latest := greatest(latest, found_at);
  end loop;
  return latest;
end $$;

/* Removes her rows and, in the same transaction, the persons from the audit of her, with the approving leaf. Answers
   { rows, leaves }. Again it finds nothing more. */
create function ${schema}.erase_person(of_disposal uuid, part jsonb, approval jsonb) returns jsonb language plpgsql
security definer set search_path = pg_catalog as $$
declare
  decided ${schema}.disposal;
  t record;
  tied text;
  removed bigint;
  total bigint := 0;
  waiting text[];
  blocked text[];
  leaf_ids uuid[];
  leaves integer := 0;
begin
  select d.* into decided from ${schema}.disposal d join ${schema}.disposal_item i on i.disposal_id = d.id
    where d.id = of_disposal and i.subject_id = (part ->> 'subject')::uuid and i.verdict = 'goes' and i.state = 'listed'
      and d.state = 'approved' and d.decided_by <> d.proposed_by and d.unit_id = any (custody.my_units());
  if decided.id is null then
    raise exception using errcode = 'HS001', message = 'DISPOSAL_NOT_OPEN';
  end if;
  select array_agg(x.name) into waiting from (${tablesOf(schema)}) x;
  -- A row that another refers to goes after it: as often as somebody was let go, the others are tried again.
  loop
    blocked := '{}';
    for t in select * from (${tablesOf(schema)}) x where x.name = any (waiting) loop
      tied := ${tiesOf(schema)};
      if tied is null then continue; end if;
      begin
        execute format('delete from ${schema}.%I where ', t.name) || tied
          using (part ->> 'subject')::uuid, ${idsOf('matters')}, ${idsOf('handoffs')},
            (part ->> 'incidentDone')::boolean, (part ->> 'incident')::uuid, custody.my_line();
        get diagnostics removed = row_count;
        total := total + removed;
      exception when foreign_key_violation then
        blocked := blocked || t.name::text;
      end;
    end loop;
    exit when cardinality(blocked) = 0;
    if cardinality(blocked) = cardinality(waiting) then
      raise exception 'what is recorded about a person in % is referred to by what is kept', blocked
        using errcode = 'foreign_key_violation';
    end if;
    waiting := blocked;
  end loop;
  select coalesce(array_agg(l.id), '{}') into leaf_ids from ${schema}.audit_leaf l
    where l.authority = decided.authority and l.salt is not null and (
      (l.target_kind = 'subject' and l.target_id = part ->> 'subject')
      or (l.target_kind = 'matter' and l.target_id in (select jsonb_array_elements_text(part -> 'matters')))
      or (l.target_kind = 'handoff' and l.target_id in (select jsonb_array_elements_text(part -> 'handoffs')))
      or ((part ->> 'incidentDone')::boolean and l.target_kind = 'incident' and l.target_id = part ->> 'incident'));
  if cardinality(leaf_ids) > 0 then
    leaves := ${schema}.erase_audit_person(leaf_ids, approval);
  end if;
  return jsonb_build_object('rows', total, 'leaves', leaves);
end $$;
/* What a register extract of those who go has to tell, as one digest: the leaves of their audit, here and in custody, in
   order. The leaves keep their hashes when the persons in them are erased, so that it can be checked afterwards too. */
create function ${schema}.register_digest(of_disposal uuid) returns text language sql stable security definer
set search_path = pg_catalog as $$
  select encode(sha256(convert_to(coalesce(string_agg(l.leaf_hash, ' ' order by l.at, l.id), ''), 'UTF8')), 'hex')
  from (
    select a.id, a.at, a.leaf_hash, a.authority, a.target_kind, a.target_id from ${schema}.audit_leaf a
    union all select a.id, a.at, a.leaf_hash, a.authority, a.target_kind, a.target_id from custody.audit_leaf a) l
  where exists (
    select 1 from ${schema}.disposal d join ${schema}.disposal_item i on i.disposal_id = d.id and i.verdict = 'goes'
    where d.id = of_disposal and d.authority = l.authority and d.authority = any (${schema}.my_authorities())
      and ((l.target_kind = 'subject' and l.target_id = i.subject_id::text)
        or (l.target_kind = 'matter' and l.target_id in (
          select m.id::text from custody.matter m where m.subject_id = i.subject_id))))
$$;
revoke all on function ${schema}.register_digest(uuid), ${schema}.sealed_of_person(jsonb), ${schema}.last_act_about(uuid, uuid),
  ${schema}.erase_person(uuid, jsonb, jsonb) from public;
grant execute on function ${schema}.register_digest(uuid), ${schema}.sealed_of_person(jsonb), ${schema}.last_act_about(uuid, uuid),
  ${schema}.erase_person(uuid, jsonb, jsonb) to ${role};
`;
}

function idsOf(key: string): string {
  return `array(select x::uuid from jsonb_array_elements_text(part -> '${key}') x)`;
}
