import pg from 'pg';
import { z } from 'zod';
import type { Needles } from './needles.js';
import { Search, type Searched } from './searched.js';

const TablesSchema = z.array(z.object({ schema: z.string(), name: z.string() }));
const RoleSchema = z.array(z.object({ seesall: z.boolean() })).length(1);
const CountSchema = z
  .array(
    z.object({
      rows: z.coerce.number(),
      bytes: z.coerce.number(),
      hits: z.coerce.number(),
      traces: z.coerce.number(),
    }),
  )
  .length(1);
const HitRowsSchema = z.array(z.object({ as_text: z.string() }));

/** Tables of the database's own, and no others, are left out. */
const TABLES = `
  select n.nspname as schema, c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
  order by 1, 2`;

/** Every column of every row of every table, as text. Throws when row-level security would hide rows from this role. */
export async function searchTables(
  place: string,
  adminUrl: string,
  needles: Needles,
  trace: string,
): Promise<Searched[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'handslag canary search' });
  await client.connect();
  try {
    const role = RoleSchema.parse(
      (
        await client.query(
          'select rolsuper or rolbypassrls as seesall from pg_roles where rolname = current_user',
        )
      ).rows,
    );
    if (role[0]?.seesall !== true) {
      throw new Error(`the role of ${place} is under row-level security: the search would not see every row`);
    }
    const tables = TablesSchema.parse((await client.query(TABLES)).rows);
    const schemas = [...new Set(tables.map(({ schema }) => schema))];
    const searched: Searched[] = [];
    for (const schema of schemas) {
      const search = new Search(`${place}, schema ${schema}`, needles, trace);
      const own = tables.filter((table) => table.schema === schema);
      let rows = 0;
      for (const { name } of own) rows += await lookAtTable(client, schema, name, needles, trace, search);
      searched.push(search.result(`${own.length} tables, ${rows} rows, every column`));
    }
    return searched;
  } finally {
    await client.end();
  }
}

async function lookAtTable(
  client: pg.Client,
  schema: string,
  name: string,
  needles: Needles,
  trace: string,
  search: Search,
): Promise<number> {
  const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
  const { anyCase, exactCase } = needles.patterns;
  const [counted] = CountSchema.parse(
    (
      await client.query(
        `select count(*) as rows, coalesce(sum(octet_length(t::text)), 0) as bytes,
                count(*) filter (where t::text ~* $1 or t::text ~ $2) as hits,
                count(*) filter (where position($3 in t::text) > 0) as traces
         from ${table} t`,
        [anyCase, exactCase, trace],
      )
    ).rows,
  );
  if (counted === undefined) return 0;
  search.count(counted.bytes, counted.traces > 0);
  if (counted.hits > 0) {
    const hits = HitRowsSchema.parse(
      (
        await client.query(
          `select column_name || ': ' || content as as_text
           from ${table} t, lateral jsonb_each_text(to_jsonb(t)) as each_column(column_name, content)
           where content ~* $1 or content ~ $2 limit 50`,
          [anyCase, exactCase],
        )
      ).rows,
    );
    for (const { as_text } of hits) search.add(`${schema}.${name}.${as_text.split(':', 1)[0]}`, as_text);
  }
  return counted.rows;
}
