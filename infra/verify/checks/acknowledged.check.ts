import { z } from 'zod';
import type { CheckContext } from './context.js';

const MissingSchema = z.array(z.object({ id: z.string() }));

/** The tables whose rows an answer may name, by the name that audit leaves and answers use for them. */
const TABLES = ['incident', 'matter', 'handoff', 'dispatch', 'succession', 'deadline'] as const;

/** What each kind of answer of custody's commands names. */
const NAMED_IN_ANSWERS: readonly (readonly [table: (typeof TABLES)[number], ids: string])[] = [
  ['incident', `select response ->> 'incidentId'`],
  ['dispatch', `select response ->> 'dispatchId'`],
  ['matter', `select response ->> 'matterId'`],
  ['handoff', `select response ->> 'handoffId'`],
  ['succession', `select response ->> 'successionId'`],
  ['matter', listed('matterIds')],
  ['handoff', listed('handoffIds')],
  ['matter', member('matters', 'matterId')],
  ['handoff', member('handoffs', 'handoffId')],
];

/** C4: everything that was answered to somebody, or audited as done, is there; and content is as it was sealed. */
export async function checkAcknowledged({ manager, defects }: CheckContext): Promise<void> {
  for (const [table, ids] of NAMED_IN_ANSWERS) {
    const missing = MissingSchema.parse(
      await manager.query(
        `select distinct named.id from custody.idempotency cross join lateral (${ids}) named(id)
         where named.id is not null and not exists (select 1 from custody.${table} t where t.id = named.id::uuid)`,
      ),
    );
    for (const { id } of missing) defects.add('C4', 'answered-and-not-there', table, id);
  }
  for (const table of TABLES) {
    const missing = MissingSchema.parse(
      await manager.query(
        `select l.id from custody.audit_leaf l
         where l.kind = 'command' and l.code = 'OK' and l.target_kind = $1
           and not exists (select 1 from custody.${table} t where t.id::text = l.target_id)`,
        [table],
      ),
    );
    for (const { id } of missing) defects.add('C4', 'audited-and-not-there', 'audit-leaf', id);
  }
  const changed = MissingSchema.parse(
    await manager.query(
      `select id from custody.content where erased_at is null and encode(sha256(ciphertext), 'hex') <> digest`,
    ),
  );
  for (const { id } of changed) defects.add('C4', 'content-is-not-what-was-sealed', 'content', id);
  await checkErased({ manager, defects });
}

/** What was erased was so by disposals of every side, each decided by two persons; and of nobody who is current. */
async function checkErased({ manager, defects }: Pick<CheckContext, 'manager' | 'defects'>): Promise<void> {
  const undecided = MissingSchema.parse(
    await manager.query(
      `select c.id from custody.content c cross join lateral unnest(array[c.from_unit, c.to_unit]) side
       join directory.unit u on u.id = side and u.external = ''
       where c.erased_at is not null and not exists (select 1 from custody.disposed_content x
         join custody.disposal d on d.id = x.disposal_id and d.approved_by <> d.proposed_by
         where x.content_id = c.id and x.unit_id = side)`,
    ),
  );
  for (const { id } of undecided) defects.add('C4', 'erased-without-decision', 'content', id);
  const early = MissingSchema.parse(
    await manager.query(
      `select s.subject_id as id from custody.disposed_subject s join custody.disposal d on d.id = s.disposal_id
       where s.disposed_at < d.approved_at or exists (
         select 1 from custody.matter m join custody.responsibility r on r.matter_id = m.id
         join directory.unit_authority a on a.unit_id = r.unit_id and a.authority_id = s.authority
         where m.subject_id = s.subject_id and r.starts_at <= s.disposed_at and s.disposed_at < r.ends_at)`,
    ),
  );
  for (const { id } of early) defects.add('C4', 'disposed-and-current', 'subject', id);
}

function listed(key: string): string {
  return `select jsonb_array_elements_text(case when jsonb_typeof(response -> '${key}') = 'array' then response -> '${key}' else '[]' end)`;
}

function member(key: string, id: string): string {
  return `select e ->> '${id}' from jsonb_array_elements(
    case when jsonb_typeof(response -> '${key}') = 'array' then response -> '${key}' else '[]' end) e`;
}
