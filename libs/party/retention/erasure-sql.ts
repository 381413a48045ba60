import { type PartyService, serviceRole } from '#database';

/**
 * What is never a person's: the clocks and outboxes that every schema has (ids, instants, units), the audit, which loses its
 * persons in a way of its own, the review of the log, and what is kept to prove that an erasure happened.
 */
export const NOT_OF_PERSONS = [
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
  'kept_tree_head',
  'log_review',
  'log_review_draw',
  'log_review_access',
  'log_review_judgement',
  'log_review_result',
  'migration',
  'disposal',
  'disposal_item',
  'disposal_content',
] as const;

/** The columns that tie a row to a person, the closest first. */
export const PERSON_COLUMNS = ['subject_id', 'matter_id', 'handoff_id', 'incident_id'] as const;

const PARAMETERS = `(part ->> 'subject')::uuid, ${idsOf('matters')}, ${idsOf('handoffs')},
      (part ->> 'incidentDone')::boolean, (part ->> 'incident')::uuid, custody.my_line(), ids`;

/**
 * What erases a person from a party's schema. It asks the catalogue which tables know her, so that a feature that comes later
 * is not forgotten; a table that must stay is named above. A row is hers by a column that names her, her matters or her handoffs;
 * by its incident, once the last person of it goes; and when it refers to a row that is hers (a review of an emergency opening,
 * a decision on a request). Only an approved disposal, and only a person it says goes.
 */
export function erasureSql(schema: PartyService): string {
  const role = serviceRole(schema);
  return `
create function ${schema}.tables_of_persons() returns table (name text, tied text, key text, sealed text, acted boolean)
language sql stable security definer set search_path = pg_catalog as $$
  with known as (
    select c.relname::text as name, array_agg(a.attname::text) as columns,
      array_agg(a.attname::text) filter (where a.atttypid = 'uuid'::regtype) as uuids
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> all (array[${quoted(NOT_OF_PERSONS)}])
    group by c.relname)
  select k.name,
    '((' || concat_ws(') or (',
      case
        when uuids @> array['subject_id', 'incident_id'] then 'subject_id = $1 or ($4 and subject_id is null and incident_id = $5)'
        when 'subject_id' = any (uuids) then 'subject_id = $1'
        when 'matter_id' = any (uuids) then 'matter_id = any ($2)'
        when 'handoff_id' = any (uuids) then 'handoff_id = any ($3)'
        when 'incident_id' = any (uuids) then '$4 and incident_id = $5'
      end,
      (select string_agg(format('%I = any ($7)', u), ' or ' order by u) from unnest(uuids) u
       where u <> all (array['id', 'content_id', ${quoted(PERSON_COLUMNS)}]))) || '))'
    || case when 'unit_id' = any (columns) then ' and unit_id = any ($6)'
      when 'authority' = any (columns) then ' and authority = any (${schema}.my_authorities())' else '' end,
    case when 'id' = any (uuids) then 'id' end,
    case when not columns @> array['ciphertext', 'unit_id'] then null
      when 'content_id' = any (uuids) then 'content_id' when 'id' = any (uuids) then 'id' end,
    'recorded_at' = any (columns) and uuids && array[${quoted(PERSON_COLUMNS)}]
  from known k
  where uuids && array[${quoted(PERSON_COLUMNS)}] or exists (
    select 1 from unnest(uuids) u where u not in ('id', 'content_id'))
  order by k.name
$$;

/* Ids of her rows, and of what refers to them. part: { subject, matters[], handoffs[], incidentDone, incident }, as
   custody.dispose_subject answers. */
create function ${schema}.rows_of_person(part jsonb) returns uuid[] language plpgsql stable security definer
set search_path = pg_catalog as $$
declare t record; ids uuid[] := '{}'; more uuid[]; before integer;
begin
  loop
    before := cardinality(ids);
    for t in select * from ${schema}.tables_of_persons() x where x.key is not null loop
      execute format('select coalesce(array_agg(id), ''{}'') from ${schema}.%I where id <> all ($7) and ', t.name) || t.tied
        into more using ${PARAMETERS};
      ids := ids || more;
    end loop;
    exit when cardinality(ids) = before;
  end loop;
  return ids;
end $$;

create function ${schema}.sealed_of_person(part jsonb) returns table (content_id uuid, unit_id text, digest text)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare t record; ids uuid[] := ${schema}.rows_of_person(part);
begin
  for t in select * from ${schema}.tables_of_persons() x where x.sealed is not null loop
    return query execute format('select %I, unit_id, encode(sha256(ciphertext), ''hex'') from ${schema}.%I where ',
      t.sealed, t.name) || t.tied using ${PARAMETERS};
  end loop;
end $$;

/* The last time that the party's own features recorded something about her. */
create function ${schema}.last_act_about(of_subject uuid, of_incident uuid) returns timestamptz language plpgsql stable
security definer set search_path = pg_catalog as $$
declare
  t record; latest timestamptz; found_at timestamptz; ids uuid[] := '{}';
  part jsonb := jsonb_build_object('subject', of_subject, 'incident', of_incident, 'incidentDone', true,
    'matters', coalesce((select jsonb_agg(m.id) from custody.matter m where m.subject_id = of_subject), '[]'),
    'handoffs', '[]'::jsonb);
begin
  for t in select * from ${schema}.tables_of_persons() x where x.acted and x.name <> 'retention_mark' loop
    execute format('select max(recorded_at) from ${schema}.%I where ', t.name) || t.tied into found_at using ${PARAMETERS};
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
  ids uuid[];
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
  ids := ${schema}.rows_of_person(part);
  select coalesce(array_agg(l.id), '{}') into leaf_ids from ${schema}.audit_leaf l
    where l.authority = decided.authority and l.salt is not null and (
      (l.target_kind = 'subject' and l.target_id = part ->> 'subject')
      or (l.target_kind = 'matter' and l.target_id in (select jsonb_array_elements_text(part -> 'matters')))
      or (l.target_kind = 'handoff' and l.target_id in (select jsonb_array_elements_text(part -> 'handoffs')))
      or l.target_id = any (ids::text[])
      or ((part ->> 'incidentDone')::boolean and l.target_kind = 'incident' and l.target_id = part ->> 'incident'));
  select array_agg(x.name) into waiting from ${schema}.tables_of_persons() x;
  -- A row that another refers to goes after it: as often as somebody was let go, the others are tried again.
  loop
    blocked := '{}';
    for t in select * from ${schema}.tables_of_persons() x where x.name = any (waiting) loop
      begin
        execute format('delete from ${schema}.%I where ', t.name) || t.tied using ${PARAMETERS};
        get diagnostics removed = row_count;
        total := total + removed;
      exception when foreign_key_violation then
        blocked := blocked || t.name;
      end;
    end loop;
    exit when cardinality(blocked) = 0;
    if cardinality(blocked) = cardinality(waiting) then
      raise exception 'what is recorded about a person in % is referred to by what is kept', blocked
        using errcode = 'foreign_key_violation';
    end if;
    waiting := blocked;
  end loop;
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
  join (
    select 'subject' as kind, i.subject_id::text as id, d.authority from ${schema}.disposal d
      join ${schema}.disposal_item i on i.disposal_id = d.id and i.verdict = 'goes' where d.id = of_disposal
    union select 'matter', m.id::text, d.authority from ${schema}.disposal d
      join ${schema}.disposal_item i on i.disposal_id = d.id and i.verdict = 'goes'
      join custody.matter m on m.subject_id = i.subject_id where d.id = of_disposal) her
    on her.kind = l.target_kind and her.id = l.target_id and her.authority = l.authority
  where l.authority = any (${schema}.my_authorities())
$$;

revoke all on function ${schema}.tables_of_persons(), ${schema}.rows_of_person(jsonb), ${schema}.sealed_of_person(jsonb),
  ${schema}.last_act_about(uuid, uuid), ${schema}.erase_person(uuid, jsonb, jsonb), ${schema}.register_digest(uuid)
  from public;
grant execute on function ${schema}.sealed_of_person(jsonb), ${schema}.last_act_about(uuid, uuid),
  ${schema}.erase_person(uuid, jsonb, jsonb), ${schema}.register_digest(uuid) to ${role};
`;
}

function idsOf(key: string): string {
  return `array(select x::uuid from jsonb_array_elements_text(part -> '${key}') x)`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
