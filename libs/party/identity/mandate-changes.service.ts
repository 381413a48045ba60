import type { DataSource, EntityManager } from 'typeorm';
import type { GrantMandate, MandateChanged, MandatePage, MandateQuery } from '#contracts';
import { changeMandate, type MandateState, mandatesOf, proposalsOf } from '#directory';
import { decideApproval, decideGrant, isRole, permission, ROLES, type Role } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import type { PartyName } from '../party.port.js';
import { type Caller, rolesAtUnit, unitsOf } from './caller.js';

/** What a head or an administrator does with the mandates of her own unit. */
export type MandateAct =
  | ({ readonly change: 'grant' } & GrantMandate)
  | { readonly change: 'approve' | 'end'; readonly id: string };

/**
 * Who may act as what at a unit, decided by its head or administrator (DESIGN 8). The directory's guarded function holds it all
 * against the record; audit and key are the party's, in the same transaction (ADR 0012).
 */
export class MandateChanges {
  constructor(
    private readonly deps: {
      readonly party: PartyName;
      readonly database: DataSource;
      readonly acts: Pick<ActRecorder, 'record'>;
    },
  ) {}

  /** To head, administrator and auditor of that unit; refuses NOT_YOUR_UNIT and NO_MANDATE. */
  async list(caller: Caller, unit: string, { after, limit }: MandateQuery): Promise<MandatePage> {
    refuseOthers(caller, unit, 'mandate.show');
    const { manager } = this.deps.database;
    const found = await mandatesOf(manager, unit, { after: after ?? null, limit });
    const shown = found.slice(0, limit);
    const proposed = await proposalsOf(manager, unit);
    return {
      items: shown.map((one) => ({
        mandateId: one.id,
        person: one.person,
        role: one.role,
        label: ROLES[one.role],
        hours: one.hours,
        from: one.valid_from,
        until: one.valid_until,
        endedAt: one.revoked_at?.toISOString() ?? null,
        countsNow: one.counts_now,
      })),
      next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
      proposed: proposed.map((one) => ({
        mandateId: one.id,
        person: one.person,
        role: one.role,
        label: ROLES[one.role],
        hours: one.hours,
        from: one.valid_from,
        until: one.valid_until,
        proposedBy: one.proposed_by,
        proposedAt: one.proposed_at.toISOString(),
      })),
    };
  }

  /** Grants, approves what another proposed, or ends at once; the refusals are those of {@link changeMandate}. */
  async change(
    caller: Caller,
    idempotency: Idempotency,
    unit: string,
    act: MandateAct,
  ): Promise<MandateChanged> {
    refuseOthers(caller, unit, 'mandate.change');
    const by = caller.person;
    const recorded = await this.deps.acts.record(
      { caller, idempotency, unit, action: `mandate-${act.change}` },
      async ({ manager, id }) => {
        await this.refuseUnfit(manager, caller, unit, act);
        const mandateId = act.change === 'grant' ? id : act.id;
        const state = valueOrRefuse(
          await changeMandate(
            manager,
            act.change === 'grant'
              ? {
                  change: 'grant',
                  id: mandateId,
                  unit,
                  by,
                  person: act.person,
                  role: act.role,
                  hours: act.hours,
                  from: act.from ?? null,
                  until: act.until ?? null,
                }
              : { change: act.change, id: mandateId, unit, by },
          ),
        );
        return { version: VERSIONS.indexOf(state) + 1, target: { kind: 'mandate', id: mandateId } };
      },
    );
    return {
      mandateId: act.change === 'grant' ? recorded.recordId : act.id,
      // What the first answer said is kept by its number, so that a repeat of the key says the same.
      state: VERSIONS[recorded.version - 1] ?? 'granted',
      recordedAt: recorded.recordedAt,
    };
  }

  /** The rules of granting, asked of what is known here; the record asks them again with the lock held. */
  private async refuseUnfit(
    manager: EntityManager,
    caller: Caller,
    unit: string,
    act: MandateAct,
  ): Promise<void> {
    const by = { person: caller.person, roles: rolesAtUnit(caller, unit) };
    if (act.change === 'grant') {
      const beside = await rolesOfPerson(manager, unit, act.person);
      valueOrRefuse(decideGrant(by, { person: act.person, role: act.role, beside, party: this.deps.party }));
    }
    if (act.change === 'approve') {
      const wish = (await proposalsOf(manager, unit)).find((one) => one.id === act.id);
      if (wish === undefined) return refuseAtDoor('NOT_FOUND');
      valueOrRefuse(decideApproval(by, wish, { person: wish.proposed_by, wasHead: wish.proposed_as_head }));
    }
  }
}

/** The roles of the mandates that a person has at a unit, now or to come. */
async function rolesOfPerson(manager: EntityManager, unit: string, person: string): Promise<Role[]> {
  const rows: { role: string }[] = await manager.query(
    `select distinct m.role from directory.mandate m where m.unit_id = $1 and m.person_id = $2 and m.revoked_at is null
       and (m.valid_until is null or m.valid_until >= (directory.record_now() at time zone 'Europe/Stockholm')::date)`,
    [unit, person],
  );
  return rows.flatMap(({ role }) => (isRole(role) ? [role] : []));
}

const VERSIONS: readonly MandateState[] = ['granted', 'proposed', 'ended'];

function refuseOthers(caller: Caller, unit: string, asked: 'mandate.show' | 'mandate.change'): void {
  if (!unitsOf(caller).includes(unit)) refuseAtDoor('NOT_YOUR_UNIT');
  if (!unitsOf(caller, permission(asked).roles).includes(unit)) refuseAtDoor('NO_MANDATE');
}
