import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { CoordinationLine } from '#contracts';

const SpellsSchema = z.array(
  z.object({
    unit_id: z.string(),
    starts_at: z.date(),
    ends_at: z.date().nullable(),
  }),
);

/** The unbroken line of a matter in units and instants; null for a matter that the record does not have. */
export async function responsibilityLine(
  dataSource: DataSource,
  matterId: string,
): Promise<CoordinationLine | null> {
  const spells = SpellsSchema.parse(
    await dataSource.query(
      `select unit_id, starts_at, nullif(ends_at, 'infinity') as ends_at
       from custody.spell where matter_id = $1 order by starts_at`,
      [matterId],
    ),
  );
  if (spells.length === 0) return null;
  return {
    matterId,
    spells: spells.map(({ unit_id, starts_at, ends_at }) => ({
      unit: unit_id,
      from: starts_at.toISOString(),
      until: ends_at?.toISOString() ?? null,
    })),
  };
}
