import type { DataSource } from 'typeorm';
import { localDateOfInstant } from '#calendar';
import { openDataSource } from '#database';
import { DIRECTORY_SCHEMA, generatePersonas, readSnapshot, recordNow } from '#directory';

/** One role at one unit, as people choose it: generated from the directory, not an invented person. */
export interface Persona {
  /** Such as `police-liaison-globen`. */
  readonly persona: string;
  /** Opaque: the subject of its tokens, and whose mandates decide. */
  readonly personId: string;
  readonly role: string;
  readonly unitId: string;
  readonly unit: string;
  readonly party: string;
  readonly label: { readonly sv: string; readonly en: string };
}

export interface Personas {
  /** Those whose unit is in force on the record's day. */
  all(): Promise<readonly Persona[]>;
  byName(name: string): Promise<Persona | undefined>;
  byPersonId(id: string): Promise<Persona | undefined>;
  close(): Promise<void>;
}

/** Reads the directory with the issuer's own role, each time: one that was loaded anew shows at once. */
export async function personasOf(databaseUrl: string): Promise<Personas> {
  const directory = await openDataSource({
    url: databaseUrl,
    definition: DIRECTORY_SCHEMA,
    applicationName: 'handslag issuer',
    poolSize: 4,
  });
  const all = (): Promise<readonly Persona[]> => personasToday(directory);
  return {
    all,
    byName: async (name) => (await all()).find(({ persona }) => persona === name),
    byPersonId: async (id) => (await all()).find(({ personId }) => personId === id),
    close: () => directory.destroy(),
  };
}

async function personasToday(directory: DataSource): Promise<readonly Persona[]> {
  const [snapshot, now] = await Promise.all([readSnapshot(directory), recordNow(directory.manager)]);
  const today = localDateOfInstant(now);
  const unitNames = new Map(snapshot.units.map(({ id, name }) => [id, name]));
  return generatePersonas(snapshot, today)
    .filter(({ validFrom }) => validFrom === null || validFrom <= today)
    .map(({ name, personId, role, unit, party, label }) => ({
      persona: name,
      personId,
      role,
      unitId: unit,
      unit: unitNames.get(unit) ?? unit,
      party,
      label,
    }));
}
