import type { EntityManager } from 'typeorm';
import type { SubjectRole } from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { Outward } from '../record/outward.js';

/** A person of an incident as the record has her. */
export interface KnownSubject {
  readonly id: string;
  readonly role: SubjectRole;
}

/** A person with the incident that she is a person of. */
export interface SubjectOfIncident extends KnownSubject {
  readonly incidentId: string;
}

/**
 * Finds incidents and subjects behind outward ids, in a transaction that has the acting unit set: row-level security
 * shows what that unit reported, holds, held or was offered, and nothing else is found.
 */
export class PartySubjects {
  constructor(private readonly outward: Outward) {}

  /** Refuses NOT_FOUND, whether it does not exist or is not the unit's. */
  async incident(manager: EntityManager, caller: Caller, outwardId: string): Promise<string> {
    const rows: { id: string }[] = await manager.query(
      'select i.id from custody.incident i where i.id = any ($1::uuid[])',
      [this.outward.candidates(outwardId, caller)],
    );
    return rows[0]?.id ?? refuseAtDoor('NOT_FOUND');
  }

  /** Refuses UNKNOWN_SUBJECT for anybody who is not a person of the incident that the unit has a part in. */
  async subject(
    manager: EntityManager,
    caller: Caller,
    incidentId: string,
    outwardId: string,
  ): Promise<KnownSubject> {
    const rows: KnownSubject[] = await manager.query(
      `select s.id, s.role from custody.subject s
       where s.incident_id = $1 and s.id = any ($2::uuid[]) and custody.sees_subject(s.id)`,
      [incidentId, this.outward.candidates(outwardId, caller)],
    );
    return rows[0] ?? refuseAtDoor('UNKNOWN_SUBJECT');
  }

  /** A person by her own outward id. Refuses NOT_FOUND, whether she does not exist or the unit has no part in her. */
  async known(manager: EntityManager, caller: Caller, outwardId: string): Promise<SubjectOfIncident> {
    const rows: SubjectOfIncident[] = await manager.query(
      `select s.id, s.role, s.incident_id as "incidentId" from custody.subject s
       where s.id = any ($1::uuid[]) and custody.sees_subject(s.id)`,
      [this.outward.candidates(outwardId, caller)],
    );
    return rows[0] ?? refuseAtDoor('NOT_FOUND');
  }
}
