import { z } from 'zod';
import { inBatches } from '../../operator/batches.js';
import type { CheckContext } from './context.js';
import { checkLine, type Spell } from './line-of-spells.js';

const MattersSchema = z.array(
  z.object({ id: z.string(), opened_at: z.date(), closed_at: z.date().nullable(), holder_unit: z.string() }),
);
const SpellsSchema = z.array(
  z.object({
    matter_id: z.string(),
    unit_id: z.string(),
    starts_at: z.date(),
    ends_at: z.date().nullable(),
  }),
);
const IdsSchema = z.array(z.object({ id: z.string() }));

export interface LineFigures {
  readonly open: number;
  readonly closed: number;
  readonly spells: number;
  readonly unownedMinutes: number;
}

const time = (at: Date | null): number => at?.getTime() ?? Number.POSITIVE_INFINITY;

/** C1: computes the line of every matter anew from its spells, trusting no constraint. */
export async function checkLines({ manager, defects, now }: CheckContext): Promise<LineFigures> {
  let open = 0;
  let closed = 0;
  let spellCount = 0;
  let unownedMs = 0;
  const matters = inBatches(manager, {
    sql: `select id, opened_at, nullif(closed_at, 'infinity') as closed_at, holder_unit
      from custody.matter where id > $1 order by id limit $2`,
    rows: MattersSchema,
    first: ['00000000-0000-0000-0000-000000000000'],
    key: ({ id }) => [id],
  });
  for await (const batch of matters) {
    const lines = new Map<string, Spell[]>(batch.map(({ id }) => [id, []]));
    const spells = SpellsSchema.parse(
      await manager.query(
        `select matter_id, unit_id, starts_at, nullif(ends_at, 'infinity') as ends_at
         from custody.responsibility where matter_id = any ($1::uuid[])`,
        [[...lines.keys()]],
      ),
    );
    spellCount += spells.length;
    for (const { matter_id, unit_id, starts_at, ends_at } of spells) {
      lines.get(matter_id)?.push({ unit: unit_id, from: time(starts_at), until: time(ends_at) });
    }
    for (const { id, opened_at, closed_at, holder_unit } of batch) {
      if (closed_at === null) open += 1;
      else closed += 1;
      const line = {
        openedAt: time(opened_at),
        closedAt: time(closed_at),
        holder: holder_unit,
        spells: lines.get(id) ?? [],
      };
      const checked = checkLine(line, now.getTime());
      unownedMs += checked.unownedMs;
      for (const defect of checked.defects) defects.add('C1', `line: ${defect}`, 'matter', id);
    }
  }
  const orphans = IdsSchema.parse(
    await manager.query(
      `select distinct r.matter_id as id from custody.responsibility r
       where not exists (select 1 from custody.matter m where m.id = r.matter_id)`,
    ),
  );
  for (const { id } of orphans) defects.add('C1', 'line: spells of a matter that is gone', 'matter', id);
  return { open, closed, spells: spellCount, unownedMinutes: unownedMs / 60_000 };
}
