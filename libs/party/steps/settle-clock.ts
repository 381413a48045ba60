import type { EntityManager } from 'typeorm';
import type { PartyName } from '../party.port.js';
import type { AwaitedHumanStep } from './awaited-step.js';

/**
 * After a change to the deadlines of a clock in the party's schema: the wake-up, and whether its workflow should exist.
 * A version moves only when the next wake-up does (DESIGN 4); a clock that never had a deadline gets no stream.
 */
export async function settleClock(manager: EntityManager, party: PartyName, clockId: string): Promise<void> {
  await manager.query(
    `insert into ${party}.stream as s (kind, id, wanted, open, wake_at)
       select 'clock', $1, 1, count(*) > 0, coalesce(min(d.next_call_at), 'infinity')
       from ${party}.deadline d where d.clock_id = $1 and d.ended_at = 'infinity'
       having count(*) > 0 or exists (select 1 from ${party}.stream o where o.kind = 'clock' and o.id = $1)
     on conflict (kind, id) do update
       set wanted = s.wanted + 1, open = excluded.open, wake_at = excluded.wake_at
       where s.open <> excluded.open or s.wake_at <> excluded.wake_at`,
    [clockId],
  );
}

/**
 * Tells a story to look again: something that it waits for changed in this schema. Of the call-out, whose stream is
 * custody's, this schema's row is never open and only carries the nudge; another kind of incident has no story, and none is
 * started by it. A case of another party is told by its own.
 */
export async function lookAgain(
  manager: EntityManager,
  party: PartyName,
  { process, processId }: Pick<AwaitedHumanStep, 'process' | 'processId'>,
): Promise<void> {
  if (process !== 'call-out') {
    await manager.query(
      `update ${party}.stream set wanted = wanted + 1 where kind = $1 and id = $2 and open`,
      [process, processId],
    );
    return;
  }
  await manager.query(
    `insert into ${party}.stream as s (kind, id, wanted, open)
       select 'call-out', i.id, 1, false from custody.incident i where i.id = $1 and i.kind = 'call-out'
     on conflict (kind, id) do update set wanted = s.wanted + 1`,
    [processId],
  );
}
