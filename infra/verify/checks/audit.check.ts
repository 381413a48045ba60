import { z } from 'zod';
import { verifyLeaf } from '#audit';
import { inBatches } from '../../operator/batches.js';
import { LeafSchema } from '../trail/trail-rows.js';
import type { CheckContext } from './context.js';

const LeavesSchema = z.array(LeafSchema);
const IdsSchema = z.array(z.object({ id: z.string() }));

/** What a command writes, and the unit and instant that its leaf must share. */
const WRITTEN_BY_COMMANDS = {
  event: 'select id, at, unit_id from custody.event',
  incident: 'select id, opened_at, opened_by_unit from custody.incident',
  dispatch: 'select id, sent_at, from_unit from custody.dispatch',
  spell: 'select matter_id, starts_at, unit_id from custody.responsibility',
  receipt: `select r.handoff_id, r.issued_at, case r.kind when 'signed' then h.to_unit else h.from_unit end
    from custody.receipt r join custody.handoff h on h.id = r.handoff_id`,
} as const;

/** C7: every command has its leaf, written in its own transaction, and every leaf of every schema is as it was written. */
export async function checkAudit(context: CheckContext): Promise<number> {
  await checkCommandsAreAudited(context);
  return checkLeaves(context);
}

/** Every leaf of every schema against its own hashes; answers how many there are. */
export async function checkLeaves(context: CheckContext): Promise<number> {
  let leaves = 0;
  for (const schema of context.schemas) leaves += await rehash(context, schema);
  return leaves;
}

async function checkCommandsAreAudited({ manager, defects }: CheckContext): Promise<void> {
  for (const [what, sql] of Object.entries(WRITTEN_BY_COMMANDS)) {
    const unaudited = IdsSchema.parse(
      await manager.query(
        `select w.id from (${sql}) w(id, at, unit_id) where not exists (
           select 1 from custody.audit_leaf l where l.at = w.at and l.unit_id = w.unit_id and l.kind = 'command')`,
      ),
    );
    for (const { id } of unaudited) defects.add('C7', `${what}-without-audit`, what, id);
  }
  const answers = IdsSchema.parse(
    await manager.query(
      `select md5(i.scope || ' ' || i.key) as id from custody.idempotency i where not exists (
         select 1 from custody.audit_leaf l where l.at = i.created_at and l.kind = 'command')`,
    ),
  );
  for (const { id } of answers) defects.add('C7', 'answer-without-audit', 'idempotency key (MD5)', id);
  const calls = IdsSchema.parse(
    await manager.query(
      `select r.deadline_id as id from custody.reminder r where not exists (
         select 1 from custody.audit_leaf l where l.at = r.called_at and l.action = 'call-rung'
           and l.target_kind = 'deadline' and l.target_id = r.deadline_id::text)`,
    ),
  );
  for (const { id } of calls) defects.add('C7', 'call-without-audit', 'deadline', id);
}

async function rehash({ manager, defects }: CheckContext, schema: string): Promise<number> {
  let leaves = 0;
  const batches = inBatches(manager, {
    sql: `select * from ${schema}.audit_leaf where id > $1 order by id limit $2`,
    rows: LeavesSchema,
    first: ['00000000-0000-0000-0000-000000000000'],
    key: ({ id }) => [id],
  });
  for await (const batch of batches) {
    leaves += batch.length;
    for (const leaf of batch) {
      const verdict = verifyLeaf(leaf);
      if (!verdict.ok) defects.add('C7', `${schema}: leaf ${verdict.code}`, 'audit-leaf', leaf.id);
    }
  }
  return leaves;
}
