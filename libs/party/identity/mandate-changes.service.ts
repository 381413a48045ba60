import type { DataSource } from 'typeorm';
import type { GrantMandate, MandateChanged, MandatePage, MandateQuery } from '#contracts';
import { changeMandate, type MandateState, mandatesOf, proposalsOf } from '#directory';
import { permission, ROLES } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';

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
}

const VERSIONS: readonly MandateState[] = ['granted', 'proposed', 'ended'];

function refuseOthers(caller: Caller, unit: string, asked: 'mandate.show' | 'mandate.change'): void {
  if (!unitsOf(caller).includes(unit)) refuseAtDoor('NOT_YOUR_UNIT');
  if (!unitsOf(caller, permission(asked).roles).includes(unit)) refuseAtDoor('NO_MANDATE');
}
