import type { Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RecordFigures } from '#contracts';
import { verifyQueries } from '#custody';
import { runningClocks } from '../watchdog/running-clocks.js';

const FiguresSchema = z.tuple([
  z.object({
    at: z.date(),
    open: z.coerce.number(),
    closed: z.coerce.number(),
    spells: z.coerce.number(),
    unowned: z.coerce.number(),
    armed: z.coerce.number(),
    breaches: z.coerce.number(),
  }),
]);

/** The minutes up to now, or to the close, that no spell covers: before the first, between two, after the last. */
const FIGURES_SQL = `
with now as (select directory.record_now() as at),
lines as (
  select s.matter_id, s.starts_at, s.ends_at, max(s.ends_at) over before as held_until
  from custody.spell s
  window before as (partition by s.matter_id order by s.starts_at, s.ends_at rows between unbounded preceding and 1 preceding)
),
gaps as (
  select extract(epoch from sum(greatest(interval '0', l.starts_at - coalesce(l.held_until, m.opened_at)))) as seconds
  from lines l join custody.watched_matter m on m.matter_id = l.matter_id
  union all
  select extract(epoch from sum(greatest(interval '0', least(m.closed_at, now.at)
    - coalesce(least(e.last_end, now.at), m.opened_at))))
  from custody.watched_matter m cross join now
  left join (select matter_id, max(ends_at) as last_end from custody.spell group by matter_id) e on e.matter_id = m.matter_id
)
select now.at,
  (select count(*) from custody.watched_matter where closed_at = 'infinity') as open,
  (select count(*) from custody.watched_matter where closed_at < 'infinity') as closed,
  (select count(*) from custody.spell) as spells,
  coalesce((select sum(seconds) from gaps), 0) / 60 as unowned,
  (select count(*) from custody.deadline where ended_at = 'infinity') as armed,
  (select count(*) from custody.deadline where ended_at = 'infinity' and due_at < now.at) as breaches
from now`;

/** The figures of C1 to C4 over what coordination may see. */
export class RecordFiguresReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly temporal: Client,
    /** How far a relay may be behind before it counts. */
    private readonly graceSeconds: number,
  ) {}

  /** All from one snapshot of the record; the running clocks as Temporal counts them at that time. */
  async read(): Promise<RecordFigures> {
    const clocksRunning = await runningClocks(this.temporal);
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const [figures] = FiguresSchema.parse(await manager.query(FIGURES_SQL));
      const checks: RecordFigures['checks'] = [];
      for (const { rule, name, sql, parameters } of verifyQueries({ seconds: this.graceSeconds })) {
        const offending: unknown[] = await manager.query(sql, [...parameters]);
        checks.push({ rule, name, offending: offending.length });
      }
      return {
        at: figures.at.toISOString(),
        ok: figures.unowned === 0 && checks.every(({ offending }) => offending === 0),
        matters: { open: figures.open, closed: figures.closed },
        spells: figures.spells,
        unownedMinutes: figures.unowned,
        deadlinesArmed: figures.armed,
        breaches: figures.breaches,
        clocksRunning,
        checks,
      };
    });
  }
}
