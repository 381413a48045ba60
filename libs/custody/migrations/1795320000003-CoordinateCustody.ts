import { SqlMigration } from '#database';

/**
 * What coordination may do: remind, and propose. Both are events on a chain with a notice to the unit that decides;
 * neither touches a status, a deadline or a responsibility (DESIGN 5, 12). The functions check party, unit and mandate
 * again, as those of every other party do.
 */
export class CoordinateCustody1795320000003 extends SqlMigration {
  readonly name = 'CoordinateCustody1795320000003';
  readonly sql = `
-- Whose move it is, and the route by which the holder took it where the deadline is of no offer; appended, so that
-- the list keeps its index.
create or replace view custody.stalled as
  select d.id as deadline_id, d.clock_id as matter_id, d.handoff_id, d.rule, d.due_at, d.asked_of, d.duty_holder,
    d.rung, d.because, h.route, h.from_unit, h.to_unit, h.phase, h.sent_at, m.holder_unit,
    case
      when h.id is null or h.ended_at < 'infinity' then d.asked_of
      when d.rule like 'answer%' or d.rule like 'review%' then h.from_unit
      else h.to_unit
    end as move_unit,
    coalesce(h.route, (select t.route from custody.responsibility r join custody.handoff t on t.id = r.handoff_id
      where r.matter_id = m.id and r.ends_at = 'infinity')) as group_route,
    h.ended_at as offer_ended_at
  from custody.deadline d
  join custody.matter m on m.id = d.clock_id
  left join custody.handoff h on h.id = d.handoff_id
  where d.ended_at = 'infinity';

/* First round trip. request: { person, unit, matterId | handoffId, idempotency: { scope, key, bodyHmac } }. */
create function custody.begin_coordination(request jsonb) returns jsonb language plpgsql security definer
set search_path = pg_catalog as $$
declare
  named custody.handoff;
  matter uuid := (request ->> 'matterId')::uuid;
  kept custody.idempotency;
  at timestamptz;
begin
  if custody.party_of_caller() <> 'coordination' then perform custody.refuse('NO_MANDATE'); end if;
  perform pg_advisory_xact_lock(hashtextextended(
    (request #>> '{idempotency,scope}') || ' ' || (request #>> '{idempotency,key}'), 0));
  select * into kept from custody.idempotency i
    where i.scope = custody.key_scope(request #>> '{idempotency,scope}') and i.key = request #>> '{idempotency,key}';
  if found then
    if kept.body_hmac <> request #>> '{idempotency,bodyHmac}' then
      return jsonb_build_object('outcome', 'key-reused');
    end if;
    return jsonb_build_object('outcome', 'repeat', 'response', kept.response);
  end if;
  if request ->> 'handoffId' is not null then
    select h.matter_id into matter from custody.handoff h where h.id = (request ->> 'handoffId')::uuid;
  end if;
  at := custody.lock_matters(array[matter]);
  select * into named from custody.handoff h where h.matter_id = matter
    and case when request ->> 'handoffId' is null then h.ended_at = 'infinity' else h.id = (request ->> 'handoffId')::uuid end;
  return jsonb_build_object(
    'outcome', 'facts',
    'now', at,
    'roles', coalesce((select jsonb_agg(m.role order by m.role) from directory.roles_of(request ->> 'person', at) m
      join directory.unit u on u.id = m.unit_id and u.party = 'coordination'
      where m.unit_id = request ->> 'unit'), '[]'::jsonb),
    'matter', (select custody.matter_facts(m) - array['subjectId', 'subjectRole', 'assignedTo']
      from custody.matter m where m.id = matter),
    'handoff', case when named.id is not null then custody.handoff_facts(named) end);
end $$;

/* Second round trip: one event, its notice, the answer to keep and the audit leaf, or nothing. */
create function custody.commit_coordination(w jsonb) returns void language plpgsql security definer
set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  acting_unit text := w #>> '{actor,unit}';
  person text := w #>> '{actor,person}';
  at timestamptz(3) := (w ->> 'at')::timestamptz;
  matters uuid[] := coalesce((select array_agg(x::uuid) from jsonb_array_elements_text(w -> 'matterIds') x), '{}');
  told text[];
begin
  if custody.party_of_caller() <> 'coordination' or person is null or not exists (
      select 1 from directory.roles_of(person, at) d join directory.unit u on u.id = d.unit_id and u.party = 'coordination'
      where d.unit_id = acting_unit and d.role = 'coordinator') then
    perform custody.refuse('NO_MANDATE');
  end if;
  -- No audit row, no effect (C7).
  if coalesce(w #>> '{audit,kind}', '') <> 'command' or w ->> 'command' is null then
    perform custody.refuse('AUDIT_UNAVAILABLE');
  end if;
  if at is null or at > directory.record_now() + interval '1 minute' or cardinality(matters) <> 1 then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  if exists (select 1 from jsonb_array_elements(coalesce(w -> 'events', '[]')) e
      where (w ->> 'command', e ->> 'kind') not in (('nudge', 'nudged'), ('propose-route', 'route-proposed'))) then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  -- Only who has a part in the matter is told.
  told := array(
    select m.holder_unit from custody.matter m where m.id = any (matters)
    union select unnest(array[h.from_unit, h.to_unit]) from custody.handoff h
      where h.matter_id = any (matters) and h.ended_at = 'infinity'
    union select d.asked_of from custody.deadline d where d.clock_id = any (matters) and d.ended_at = 'infinity');
  if exists (select 1 from jsonb_array_elements(coalesce(w -> 'notifications', '[]')) n
      where n ->> 'unitId' <> all (told) or n ->> 'kind' not in ('nudge', 'route-proposed')) then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  perform custody.write_events(w, matters, acting_unit, person, at);
  insert into custody.notification (id, rung, unit_id, function, kind, created_at)
    select x.id, 0, x."unitId", x.function, x.kind, at
    from jsonb_to_recordset(w -> 'notifications') as x(id uuid, "unitId" text, function text, kind text);
  insert into custody.idempotency (scope, key, body_hmac, response, created_at)
    select custody.key_scope(x.scope), x.key, x."bodyHmac", x.response, at
    from jsonb_to_record(w -> 'idempotency') as x(scope text, key text, "bodyHmac" text, response jsonb)
    where x.scope is not null;
  insert into custody.audit_leaf select (jsonb_populate_record(null::custody.audit_leaf, w -> 'audit')).*;
  perform pg_notify('handslag_live', u) from unnest(told) u;
end $$;

revoke all on function custody.begin_coordination(jsonb), custody.commit_coordination(jsonb) from public;
grant execute on function custody.begin_coordination(jsonb), custody.commit_coordination(jsonb) to handslag_coordination;
`;
}
