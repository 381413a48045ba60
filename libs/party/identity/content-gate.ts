import type { EntityManager } from 'typeorm';
import { recordNow } from '#directory';
import { type ContentAccess, contentAccess } from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { type Caller, rolesAtUnit } from './caller.js';

/** What a reading is about, as its leaf in the audit names it. */
export interface ContentOf {
  readonly kind: string;
  readonly id: string;
}

/** The matters of a unit that content of each kind belongs to. What belongs to no case is not asked about here. */
const CASE_OF: ReadonlyMap<string, string> = new Map([
  ['subject', 'm.subject_id = $1'],
  ['matter', 'm.id = $1'],
  ['incident', 'm.incident_id = $1'],
  ['handoff', 'm.id = (select h.matter_id from custody.handoff h where h.id = $1)'],
]);

/** Who may open content in the ordinary way within her unit (SoLPUF 10 §); asked before anything is audited or decrypted. */
export class ContentGate {
  constructor(private readonly reader: CustodyReader) {}

  /** Refuses CONTENT_NOT_ASSIGNED; a service that reads for its own unit, and no person, passes. */
  async admit(caller: Caller, unit: string, of: ContentOf): Promise<void> {
    if (!CASE_OF.has(of.kind) || caller.person.startsWith('service:')) return;
    const access = await this.accessOf(caller, unit, of);
    if (!access.ordinary) refuseAtDoor('CONTENT_NOT_ASSIGNED');
  }

  /** How the caller would be let in, by what counts now. */
  accessOf(caller: Caller, unit: string, of: ContentOf): Promise<ContentAccess> {
    return this.reader.as([unit], async (manager) =>
      contentAccess({
        person: caller.person,
        roles: rolesAtUnit(caller, unit),
        isOnDuty: await isOnDuty(manager, caller.person, unit),
        assignedTo: await assignedTo(manager, unit, of),
      }),
    );
  }
}

async function isOnDuty(manager: EntityManager, person: string, unit: string): Promise<boolean> {
  const rows: { is: boolean }[] = await manager.query(
    `select directory.on_rota($1, $2, 'on-duty', $3) as is`,
    [person, unit, await recordNow(manager)],
  );
  return rows[0]?.is === true;
}

/** Persons that the unit's matters of the case are assigned to; null for one that nobody has. While one is open, closed ones say nothing. */
async function assignedTo(
  manager: EntityManager,
  unit: string,
  { kind, id }: ContentOf,
): Promise<(string | null)[]> {
  const isCase = CASE_OF.get(kind);
  if (isCase === undefined) return [];
  const rows: { assigned_to: string | null; is_open: boolean }[] = await manager.query(
    `select m.assigned_to, m.closed_at = 'infinity' as is_open from custody.matter m where ${isCase} and m.holder_unit = $2`,
    [id, unit],
  );
  const open = rows.filter(({ is_open }) => is_open);
  return (open.length > 0 ? open : rows).map(({ assigned_to }) => assigned_to);
}
