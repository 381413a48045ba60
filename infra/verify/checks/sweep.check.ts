import { z } from 'zod';
import { type VerifyQuery, verifyQueries } from '#custody';
import type { CheckContext } from './context.js';

const IdsSchema = z.array(z.object({ id: z.string() }));
const FiguresSchema = z.tuple([z.object({ armed: z.coerce.number(), breaches: z.coerce.number() })]);

export interface DeadlineFigures {
  readonly armed: number;
  readonly breaches: number;
}

/** C1 to C4 in SQL: what the watchdog asks of custody, and of every party's own clocks, outbox and notices. */
export async function checkSweep({
  manager,
  defects,
  schemas,
  graceSeconds,
}: CheckContext): Promise<DeadlineFigures> {
  const queries = [
    ...verifyQueries({ seconds: graceSeconds }),
    ...schemas.filter((schema) => schema !== 'custody').flatMap((schema) => queriesOf(schema, graceSeconds)),
  ];
  for (const { name, rule, offender, sql, parameters } of queries) {
    const rows = IdsSchema.parse(await manager.query(sql, [...parameters]));
    for (const { id } of rows) defects.add(rule, name, offender, id);
  }
  let armed = 0;
  let breaches = 0;
  for (const schema of schemas) {
    const [figures] = FiguresSchema.parse(
      await manager.query(
        `select count(*) as armed, count(*) filter (where due_at < (select directory.record_now())) as breaches
         from ${schema}.deadline where ended_at = 'infinity'`,
      ),
    );
    armed += figures.armed;
    breaches += figures.breaches;
  }
  return { armed, breaches };
}

function queriesOf(schema: string, graceSeconds: number): VerifyQuery[] {
  const parameters = [`${graceSeconds} seconds`];
  return [
    {
      name: `${schema}: due-and-nobody-called`,
      rule: 'C3',
      offender: 'deadline',
      parameters,
      sql: `select id from ${schema}.deadline
        where ended_at = 'infinity' and next_call_at < (select directory.record_now()) - $1::interval`,
    },
    {
      name: `${schema}: not-relayed-in-time`,
      rule: 'C3',
      offender: 'stream',
      parameters,
      sql: `select id from ${schema}.stream where wanted > relayed and wanted_at < clock_timestamp() - $1::interval`,
    },
    {
      name: `${schema}: notice-not-handed-over`,
      rule: 'C4',
      offender: 'notification',
      parameters,
      sql: `select id from ${schema}.notification
        where handed_over_at = 'infinity' and created_at < (select directory.record_now()) - $1::interval`,
    },
  ];
}
