import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { LocalDate } from '#calendar';
import { isUnitId, ROLES, type Role, type UnitId } from '#domain';
import type { Persona } from './personas.js';
import { MandateEntity } from './staffing.entity.js';

/** What a person may act as, at which unit. */
export interface Mandate {
  readonly id: string;
  readonly personId: string;
  readonly unit: UnitId;
  readonly role: Role;
  readonly label: { readonly sv: string; readonly en: string };
}

const MandateRowsSchema = z.array(
  z.object({
    id: z.uuid(),
    person_id: z.string(),
    unit_id: z.string().refine(isUnitId),
    role: z.string().refine((role): role is Role => Object.hasOwn(ROLES, role)),
    label_sv: z.string(),
    label_en: z.string(),
  }),
);

/**
 * The mandates a person has on a local day, over any connection that may read `directory`. Read per request: the
 * token proves the person, and a mandate that has ended must not live on in a cache.
 */
export async function mandatesOf(
  manager: EntityManager,
  personId: string,
  day: LocalDate,
): Promise<readonly Mandate[]> {
  const rows: unknown = await manager.query(
    `select id, person_id, unit_id, role, label_sv, label_en from directory.mandate
     where person_id = $1 and coalesce(valid_from, '-infinity') <= $2::date
       and coalesce(valid_until, 'infinity') >= $2::date
     order by unit_id, role`,
    [personId, day],
  );
  return MandateRowsSchema.parse(rows).map((row) => ({
    id: row.id,
    personId: row.person_id,
    unit: row.unit_id,
    role: row.role,
    label: { sv: row.label_sv, en: row.label_en },
  }));
}

/** Writes the mandates of the personas: local mode only, as a user who may write the schema. Idempotent. */
export async function loadPersonas(dataSource: DataSource, personas: readonly Persona[]): Promise<void> {
  if (personas.length === 0) return;
  await dataSource.manager.upsert(
    MandateEntity,
    personas.map((persona) => ({
      id: mandateId(persona),
      personId: persona.personId,
      unitId: persona.unit,
      role: persona.role,
      validFrom: persona.validFrom,
      validUntil: persona.validUntil,
      labelSv: persona.label.sv,
      labelEn: persona.label.en,
    })),
    { conflictPaths: ['id'], skipUpdateIfNoValuesChanged: true },
  );
}

/** The same mandate for the same persona at every start. */
function mandateId({ personId, unit, role }: Persona): string {
  const hex = createHash('sha256').update(`mandate ${personId} ${unit} ${role}`).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
