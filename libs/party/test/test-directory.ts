import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Role } from '#domain';

export interface TestUnit {
  readonly id: string;
  readonly party: string;
  readonly authority: string;
  readonly form?: string;
  readonly kind?: string;
}

/** Adds a unit with its party and authority, as the loader would. */
export async function addUnit(admin: DataSource, unit: TestUnit): Promise<void> {
  await admin.query(
    `insert into directory.party (name, label_sv, label_en, has_service) values ($1, $1, $1, true) on conflict do nothing`,
    [unit.party],
  );
  await admin.query('insert into directory.authority (id, name) values ($1, $1) on conflict do nothing', [
    unit.authority,
  ]);
  await admin.query(
    `insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
     values ($1, $1, $2, $3, $4, '', 'U', 'test', '')`,
    [unit.id, unit.kind ?? unit.party, unit.form ?? unit.party, unit.party],
  );
  await admin.query('insert into directory.unit_authority (unit_id, authority_id) values ($1, $2)', [
    unit.id,
    unit.authority,
  ]);
}

export interface TestMandate {
  readonly person: string;
  readonly unit: string;
  readonly role: Role;
  readonly until?: string;
}

export async function addMandate(
  admin: DataSource,
  { person, unit, role, until }: TestMandate,
): Promise<void> {
  await admin.query(
    `insert into directory.mandate (id, person_id, unit_id, role, valid_until, label_sv, label_en)
     values ($1, $2, $3, $4, $5, $4, $4)`,
    [randomUUID(), person, unit, role, until ?? null],
  );
}
