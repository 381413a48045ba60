import { SqlMigration } from '#database';

/**
 * Writes to custody go through these functions only (DESIGN 4). The first of a transaction locks and returns the
 * facts and the record time, taken after the lock; TypeScript decides; the second writes and checks role, unit,
 * mandate, version, machine and chain once more, so that a mistaken or hijacked service cannot do more.
 * Refusals are raised as HS001 with the refusal's code as message.
 */
export class GuardCustody1795320000001 extends SqlMigration {
  readonly name = 'GuardCustody1795320000001';
  readonly sql = `
create function custody.refuse(code text) returns void language plpgsql set search_path = pg_catalog as $$
begin
  raise exception using errcode = 'HS001', message = code;
end $$;

-- The party is the one whose service logged in; session_user does not change inside these functions.
create function custody.party_of_caller() returns text language sql stable set search_path = pg_catalog as $$
  select case when session_user like 'handslag\\_%' then substr(session_user::text, 10) end
$$;

-- The units of this request that belong to the caller's party: a service cannot claim another party's unit.
create function custody.my_units() returns text[] language sql stable security definer
set search_path = pg_catalog as $$
  select coalesce(array_agg(u.id), '{}')
  from directory.unit u
  where u.id = any (string_to_array(coalesce(current_setting('handslag.units', true), ''), ','))
    and u.party = custody.party_of_caller()
$$;

create function custody.sees_subject(subject uuid) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (
    select 1 from custody.subject s join custody.incident i on i.id = s.incident_id
    where s.id = subject and i.opened_by_unit = any (custody.my_units()))
  or exists (
    select 1 from custody.matter m join custody.responsibility r on r.matter_id = m.id
    where m.subject_id = subject and r.unit_id = any (custody.my_units()))
  or exists (
    select 1 from custody.matter m join custody.handoff h on h.matter_id = m.id
    where m.subject_id = subject and h.to_unit = any (custody.my_units()))
$$;

create function custody.sees_incident(incident uuid) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (select 1 from custody.subject s where s.incident_id = incident and custody.sees_subject(s.id))
$$;

create function custody.sees_matter(matter uuid) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (select 1 from custody.responsibility r
                 where r.matter_id = matter and r.unit_id = any (custody.my_units()))
      or exists (select 1 from custody.handoff h
                 where h.matter_id = matter and h.to_unit = any (custody.my_units()))
$$;

-- The machine of the handoff as data; a test holds it against libs/domain.
create table custody.handoff_transition (
  action text not null, side text not null, from_phase text not null, to_phase text not null,
  constraint handoff_transition_pk primary key (action, side, from_phase, to_phase)
);
insert into custody.handoff_transition (action, side, from_phase, to_phase)
select 'deliver', 'receiver-system', 'sent', 'delivered'
union all select 'open', 'receiver', f, 'opened' from unnest(array['sent', 'delivered']) f
union all select a, 'receiver', f, t
  from (values ('accept', 'accepted'), ('decline', 'declined'), ('redirect', 'redirected')) x(a, t),
       unnest(array['opened', 'awaiting-information']) f
union all select 'request-information', 'receiver', 'opened', 'awaiting-information'
union all select 'answer', 'sender', 'awaiting-information', 'opened'
union all select a, 'sender', f, t
  from (values ('withdraw', 'withdrawn'), ('supersede', 'superseded'), ('enter-in-error', 'entered-in-error')) x(a, t),
       unnest(array['sent', 'delivered', 'opened', 'awaiting-information']) f
union all select 'attest', 'sender', 'sent', 'accepted'
-- Marks after acceptance: neither ever moves responsibility.
union all select a, 'sender', 'accepted', 'accepted' from unnest(array['enter-in-error', 'request-cancellation']) a;

create function custody.handoff_facts(h custody.handoff) returns jsonb language sql stable
set search_path = pg_catalog as $$
  select jsonb_build_object(
    'id', h.id, 'dispatchId', h.dispatch_id, 'matterId', h.matter_id, 'matterKind', h.matter_kind,
    'route', h.route, 'fromUnit', h.from_unit, 'toUnit', h.to_unit, 'phase', h.phase, 'version', h.version,
    'contentId', h.content_id, 'basis', h.basis, 'sentAt', h.sent_at, 'openedAt', h.opened_at,
    'acceptedAt', h.accepted_at, 'neededBefore', h.needed_before, 'handBackOf', h.hand_back_of,
    'reason', h.reason, 'proposedUnit', h.proposed_unit, 'chainSeq', h.chain_seq, 'chainHead', h.chain_head,
    'contentDigest', (select c.digest from custody.content c where c.id = h.content_id))
$$;

create function custody.matter_facts(m custody.matter) returns jsonb language sql stable
set search_path = pg_catalog as $$
  select jsonb_build_object(
    'id', m.id, 'incidentId', m.incident_id, 'subjectId', m.subject_id,
    'subjectRole', (select s.role from custody.subject s where s.id = m.subject_id),
    'kind', m.kind, 'openedAt', m.opened_at, 'closedAt', case when m.closed_at < 'infinity' then m.closed_at end,
    'holderUnit', m.holder_unit, 'phase', m.phase, 'version', m.version, 'outcome', m.outcome, 'assignedTo', m.assigned_to,
    'holdReviewAt', m.hold_review_at, 'cancellationHandoffId', m.cancellation_handoff_id,
    'heldSince', (select r.starts_at from custody.responsibility r
                  where r.matter_id = m.id and r.ends_at = m.closed_at),
    'openHandoffId', (select h.id from custody.handoff h where h.matter_id = m.id and h.ended_at = 'infinity'),
    'acceptedHandoffId', (select r.handoff_id from custody.responsibility r
                  where r.matter_id = m.id and r.ends_at = m.closed_at),
    'hasSuccessor', m.merged_into_id is not null or exists (select 1 from custody.matter n where n.continues_id = m.id),
    'chain', (select jsonb_build_object('seq', e.seq, 'head', e.hash) from custody.event e
              where e.chain_id = m.id order by e.seq desc limit 1),
    'deadlines', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'handoffId', d.handoff_id, 'rule', d.rule,
        'ladder', d.ladder, 'startEvent', d.start_event, 'startAt', d.start_at, 'dueAt', d.due_at,
        'dutyHolder', d.duty_holder, 'askedOf', d.asked_of, 'version', d.version, 'rung', d.rung,
        'nextCallAt', case when d.next_call_at < 'infinity' then d.next_call_at end) order by d.due_at, d.id)
      from custody.deadline d where d.clock_id = m.id and d.ended_at = 'infinity'), '[]'::jsonb))
$$;

-- A party's keys are its own: no service can read or take another's.
create function custody.key_scope(scope text) returns text language sql stable set search_path = pg_catalog as $$
  select custody.party_of_caller() || '/' || scope
$$;

-- What the first event of a chain follows; the same as chainStart of #audit.
create function custody.chain_start(chain uuid) returns text language sql immutable set search_path = pg_catalog as $$
  select encode(sha256(convert_to('handslag/event-chain/1', 'UTF8') || '\\x00'::bytea
    || convert_to(chain::text, 'UTF8')), 'hex')
$$;

-- One lock order for everyone (matters by id, then their handoffs by id), so that two commands wait and never
-- block one another for good. The record time is read after the lock and is later than the line's last start.
create function custody.lock_matters(matters uuid[]) returns timestamptz language plpgsql
set search_path = pg_catalog as $$
declare
  latest timestamptz;
begin
  perform 1 from custody.matter m where m.id = any (matters) order by m.id for update;
  perform 1 from custody.handoff h where h.matter_id = any (matters) and h.ended_at = 'infinity' order by h.id for update;
  select max(r.starts_at) into latest from custody.responsibility r where r.matter_id = any (matters);
  -- Whole milliseconds, as every column and JavaScript keep them.
  return greatest(date_trunc('milliseconds', directory.record_now()), latest + interval '1 millisecond');
end $$;

/* First round trip. request: { person, units[], matterIds[], handoffIds[], dispatchId?, incidentId?, previewId?,
   successionId?, worker?, idempotency?: { scope, key, bodyHmac } }. Answers null for what the units have no part in. */
create function custody.begin_command(request jsonb) returns jsonb language plpgsql security definer
set search_path = pg_catalog as $$
declare
  units text[];
  handoffs uuid[] := coalesce((select array_agg(x::uuid) from jsonb_array_elements_text(request -> 'handoffIds') x), '{}');
  matters uuid[] := coalesce((select array_agg(x::uuid) from jsonb_array_elements_text(request -> 'matterIds') x), '{}');
  preview custody.preview;
  kept custody.idempotency;
  at timestamptz;
begin
  if custody.party_of_caller() is null then perform custody.refuse('NO_MANDATE'); end if;
  perform set_config('handslag.units',
    coalesce((select string_agg(x, ',') from jsonb_array_elements_text(request -> 'units') x), ''), true);
  units := custody.my_units();

  if request ? 'idempotency' then
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
  end if;

  if request ->> 'previewId' is not null then
    select * into preview from custody.preview p where p.id = (request ->> 'previewId')::uuid and p.unit_id = any (units);
    matters := matters || coalesce((select array_agg((i ->> 'matterId')::uuid)
      from jsonb_array_elements(preview.plan -> 'items') i), '{}');
  end if;
  if request ->> 'dispatchId' is not null then
    handoffs := handoffs || coalesce((select array_agg(h.id) from custody.handoff h
      where h.dispatch_id = (request ->> 'dispatchId')::uuid and h.to_unit = any (units)), '{}');
  end if;
  if request ->> 'successionId' is not null then
    matters := matters || coalesce((select array_agg(m.id) from custody.matter m join custody.succession s
      on s.from_unit = m.holder_unit and m.closed_at = 'infinity'
      where s.id = (request ->> 'successionId')::uuid), '{}');
  end if;
  matters := matters || coalesce((select array_agg(h.matter_id) from custody.handoff h where h.id = any (handoffs)), '{}');
  at := custody.lock_matters(matters);

  return jsonb_build_object(
    'outcome', 'facts',
    'now', at,
    'mandates', coalesce((select jsonb_agg(jsonb_build_object('unit', m.unit_id, 'role', m.role))
      from directory.roles_of(request ->> 'person', at) m where m.unit_id = any (units)), '[]'::jsonb),
    'matters', coalesce((select jsonb_agg(custody.matter_facts(m) order by m.id) from custody.matter m
      where m.id = any (matters) and (m.holder_unit = any (units) or custody.sees_matter(m.id)
        -- The successor decides about what it does not hold yet.
        or exists (select 1 from custody.succession s where s.id = (request ->> 'successionId')::uuid
          and s.from_unit = m.holder_unit and s.to_unit = any (units)))), '[]'::jsonb),
    'handoffs', coalesce((select jsonb_agg(custody.handoff_facts(h) order by h.id) from custody.handoff h
      where (h.id = any (handoffs) or (h.matter_id = any (matters) and h.ended_at = 'infinity'))
        and (h.from_unit = any (units) or h.to_unit = any (units))), '[]'::jsonb),
    'workConflict', case when request ->> 'worker' is not null
      then custody.work_conflict(matters[1], request ->> 'worker', at) end,
    'preview', case when preview.id is not null then jsonb_build_object(
      'id', preview.id, 'incidentId', preview.incident_id, 'unit', preview.unit_id, 'plan', preview.plan,
      'expiresAt', preview.expires_at, 'used', exists (select 1 from custody.dispatch d where d.preview_id = preview.id)) end,
    'incident', (select jsonb_build_object('id', i.id, 'kind', i.kind, 'openedByUnit', i.opened_by_unit)
      from custody.incident i where i.id = (request ->> 'incidentId')::uuid and custody.sees_incident(i.id)),
    'subject', (select jsonb_build_object('id', s.id, 'incidentId', s.incident_id, 'role', s.role)
      from custody.subject s where s.id = (request ->> 'subjectId')::uuid and custody.sees_subject(s.id)),
    'succession', (select jsonb_build_object('id', s.id, 'fromUnit', s.from_unit, 'toUnit', s.to_unit,
      'proposedBy', s.proposed_by, 'approvedBy', s.approved_by)
      from custody.succession s where s.id = (request ->> 'successionId')::uuid
        and (s.from_unit = any (units) or s.to_unit = any (units))));
end $$;

-- After a change: what is most urgent, and the wake-up. A version moves only when the next wake-up does.
create function custody.settle(matters uuid[]) returns void language sql set search_path = pg_catalog as $$
  update custody.matter m
    set urgent_at = coalesce((select min(d.due_at) from custody.deadline d
      where d.clock_id = m.id and d.ended_at = 'infinity'), 'infinity')
    where m.id = any (matters);
  update custody.handoff h
    set urgent_at = coalesce((select min(d.due_at) from custody.deadline d
      where d.clock_id = h.matter_id and d.handoff_id = h.id and d.ended_at = 'infinity'), 'infinity')
    where h.matter_id = any (matters) and h.ended_at = 'infinity';
  insert into custody.stream as s (kind, id, wanted, open, wake_at)
    select 'matter', m.id, 1, m.closed_at = 'infinity', coalesce((select min(d.next_call_at)
      from custody.deadline d where d.clock_id = m.id and d.ended_at = 'infinity'), 'infinity')
    from custody.matter m where m.id = any (matters)
    on conflict (kind, id) do update
      set wanted = s.wanted + 1, open = excluded.open, wake_at = excluded.wake_at
      where s.open <> excluded.open or s.wake_at <> excluded.wake_at;
$$;

create function custody.write_deadlines(w jsonb, matters uuid[], at timestamptz) returns void language plpgsql
set search_path = pg_catalog as $$
begin
  if exists (select 1 from jsonb_to_recordset(w -> 'deadlinesOpened') as x("matterId" uuid)
             where x."matterId" <> all (matters)) then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  insert into custody.deadline (id, clock_id, handoff_id, rule, rule_version, calendar, ladder, start_event,
      start_at, due_at, because, duty_holder, asked_of, next_call_at)
    select x.id, x."matterId", x."handoffId", x.rule, x."ruleVersion", x.calendar, x.ladder, x."startEvent",
      x."startAt", x."dueAt", x.because, x."dutyHolder", x."askedOf", x."nextCallAt"
    from jsonb_to_recordset(w -> 'deadlinesOpened') as x(id uuid, "matterId" uuid, "handoffId" uuid, rule text,
      "ruleVersion" integer, calendar text, ladder text, "startEvent" text, "startAt" timestamptz,
      "dueAt" timestamptz, because jsonb, "dutyHolder" text, "askedOf" text, "nextCallAt" timestamptz);
  update custody.deadline d set ended_at = coalesce(x."endedAt", at), ended_as = x."as"
    from jsonb_to_recordset(w -> 'deadlinesEnded') as x(id uuid, "as" text, "endedAt" timestamptz)
    where d.id = x.id and d.clock_id = any (matters) and d.ended_at = 'infinity';
  update custody.deadline d
    set due_at = coalesce(x."dueAt", d.due_at), because = coalesce(x.because, d.because), rung = 0,
      next_call_at = coalesce(x."nextCallAt", d.next_call_at), duty_holder = coalesce(x."dutyHolder", d.duty_holder),
      asked_of = coalesce(x."askedOf", d.asked_of), version = d.version + 1
    from jsonb_to_recordset(w -> 'deadlinesMoved') as x(id uuid, "dueAt" timestamptz, because jsonb,
      "nextCallAt" timestamptz, "dutyHolder" text, "askedOf" text)
    where d.id = x.id and d.clock_id = any (matters) and d.ended_at = 'infinity';
  insert into custody.step (process, process_id, step_key, occurrence, deadline_id)
    select x.process, x."processId", x."stepKey", x.occurrence, x."deadlineId"
    from jsonb_to_recordset(w -> 'stepsOpened') as x(process text, "processId" uuid, "stepKey" text,
      occurrence text, "deadlineId" uuid)
    on conflict (process, process_id, step_key, occurrence) do update set deadline_id = excluded.deadline_id;
end $$;

create function custody.write_events(w jsonb, matters uuid[], acting_unit text, person text, at timestamptz)
returns void language plpgsql set search_path = pg_catalog as $$
declare
  e record;
  last record;
begin
  for e in select * from jsonb_to_recordset(w -> 'events') as x(id uuid, "chainId" uuid, seq integer,
      "handoffId" uuid, "matterId" uuid, kind text, function text, reason text, data jsonb, "contentDigest" text,
      "previousHash" text, hash text) loop
    if e."matterId" <> all (matters) or (e."chainId" <> e."matterId" and not exists (
        select 1 from custody.handoff h where h.id = e."chainId" and h.matter_id = e."matterId")) then
      perform custody.refuse('ILLEGAL_WRITE');
    end if;
    select v.seq, v.hash into last from custody.event v where v.chain_id = e."chainId" order by v.seq desc limit 1;
    if e.seq <> coalesce(last.seq, 0) + 1 or e."previousHash" <> coalesce(last.hash, custody.chain_start(e."chainId")) then
      perform custody.refuse('STALE_VERSION');
    end if;
    insert into custody.event (id, chain_id, seq, handoff_id, matter_id, kind, at, unit_id, person, function,
        reason, data, content_digest, previous_hash, hash)
      values (e.id, e."chainId", e.seq, e."handoffId", e."matterId", e.kind, at, acting_unit, person, e.function,
        e.reason, coalesce(e.data, '{}'), e."contentDigest", e."previousHash", e.hash);
    update custody.handoff h set chain_seq = e.seq, chain_head = e.hash where h.id = e."chainId";
  end loop;
end $$;

create function custody.write_handoff_changes(w jsonb, acting_unit text, system boolean, at timestamptz)
returns void language plpgsql set search_path = pg_catalog as $$
declare
  c record;
  h custody.handoff;
  our_side text;
begin
  for c in select * from jsonb_to_recordset(w -> 'handoffChanges') as x(id uuid, "expectedVersion" integer,
      action text, phase text, reason text, "proposedUnit" text) loop
    select * into h from custody.handoff where id = c.id for update;
    our_side := case when system and h.to_unit = acting_unit then 'receiver-system'
      when h.to_unit = acting_unit then 'receiver' when h.from_unit = acting_unit then 'sender' end;
    if h.id is null or our_side is null then perform custody.refuse('NOT_FOUND'); end if;
    if h.version <> c."expectedVersion" then perform custody.refuse('STALE_VERSION'); end if;
    if not exists (select 1 from custody.handoff_transition t where t.action = c.action and t.side = our_side
        and t.from_phase = h.phase and t.to_phase = c.phase) then
      perform custody.refuse('ILLEGAL_TRANSITION');
    end if;
    update custody.handoff set
      phase = c.phase,
      -- Delivered and opened do not change the version that a sender withdraws with (DESIGN 4).
      version = version + case when c.action in ('deliver', 'open') then 0 else 1 end,
      delivered_at = case when c.action = 'deliver' then at else delivered_at end,
      opened_at = case when c.action = 'open' then at else opened_at end,
      accepted_at = case when c.action = 'accept' then at else accepted_at end,
      attested_at = case when c.action = 'attest' then at else attested_at end,
      ended_at = case when c.phase in ('opened', 'delivered', 'awaiting-information') then 'infinity'
        else least(ended_at, at) end,
      reason = coalesce(c.reason, reason), proposed_unit = coalesce(c."proposedUnit", proposed_unit)
      where id = c.id;
  end loop;
end $$;

/* Second round trip: writes what was decided, or nothing. The actor is a person with a mandate at the acting unit,
   or the unit's own system (deliver, and effects of the party's own recorded decisions). */
create function custody.commit_command(w jsonb) returns void language plpgsql security definer
set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  units text[] := custody.my_units();
  acting_unit text := w #>> '{actor,unit}';
  person text := w #>> '{actor,person}';
  system boolean := w #>> '{actor,person}' is null;
  at timestamptz(3) := (w ->> 'at')::timestamptz;
  matters uuid[] := coalesce((select array_agg(x::uuid) from jsonb_array_elements_text(w -> 'matterIds') x), '{}');
  r record;
  m custody.matter;
begin
  if acting_unit is null or acting_unit <> all (units) then perform custody.refuse('NOT_YOUR_UNIT'); end if;
  -- What only a head decides is held against the record too: mandate, or standing in at that instant.
  if not system and not exists (select 1 from directory.roles_of(person, at) d where d.unit_id = acting_unit
      and (d.role = 'unit-head' or (w ->> 'successionApproved' is null
        and jsonb_array_length(coalesce(w -> 'successionsProposed', '[]')) = 0))) then
    perform custody.refuse('NO_MANDATE');
  end if;
  if system and w ->> 'command' not in ('deliver', 'meet-duty') then perform custody.refuse('NO_MANDATE'); end if;
  -- A system delivers, and records what its own party has decided; it never moves, opens, sends or closes.
  if system and exists (select 1 from unnest(array['incidents', 'subjects', 'previews', 'mattersOpened', 'dispatches',
      'handoffsSent', 'spells', 'matterChanges', 'successionsProposed', 'receipts', 'disclosures']) k
      where jsonb_array_length(coalesce(w -> k, '[]')) > 0) then
    perform custody.refuse('NO_MANDATE');
  end if;
  -- No audit row, no effect (C7).
  if coalesce(jsonb_typeof(w -> 'audit'), 'null') <> 'object' or w ->> 'command' is null then
    perform custody.refuse('AUDIT_UNAVAILABLE');
  end if;
  if at is null or at > directory.record_now() + interval '1 minute' then perform custody.refuse('ILLEGAL_WRITE'); end if;
  -- Nothing is written about what the acting unit has no part in; a successor has one in what it takes over.
  if exists (select 1 from unnest(matters) x where not custody.sees_matter(x) and not exists (
      select 1 from jsonb_array_elements(coalesce(w -> 'mattersOpened', '[]')) o where (o ->> 'id')::uuid = x)
      and not exists (
      select 1 from custody.matter mm join custody.succession s
        on s.id = (w ->> 'successionApproved')::uuid and s.from_unit = mm.holder_unit and s.to_unit = acting_unit
      where mm.id = x)) then
    perform custody.refuse('NOT_FOUND');
  end if;
  if exists (select 1 from unnest(array['subjects', 'contents', 'previews', 'mattersOpened', 'dispatches']) k,
      jsonb_array_elements(coalesce(w -> k, '[]')) x
      where not custody.sees_incident((x ->> 'incidentId')::uuid) and not exists (
        select 1 from jsonb_array_elements(coalesce(w -> 'incidents', '[]')) i where i ->> 'id' = x ->> 'incidentId')) then
    perform custody.refuse('NOT_FOUND');
  end if;
  if exists (select 1 from unnest(array['spells', 'handoffsSent', 'matterChanges']) k,
      jsonb_array_elements(coalesce(w -> k, '[]')) x
      where coalesce(x ->> 'matterId', x ->> 'id')::uuid <> all (matters)
        and not exists (select 1 from jsonb_array_elements(coalesce(w -> 'mattersOpened', '[]')) o
          where o ->> 'id' = coalesce(x ->> 'matterId', x ->> 'id'))) then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  perform custody.refuse_conflicts(w, person, at);

  insert into custody.incident (id, kind, opened_by_unit, occurred_at, opened_at)
    select x.id, x.kind, acting_unit, x."occurredAt", at
    from jsonb_to_recordset(w -> 'incidents') as x(id uuid, kind text, "occurredAt" timestamptz);
  insert into custody.subject (id, incident_id, role)
    select x.id, x."incidentId", x.role
    from jsonb_to_recordset(w -> 'subjects') as x(id uuid, "incidentId" uuid, role text);
  insert into custody.content (id, incident_id, subject_id, handoff_id, kind, from_unit, to_unit, ciphertext, digest, created_at)
    select x.id, x."incidentId", x."subjectId", x."handoffId", x.kind, acting_unit, x."toUnit",
      decode(x.ciphertext, 'base64'), x.digest, at
    from jsonb_to_recordset(w -> 'contents') as x(id uuid, "incidentId" uuid, "subjectId" uuid, "handoffId" uuid,
      kind text, "toUnit" text, ciphertext text, digest text);
  insert into custody.preview (id, incident_id, unit_id, person, plan, created_at, expires_at)
    select x.id, x."incidentId", acting_unit, person, x.plan, at, x."expiresAt"
    from jsonb_to_recordset(w -> 'previews') as x(id uuid, "incidentId" uuid, plan jsonb, "expiresAt" timestamptz);

  for r in select * from jsonb_to_recordset(w -> 'mattersOpened') as x(id uuid, "incidentId" uuid, "subjectId" uuid,
      kind text, "continuesId" uuid) loop
    insert into custody.matter (id, incident_id, subject_id, kind, opened_at, holder_unit, continues_id)
      values (r.id, r."incidentId", r."subjectId", r.kind, at, acting_unit, r."continuesId");
    insert into custody.responsibility (matter_id, unit_id, starts_at) values (r.id, acting_unit, at);
    matters := matters || r.id;
  end loop;

  perform custody.write_handoff_changes(w, acting_unit, system, at);

  insert into custody.dispatch (id, incident_id, preview_id, from_unit, sent_by, sent_at)
    select x.id, x."incidentId", x."previewId", acting_unit, person, at
    from jsonb_to_recordset(w -> 'dispatches') as x(id uuid, "incidentId" uuid, "previewId" uuid);
  for r in select * from jsonb_to_recordset(w -> 'handoffsSent') as x(id uuid, "dispatchId" uuid, "matterId" uuid,
      route text, "toUnit" text, "contentId" uuid, basis text, "neededBefore" timestamptz, "handBackOf" uuid,
      "chainHead" text) loop
    select * into m from custody.matter where id = r."matterId";
    if m.id is null or m.holder_unit <> acting_unit then perform custody.refuse('NOT_YOUR_UNIT'); end if;
    if not exists (select 1 from directory.unit u where u.id = r."toUnit") then perform custody.refuse('UNKNOWN_UNIT'); end if;
    insert into custody.handoff (id, dispatch_id, matter_id, matter_kind, route, from_unit, to_unit, phase, content_id,
        basis, sent_at, needed_before, hand_back_of, chain_seq, chain_head)
      values (r.id, r."dispatchId", r."matterId", m.kind, r.route, acting_unit, r."toUnit", 'sent', r."contentId",
        r.basis, at, r."neededBefore", r."handBackOf", 0, r."chainHead");
  end loop;

  -- Two persons: the one who approves is not the one who proposed (a constraint), and acts for the successor.
  update custody.succession set approved_by = person, approved_at = at
    where id = (w ->> 'successionApproved')::uuid and to_unit = acting_unit and approved_by is null;

  -- Custody moves: only to the unit that accepts, from the unit that offered; the constraints hold the rest.
  for r in select * from jsonb_to_recordset(w -> 'spells') as x("matterId" uuid, "unitId" text, "handoffId" uuid,
      "successionId" uuid) loop
    select * into m from custody.matter where id = r."matterId" for update;
    if r."unitId" <> acting_unit then perform custody.refuse('NOT_YOUR_UNIT'); end if;
    update custody.responsibility set ends_at = at where matter_id = m.id and ends_at = 'infinity';
    insert into custody.responsibility (matter_id, unit_id, starts_at, previous_unit, previous_ends_at, handoff_id, succession_id)
      values (m.id, r."unitId", at, m.holder_unit, at, r."handoffId", r."successionId");
    update custody.matter set holder_unit = r."unitId", phase = 'held', assigned_to = null, hold_reason = null, hold_review_at = null,
      cancellation_handoff_id = null, version = version + 1 where id = m.id;
  end loop;

  for r in select * from jsonb_to_recordset(w -> 'matterChanges') as x(id uuid, "expectedVersion" integer,
      "bumpsVersion" boolean, "assignedTo" text, "setsAssigned" boolean, "holdReason" text, "holdReviewAt" timestamptz,
      "setsHold" boolean, "cancellationHandoffId" uuid, "setsCancellation" boolean, phase text, outcome text,
      closes boolean, "mergedIntoId" uuid) loop
    select * into m from custody.matter where id = r.id for update;
    if m.version <> coalesce(r."expectedVersion", m.version) then perform custody.refuse('STALE_VERSION'); end if;
    if m.holder_unit <> acting_unit and not (r."setsCancellation" and not coalesce(r.closes, false) and exists (
        select 1 from custody.handoff h where h.id = r."cancellationHandoffId" and h.from_unit = acting_unit
          and h.to_unit = m.holder_unit and h.phase = 'accepted')) then
      perform custody.refuse('NOT_YOUR_UNIT');
    end if;
    -- A second report joins a running matter of the same kind that the same unit holds (DESIGN 5).
    if r."mergedIntoId" is not null and not exists (select 1 from custody.matter t where t.id = r."mergedIntoId"
        and t.kind = m.kind and t.holder_unit = acting_unit and t.closed_at = 'infinity') then
      perform custody.refuse('NOT_RESPONSIBLE');
    end if;
    update custody.matter set
      merged_into_id = coalesce(r."mergedIntoId", merged_into_id),
      version = version + case when r."bumpsVersion" then 1 else 0 end,
      phase = case when r.closes then phase else coalesce(r.phase, phase) end,
      assigned_to = case when r."setsAssigned" then r."assignedTo" else assigned_to end,
      hold_reason = case when r."setsHold" then r."holdReason" else hold_reason end,
      hold_review_at = case when r."setsHold" then r."holdReviewAt" else hold_review_at end,
      cancellation_handoff_id = case when r."setsCancellation" then r."cancellationHandoffId" else cancellation_handoff_id end
      where id = r.id;
    if r.closes then
      -- Close the line before the matter (custody-spells.sql).
      update custody.responsibility set ends_at = at where matter_id = r.id and ends_at = 'infinity';
      update custody.matter set closed_at = at, phase = 'closed', outcome = r.outcome where id = r.id;
    end if;
  end loop;

  insert into custody.succession (id, from_unit, to_unit, proposed_by, proposed_at)
    select x.id, x."fromUnit", x."toUnit", person, at
    from jsonb_to_recordset(w -> 'successionsProposed') as x(id uuid, "fromUnit" text, "toUnit" text);

  perform custody.write_bookings(w, acting_unit, person);
  perform custody.write_deadlines(w, matters, at);
  perform custody.write_events(w, matters, acting_unit, person, at);

  if exists (select 1 from unnest(array['disclosures', 'receipts']) k, jsonb_array_elements(coalesce(w -> k, '[]')) x
      where not exists (select 1 from custody.handoff h where h.id = (x ->> 'handoffId')::uuid
        and acting_unit in (h.from_unit, h.to_unit) and (k = 'disclosures' or h.phase = 'accepted'))) then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  insert into custody.disclosure (id, handoff_id, content_id, from_authority, to_authority, to_unit, purpose, basis,
      decision_ref, fields, decided_by, disclosed_at)
    select x.id, x."handoffId", x."contentId", x."fromAuthority", x."toAuthority", x."toUnit", x.purpose, x.basis,
      x."decisionRef", x.fields, person, at
    from jsonb_to_recordset(w -> 'disclosures') as x(id uuid, "handoffId" uuid, "contentId" uuid, "fromAuthority" text,
      "toAuthority" text, "toUnit" text, purpose text, basis text, "decisionRef" uuid, fields jsonb);
  insert into custody.receipt (handoff_id, kind, jws, issued_at)
    select x."handoffId", x.kind, x.jws, at
    from jsonb_to_recordset(w -> 'receipts') as x("handoffId" uuid, kind text, jws text);
  insert into custody.notification (id, deadline_id, rung, unit_id, function, kind, ring_unit, created_at)
    select x.id, x."deadlineId", x.rung, x."unitId", x.function, x.kind, x."ringUnit", at
    from jsonb_to_recordset(w -> 'notifications') as x(id uuid, "deadlineId" uuid, rung integer, "unitId" text,
      function text, kind text, "ringUnit" text);
  insert into custody.stream as s (kind, id)
    select 'call-out', i.id from custody.incident i
      where i.kind = 'call-out' and i.id in (select x::uuid from jsonb_array_elements_text(w -> 'lookAgain') x)
    on conflict (kind, id) do update set wanted = s.wanted + 1 where s.open;
  insert into custody.idempotency (scope, key, body_hmac, response, created_at)
    select custody.key_scope(x.scope), x.key, x."bodyHmac", x.response, at
    from jsonb_to_record(w -> 'idempotency') as x(scope text, key text, "bodyHmac" text, response jsonb)
    where x.scope is not null;
  insert into custody.audit_leaf select (jsonb_populate_record(null::custody.audit_leaf, w -> 'audit')).*;

  perform custody.settle(matters);
  -- Both sides of an offer that is open or ended now, and the holder. Whoever let go is not told that work goes on (C6).
  perform pg_notify('handslag_live', u) from (
    select side.u from custody.handoff h cross join lateral unnest(array[h.from_unit, h.to_unit]) as side(u)
      where h.matter_id = any (matters) and h.ended_at >= at
    union select mm.holder_unit from custody.matter mm where mm.id = any (matters)) touched(u);
end $$;

/* The clock calls: locks the matter and answers its facts to the courier, or to the watchdog when the courier is
   dead. No person, no content. */
create function custody.begin_call(matter uuid) returns jsonb language plpgsql security definer
set search_path = pg_catalog as $$
declare
  at timestamptz;
begin
  if custody.party_of_caller() not in ('courier', 'coordination') then perform custody.refuse('NO_MANDATE'); end if;
  at := custody.lock_matters(array[matter]);
  return (select jsonb_build_object('now', at,
      'matter', custody.matter_facts(m) - array['subjectId', 'subjectRole', 'assignedTo'],
      'handoff', (select custody.handoff_facts(h) from custody.handoff h where h.matter_id = m.id and h.ended_at = 'infinity'),
      'stream', (select to_jsonb(s) from custody.stream s where s.kind = 'matter' and s.id = m.id))
    from custody.matter m where m.id = matter);
end $$;

/* call: { matterId, deadlineId, deadlineVersion, rung, nextCallAt|null, notifications[], calledBy }. A rung is
   called once: a second call of the same deadline, version and rung changes nothing. */
create function custody.commit_call(call jsonb) returns void language plpgsql security definer
set search_path = pg_catalog as $$
declare
  at timestamptz(3) := (call ->> 'at')::timestamptz;
  called integer;
begin
  if custody.party_of_caller() not in ('courier', 'coordination') then perform custody.refuse('NO_MANDATE'); end if;
  insert into custody.reminder (deadline_id, deadline_version, rung, called_at, called_by)
    select d.id, d.version, (call ->> 'rung')::integer, at, custody.party_of_caller()
    from custody.deadline d
    where d.id = (call ->> 'deadlineId')::uuid and d.clock_id = (call ->> 'matterId')::uuid
      and d.version = (call ->> 'deadlineVersion')::integer and d.ended_at = 'infinity' and d.next_call_at <= at
    on conflict do nothing;
  get diagnostics called = row_count;
  if called = 0 then return; end if;
  update custody.deadline set rung = (call ->> 'rung')::integer + 1,
      next_call_at = coalesce((call ->> 'nextCallAt')::timestamptz, 'infinity')
    where id = (call ->> 'deadlineId')::uuid;
  insert into custody.notification (id, deadline_id, rung, unit_id, function, kind, ring_unit, created_at)
    select x.id, (call ->> 'deadlineId')::uuid, x.rung, x."unitId", x.function, x.kind, x."ringUnit", at
    from jsonb_to_recordset(call -> 'notifications') as x(id uuid, rung integer, "unitId" text, function text, kind text, "ringUnit" text);
  insert into custody.audit_leaf select (jsonb_populate_record(null::custody.audit_leaf, call -> 'audit')).*;
  perform custody.settle(array[(call ->> 'matterId')::uuid]);
end $$;

/* A step that custody's own commands opened: met, and with what outcome. For the stories in Temporal. */
create function custody.step_state(process text, process_id uuid, step_key text, occurrence text) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('met', d.ended_at < 'infinity', 'outcome', coalesce(s.outcome, d.ended_as))
  from custody.step s join custody.deadline d on d.id = s.deadline_id
  where s.process = step_state.process and s.process_id = step_state.process_id
    and s.step_key = step_state.step_key and s.occurrence = step_state.occurrence
$$;

/* What the call-out's story needs to know about its matters: who holds, offered or not. Ids and kinds. */
create function custody.call_out_matters(incident uuid) returns jsonb language sql stable security definer
set search_path = pg_catalog as $$
  select coalesce(jsonb_agg(jsonb_build_object('matterId', m.id, 'kind', m.kind, 'subjectId', m.subject_id,
    'holderUnit', m.holder_unit, 'closed', m.closed_at < 'infinity',
    'heldSinceOpening', not exists (select 1 from custody.responsibility r where r.matter_id = m.id and r.previous_unit is not null),
    'openOfferTo', (select h.to_unit from custody.handoff h where h.matter_id = m.id and h.ended_at = 'infinity'),
    'firstSentTo', (select h.to_unit from custody.handoff h where h.matter_id = m.id order by h.sent_at, h.id limit 1))
    order by m.id), '[]'::jsonb)
  from custody.matter m where m.incident_id = incident
$$;

/* The call-out's story is told: its stream asks for no workflow any more. By the police, whose process it is. */
create function custody.close_story(incident uuid) returns void language plpgsql security definer
set search_path = pg_catalog as $$
begin
  if custody.party_of_caller() <> 'police' then perform custody.refuse('NO_MANDATE'); end if;
  update custody.stream set open = false, relayed = wanted where kind = 'call-out' and id = incident;
end $$;

revoke all on all functions in schema custody from public;
grant execute on function custody.close_story(uuid) to handslag_police;
grant execute on function custody.party_of_caller(), custody.my_units(), custody.sees_subject(uuid),
  custody.sees_incident(uuid), custody.sees_matter(uuid), custody.begin_command(jsonb), custody.commit_command(jsonb),
  custody.step_state(text, uuid, text, text), custody.call_out_matters(uuid) to handslag_parties;
grant execute on function custody.begin_call(uuid), custody.commit_call(jsonb), custody.party_of_caller(),
  custody.step_state(text, uuid, text, text) to handslag_courier;
grant execute on function custody.begin_call(uuid), custody.commit_call(jsonb) to handslag_coordination;
`;
}
