import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  isRole,
  type MandateHours,
  type RefusalCode,
  type Result,
  type Role,
  refuse,
  succeed,
} from '#domain';
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

/** A change of the mandates of a unit of the service that is logged in; `by` is who does it. */
export type MandateChange = { readonly id: string; readonly unit: string; readonly by: string } & (
  | {
      readonly change: 'grant';
      readonly person: string;
      readonly role: Role;
      readonly hours: MandateHours;
      /** Local days; null is today, and without an end. */
      readonly from: string | null;
      readonly until: string | null;
    }
  | { readonly change: 'approve' | 'end' }
);
export type MandateState = 'granted' | 'proposed' | 'ended';

const ChangeAnswerSchema = z.tuple([
  z.object({
    answer: z.union([
      z.object({ state: z.enum(['granted', 'proposed', 'ended']) }),
      z.object({
        refused: z.enum([
          'NOT_YOUR_UNIT',
          'NO_MANDATE',
          'SELF_GRANT',
          'SECOND_PERSON_REQUIRED',
          'ROLE_NOT_AT_UNIT',
          'ROLES_APART',
          'LAST_HEAD_STAYS',
          'MANDATE_DAYS',
          'MANDATE_EXISTS',
          'NOT_FOUND',
          'INVALID_INPUT',
        ] satisfies RefusalCode[]),
      }),
    ]),
  }),
]);

/**
 * Grants, approves or ends a mandate, by the guarded function of the schema, which holds party, role and time against the record.
 * A grant that needs two persons is proposed; ending counts at once, in record time. Refuses SELF_GRANT, NO_MANDATE,
 * NOT_YOUR_UNIT, SECOND_PERSON_REQUIRED, ROLE_NOT_AT_UNIT, ROLES_APART, MANDATE_DAYS, MANDATE_EXISTS, LAST_HEAD_STAYS, NOT_FOUND.
 */
export async function changeMandate(
  manager: EntityManager,
  change: MandateChange,
): Promise<Result<MandateState>> {
  const rows: unknown = await manager.query('select directory.change_mandate($1) as answer', [
    JSON.stringify(change),
  ]);
  const [{ answer }] = ChangeAnswerSchema.parse(rows);
  return 'state' in answer ? succeed(answer.state) : refuse(answer.refused);
}

const HeldRowsSchema = z.array(
  z.object({
    id: z.string(),
    person: z.string(),
    role: z.string().refine(isRole),
    hours: z.enum(['always', 'on-shift']),
    valid_from: z.string().nullable(),
    valid_until: z.string().nullable(),
    revoked_at: z.date().nullable(),
    counts_now: z.boolean(),
  }),
);
export type MandateOfUnit = z.infer<typeof HeldRowsSchema>[number];

/** The mandates of a unit, ended ones too, by id after `after`; one more than `limit`, if there is one. */
export async function mandatesOf(
  manager: EntityManager,
  unit: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<MandateOfUnit[]> {
  const rows: unknown = await manager.query(
    `select m.id, m.person_id as person, m.role, m.hours, m.valid_from::text, m.valid_until::text, m.revoked_at,
       exists (select 1 from directory.roles_of(m.person_id, now.at) r
         where r.unit_id = m.unit_id and r.role = m.role) and directory.is_held(m, now.at) as counts_now
     from directory.mandate m cross join (select directory.record_now() as at) now
     where m.unit_id = $1 and ($2::uuid is null or m.id > $2) order by m.id limit $3`,
    [unit, after, limit + 1],
  );
  return HeldRowsSchema.parse(rows);
}

const ProposalRowsSchema = z.array(
  z.object({
    id: z.string(),
    person: z.string(),
    role: z.string().refine(isRole),
    hours: z.enum(['always', 'on-shift']),
    valid_from: z.string(),
    valid_until: z.string().nullable(),
    proposed_by: z.string(),
    proposed_as_head: z.boolean(),
    proposed_at: z.date(),
  }),
);
export type MandateProposed = z.infer<typeof ProposalRowsSchema>[number];

/** What waits for a second person at a unit, oldest first; at most 100. */
export async function proposalsOf(manager: EntityManager, unit: string): Promise<MandateProposed[]> {
  const rows: unknown = await manager.query(
    `select p.id, p.person_id as person, p.role, p.hours, p.valid_from::text, p.valid_until::text, p.proposed_by, p.proposed_as_head, p.proposed_at
     from directory.mandate_proposal p where p.unit_id = $1 and p.decided_at is null
     order by p.proposed_at, p.id limit 100`,
    [unit],
  );
  return ProposalRowsSchema.parse(rows);
}
