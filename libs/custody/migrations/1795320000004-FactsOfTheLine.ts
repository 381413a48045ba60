import { SqlMigration } from '#database';

/**
 * What decisions need to know of the line beside the present: how the matter came, which duties a report ever
 * started, attempts that failed, and whether the caller decided what she is about to accept. And what a succession
 * does to offers: they go on in the successor's name, or nobody could accept, withdraw or supersede them any more.
 */
export class FactsOfTheLine1795320000004 extends SqlMigration {
  readonly name = 'FactsOfTheLine1795320000004';
  readonly sql = `
alter function custody.matter_facts(custody.matter) rename to matter_state;
alter function custody.handoff_facts(custody.handoff) rename to handoff_state;

create function custody.matter_facts(m custody.matter) returns jsonb language sql stable
set search_path = pg_catalog as $$
  select custody.matter_state(m) || jsonb_build_object(
    'taken', (select jsonb_build_object('route', h.route, 'fromUnit', h.from_unit)
      from custody.responsibility r join custody.handoff h on h.id = r.handoff_id
      where r.matter_id = m.id order by r.starts_at desc limit 1),
    'dutiesOpened', (select coalesce(jsonb_agg(distinct d.rule), '[]'::jsonb) from custody.deadline d
      where d.clock_id = m.id and d.rule in ('D-01', 'D-02', 'D-03', 'D-04')),
    'failedContacts', (select coalesce(jsonb_agg(e.at order by e.at), '[]'::jsonb) from custody.event e
      where e.chain_id = m.id and e.kind = 'contact-attempt' and e.at > directory.record_now() - interval '2 days'
        and not exists (select 1 from custody.event c
          where c.chain_id = m.id and c.kind = 'contact-made' and c.seq > e.seq)))
$$;

-- Whether it is the caller, not who: a handoff's facts name no person, and the clock has no caller.
create function custody.handoff_facts(h custody.handoff) returns jsonb language sql stable
set search_path = pg_catalog as $$
  select custody.handoff_state(h) || jsonb_build_object('decidedByCaller',
    exists (select 1 from custody.dispatch d
      where d.id = h.dispatch_id and d.sent_by = current_setting('handslag.person', true))
    or exists (select 1 from custody.event e
      where e.chain_id = h.matter_id and e.kind = 'opened' and e.person = current_setting('handslag.person', true)))
$$;
revoke all on function custody.matter_facts(custody.matter), custody.handoff_facts(custody.handoff) from public;

create function custody.move_offers() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
begin
  -- An offer to the successor has nothing left to ask; its end is an event of the same transaction.
  update custody.handoff set phase = 'superseded', ended_at = new.approved_at, version = version + 1
    where ended_at = 'infinity' and from_unit = new.from_unit and to_unit = new.to_unit;
  update custody.handoff set from_unit = new.to_unit where ended_at = 'infinity' and from_unit = new.from_unit;
  return null;
end $$;
revoke all on function custody.move_offers() from public;
create trigger succession_moves_offers after update on custody.succession
  for each row when (old.approved_at is null and new.approved_at is not null)
  execute function custody.move_offers();
`;
}
