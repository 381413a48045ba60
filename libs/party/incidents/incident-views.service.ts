import type { IncidentView } from '#contracts';
import type { MatterPhase, SubjectRole } from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { type Outward, sideOf } from '../record/outward.js';

interface IncidentRow {
  readonly id: string;
  readonly kind: IncidentView['kind'];
  readonly opened_at: Date;
}

interface MatterRow {
  readonly id: string;
  readonly kind: string;
  readonly phase: MatterPhase;
  readonly version: number;
  readonly subject_id: string;
  readonly role: SubjectRole;
  readonly holder_unit: string;
}

/** An incident that the caller's units have a part in. */
export class IncidentViews {
  constructor(
    private readonly reader: CustodyReader,
    private readonly outward: Outward,
  ) {}

  async view(caller: Caller, outwardId: string): Promise<IncidentView> {
    const units = unitsOf(caller);
    const incident = await this.resolve(caller, outwardId);
    const matters = await this.reader.as(
      units,
      (manager): Promise<MatterRow[]> =>
        manager.query(
          `select m.id, m.kind, m.phase, m.version, m.subject_id, s.role, m.holder_unit
         from custody.matter m join custody.subject s on s.id = m.subject_id
         where m.incident_id = $1 order by m.opened_at, m.id`,
          [incident.id],
        ),
    );
    const authority =
      caller.mandates.find((one) => one.authority !== null)?.authority ?? refuseAtDoor('NOT_FOUND');
    return {
      incidentId: outwardId,
      kind: incident.kind,
      recordedAt: incident.opened_at.toISOString(),
      matters: matters.map((row) => {
        const holds = units.includes(row.holder_unit);
        return {
          matterId: row.id,
          kind: row.kind,
          phase: holds ? row.phase : 'not-yours',
          // A version that moves would tell a former holder that work goes on (C6).
          version: holds ? row.version : 1,
          subjectId: this.outward.out(row.subject_id, {
            authority: (holds ? mandateAt(caller, row.holder_unit)?.authority : null) ?? authority,
            side: sideOf(row.role),
          }),
          holds,
        };
      }),
    };
  }

  /** The incident behind an outward id, if one of the caller's units has a part in it. */
  async resolve(caller: Caller, outwardId: string): Promise<IncidentRow> {
    const candidates = this.outward.candidates(outwardId, caller);
    const [incident] = await this.reader.as(
      unitsOf(caller),
      (manager): Promise<IncidentRow[]> =>
        manager.query(
          'select i.id, i.kind, i.opened_at from custody.incident i where i.id = any ($1::uuid[])',
          [candidates],
        ),
    );
    return incident ?? refuseAtDoor('NOT_FOUND');
  }

  /** The subject behind an outward id, of this incident. */
  async resolveSubject(
    caller: Caller,
    incidentId: string,
    outwardId: string,
  ): Promise<{ id: string; role: SubjectRole }> {
    const candidates = this.outward.candidates(outwardId, caller);
    const [subject] = await this.reader.as(
      unitsOf(caller),
      (manager): Promise<{ id: string; role: SubjectRole }[]> =>
        manager.query(
          'select s.id, s.role from custody.subject s where s.incident_id = $1 and s.id = any ($2::uuid[])',
          [incidentId, candidates],
        ),
    );
    return subject ?? refuseAtDoor('UNKNOWN_SUBJECT');
  }
}
