import { Column } from 'typeorm';
import { type PartyService, serviceRole } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

/**
 * The columns of every act that a party records about an incident in its own schema: who, at which unit, when, and the
 * words sealed to that unit. A later act about the same is a new version; none is changed. The entity itself names its key.
 */
export abstract class RecordedAct {
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('integer') version: number;
  /** What was said in words; the wraps are in the key store, under the id of the act. */
  @Column('bytea') ciphertext: Buffer;
  @Column('text') digest: string;
  @Column({ name: 'recorded_at', ...instant }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}

/** The same columns in SQL, before those of the act itself. */
export const RECORDED_ACT_COLUMNS = `
  id uuid not null,
  incident_id uuid not null,
  unit_id text not null,
  version integer not null,
  ciphertext bytea not null,
  digest text not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null`;

/** Appended, never changed: by the party's role, and of that role only for the units of this request (DESIGN 4). */
export function appendedByUnitsSql(party: PartyService, table: string): string {
  const mine = 'unit_id = any ((select custody.my_units())::text[])';
  return `
alter table ${party}.${table} enable row level security;
grant select, insert on ${party}.${table} to ${serviceRole(party)};
create policy of_units on ${party}.${table} for all to ${serviceRole(party)} using (${mine}) with check (${mine});`;
}
