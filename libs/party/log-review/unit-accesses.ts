import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type DirectorySnapshot, isStaffed, type LoggedAccess, unitId } from '#domain';
import type { PartyName } from '../party.port.js';

const PersonalSchema = z.object({ person: z.string(), risks: z.array(z.string()).optional() });
const AccessRowsSchema = z.array(
  z.object({
    id: z.string(),
    at: z.date(),
    kind: z.enum(['command', 'reading', 'refusal']),
    action: z.string(),
    target_kind: z.string().nullable(),
    target_id: z.string().nullable(),
    code: z.string(),
    personal: z.string().nullable(),
  }),
);

/** An access as the audit has it; `person` is empty once erased. */
export interface UnitAccess {
  readonly id: string;
  readonly at: Date;
  readonly kind: 'command' | 'reading' | 'refusal';
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string } | null;
  readonly code: string;
  readonly person: string;
  readonly marked: readonly string[];
}

export interface AccessesAsked {
  readonly reviewer: string;
  readonly unit: string;
  readonly from: Date;
  readonly until: Date;
  /** Only these leaves; all of the period when null. */
  readonly ids: readonly string[] | null;
}

/** A unit's accesses of a period, both of the party's schema and of custody, as a reviewer of that unit may read them. */
export async function accessesOfUnit(
  manager: EntityManager,
  party: PartyName,
  { reviewer, unit, from, until, ids }: AccessesAsked,
): Promise<UnitAccess[]> {
  const rows: unknown = await manager.query(
    `select * from ${party}.accesses_of_unit($1, $2, $3, $4, $5::uuid[]) a order by a.at, a.id`,
    [reviewer, unit, from, until, ids],
  );
  return AccessRowsSchema.parse(rows).map((row) => {
    const personal = row.personal === null ? null : PersonalSchema.parse(JSON.parse(row.personal));
    return {
      id: row.id,
      at: row.at,
      kind: row.kind,
      action: row.action,
      target:
        row.target_kind === null || row.target_id === null
          ? null
          : { kind: row.target_kind, id: row.target_id },
      code: row.code,
      person: personal?.person ?? '',
      marked: personal?.risks ?? [],
    };
  });
}

interface CaseRow {
  readonly target: string;
  readonly assigned_to: string | null;
  readonly is_protected: boolean;
}

interface ShiftRow {
  readonly person_id: string;
  readonly from_at: Date;
  readonly until_at: Date;
}

/**
 * What the record says about the circumstances of accesses: to whom their cases are assigned (as of now: the record keeps no
 * history of it), whether a person of the case is protected, and whether the unit was open or she on duty.
 */
export async function withCircumstances(
  manager: EntityManager,
  party: PartyName,
  snapshot: DirectorySnapshot,
  { unit, from, until }: Pick<AccessesAsked, 'unit' | 'from' | 'until'>,
  accesses: readonly UnitAccess[],
): Promise<LoggedAccess[]> {
  const targets = accesses.flatMap(({ target }) =>
    target !== null && UUID.test(target.id) ? [target.id] : [],
  );
  const cases: CaseRow[] = await manager.query(
    `with asked as (select distinct t as id from unnest($1::uuid[]) t),
     found as (
       select a.id as target, m.id as matter_id, m.subject_id, m.assigned_to, m.holder_unit
         from asked a join custody.matter m on m.id = a.id
       union select a.id, m.id, m.subject_id, m.assigned_to, m.holder_unit
         from asked a join custody.matter m on m.subject_id = a.id
       union select a.id, m.id, m.subject_id, m.assigned_to, m.holder_unit
         from asked a join custody.handoff h on h.id = a.id join custody.matter m on m.id = h.matter_id)
     select f.target, f.assigned_to, exists (select 1 from ${party}.protection_record p
       where p.subject_id = f.subject_id) as is_protected
     from found f where f.holder_unit = $2`,
    [targets, unit],
  );
  const shifts: ShiftRow[] = await manager.query(
    `select r.person_id, r.from_at, r.until_at from directory.rota r
     where r.unit_id = $1 and r.from_at < $3 and $2 < r.until_at`,
    [unit, from, until],
  );
  const byTarget = new Map<string, CaseRow[]>();
  for (const one of cases) byTarget.set(one.target, [...(byTarget.get(one.target) ?? []), one]);
  return accesses.map((access) => {
    const own = access.target === null ? [] : (byTarget.get(access.target.id) ?? []);
    return {
      ...access,
      assignedTo: own.map(({ assigned_to }) => assigned_to),
      isProtected: access.action === 'unmask' || own.some(({ is_protected }) => is_protected),
      officeOpen: isStaffed(snapshot, unitId(unit), access.at) ?? true,
      onDuty: shifts.some(
        ({ person_id, from_at, until_at }) =>
          person_id === access.person && from_at <= access.at && access.at < until_at,
      ),
    };
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
