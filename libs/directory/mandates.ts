import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Persona } from './personas.js';
import { MandateEntity } from './staffing.entity.js';

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
