import { readFileSync } from 'node:fs';
import type { LocalSystem } from '../../testing/local-system.js';

/** What is in the record twice, or half: each must be empty whatever was killed (C1, C4). */
const NEVER: Readonly<Record<string, string>> = {
  'an open matter without exactly one open spell': `select m.id from custody.matter m where m.closed_at = 'infinity'
     and (select count(*) from custody.responsibility r where r.matter_id = m.id and r.ends_at = 'infinity') <> 1`,
  'a matter with two open offers': `select matter_id as id from custody.handoff
     where ended_at = 'infinity' and accepted_at is null group by 1 having count(*) > 1`,
  'an event told twice of one handoff': `select handoff_id as id from custody.event
     where kind in ('sent', 'delivered', 'accepted') group by handoff_id, kind having count(*) > 1`,
  'an accepted handoff without its receipt': `select h.id from custody.handoff h
     where h.phase = 'accepted' and not exists (select from custody.receipt r where r.handoff_id = h.id)`,
  'a function told of one rung more often than it was called': `select n.deadline_id as id from custody.notification n
     where n.deadline_id is not null group by n.deadline_id, n.rung, n.unit_id, n.function, n.kind
     having count(*) > greatest(1, (select count(*) from custody.reminder r
       where r.deadline_id = n.deadline_id and r.rung = n.rung))`,
  'a stream given up on': `select id from custody.stream where parked_at is not null
     union all select id from police.stream where parked_at is not null
     union all select id from socialjouren.stream where parked_at is not null`,
};

/** Every way in which the record is not as it must be, with the ids; empty when it is. */
export async function whatIsWrong(system: LocalSystem): Promise<string[]> {
  const wrong: string[] = [];
  for (const [what, query] of Object.entries(NEVER)) {
    const rows = await system.sql<{ id: string }>(query);
    if (rows.length > 0) wrong.push(`${what}: ${rows.map(({ id }) => id).join(', ')}`);
  }
  return wrong;
}

const OUTBOXES = ['custody', 'police', 'socialjouren', 'rvt', 'bou', 'coordination'];

/** Notices that the record holds, by id, and whether the courier has handed them over. */
export async function notices(system: LocalSystem): Promise<Map<string, boolean>> {
  const rows = await system.sql<{ id: string; handed: boolean }>(
    OUTBOXES.map(
      (schema) => `select id, handed_over_at < 'infinity' as handed from ${schema}.notification`,
    ).join(' union all '),
  );
  return new Map(rows.map(({ id, handed }) => [id, handed]));
}

/** How often each notice reached the mail system, by its id. */
export function mailed(system: LocalSystem): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(system.running.mailFile)) {
    const { messageId }: { messageId: string } = JSON.parse(line);
    const id = messageId.split('@')[0] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return []; // nothing was mailed yet
  }
}
