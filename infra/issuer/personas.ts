import pg from 'pg';
import { z } from 'zod';

const PersonaSchema = z.object({
  /** The person id of the mandates, which is the token's subject. */
  persona: z.string(),
  role: z.string(),
  unitId: z.string(),
  unit: z.string(),
  party: z.string(),
  label: z.object({ sv: z.string(), en: z.string() }),
});

/** One role at one unit, from the directory; not an invented person. */
export type Persona = z.infer<typeof PersonaSchema>;

export interface Personas {
  all(): Promise<Persona[]>;
  find(name: string): Promise<Persona | undefined>;
  close(): Promise<void>;
}

const ALL = `
  select m.person_id as persona, m.role, m.unit_id as "unitId", u.name as unit, u.party,
         json_build_object('sv', m.label_sv, 'en', m.label_en) as label
  from directory.mandate m join directory.unit u on u.id = m.unit_id
  where daterange(m.valid_from, m.valid_until, '[]') @> (now() at time zone 'Europe/Stockholm')::date
  order by u.party, u.name, m.role, m.person_id`;

/** Reads the personas from the directory with the issuer's own role, each time: a reloaded directory shows at once. */
export function personasOf(databaseUrl: string): Personas {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'handslag issuer' });
  pool.on('error', () => {}); // an idle connection was cut; the next query opens another
  const all = async (): Promise<Persona[]> => z.array(PersonaSchema).parse((await pool.query(ALL)).rows);
  return {
    all,
    find: async (name) => (await all()).find(({ persona }) => persona === name),
    close: () => pool.end(),
  };
}
