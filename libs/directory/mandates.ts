import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { LocalDate } from '#calendar';
import { type Role, type UnitId, unitId } from '#domain';
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

/**
 * The mandates a person has on a local day. Read per request: the token proves the person, and a mandate that has
 * ended must not live on in a cache.
 */
export async function mandatesOf(
  manager: EntityManager,
  personId: string,
  day: LocalDate,
): Promise<readonly Mandate[]> {
  const rows = await manager
    .createQueryBuilder(MandateEntity, 'mandate')
    .where('mandate.person_id = :personId', { personId })
    .andWhere('(mandate.valid_from is null or mandate.valid_from <= :day)', { day })
    .andWhere('(mandate.valid_until is null or mandate.valid_until >= :day)', { day })
    .orderBy('mandate.unit_id')
    .addOrderBy('mandate.role')
    .getMany();
  return rows.map(({ id, personId: person, unitId: unit, role, labelSv, labelEn }) => ({
    id,
    personId: person,
    unit: unitId(unit),
    role,
    label: { sv: labelSv, en: labelEn },
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
