import { SqlMigration } from '#database';

/** C-11: incidents with a child for whom nobody answers and whom no recorded decision let go. Names no person. */
export class WatchChildren1795355000001 extends SqlMigration {
  readonly name = 'WatchChildren1795355000001';
  readonly sql = `
create view custody.child_without_owner with (security_barrier) as
  select s.incident_id, count(*)::int as children from custody.subject s
  where s.role = 'child' and not exists (select 1 from custody.matter m where m.subject_id = s.id
    and (m.closed_at = 'infinity' or m.outcome in ('SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE')))
  group by s.incident_id;
grant select on custody.child_without_owner to handslag_coordination;
`;
}
