import type { EntityManager } from 'typeorm';
import type { AcceptDispatch, DispatchView, HandoffChanged, SendDispatch } from '#contracts';
import type { CustodyCommands } from '#custody';
import { recordNow } from '#directory';
import type { DispatchId, PreviewId } from '#domain';
import type { HandoffActions } from '../handoffs/handoff-actions.service.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { numberOf, type PartyDirectory } from '../units/party-directory.js';
import type { BasisRecords } from './basis-records.js';

export interface DispatchesDeps {
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly directory: PartyDirectory;
  readonly actions: HandoffActions;
  readonly basisRecords: BasisRecords;
}

interface PlannedRow {
  readonly unit_id: string;
  readonly decision_ref: string;
}

interface DispatchRow {
  readonly id: string;
  readonly from_unit: string;
  readonly sent_at: Date;
}

interface HandoffRow {
  readonly id: string;
  readonly matter_id: string;
  readonly to_unit: string;
  readonly phase: string;
  readonly version: number;
}

/** One act of sending, and taking all of it that is for one's own unit. */
export class Dispatches {
  constructor(private readonly deps: DispatchesDeps) {}

  /** Refuses BASIS_CHANGED when a recorded basis was taken back since the preview (DESIGN 12). */
  async send(caller: Caller, idempotency: Idempotency, { previewId }: SendDispatch): Promise<DispatchView> {
    await this.refuseWithdrawn(caller, previewId);
    const { reply } = valueOrRefuse(
      await this.deps.commands.sendDispatch(asCustodyCaller(caller, idempotency), {
        previewId: previewId as PreviewId,
      }),
    );
    return this.view(caller, reply.dispatchId);
  }

  private async refuseWithdrawn(caller: Caller, previewId: string): Promise<void> {
    const rows = await this.deps.reader.as(
      unitsOf(caller),
      (manager): Promise<PlannedRow[]> =>
        manager.query(
          `select p.unit_id, i ->> 'decisionRef' as decision_ref
           from custody.preview p, jsonb_array_elements(p.plan -> 'items') i
           where p.id = $1 and i ->> 'decisionRef' is not null
             and not exists (select 1 from custody.dispatch d where d.preview_id = p.id)`,
          [previewId],
        ),
    );
    for (const { unit_id, decision_ref } of rows) {
      if (await this.deps.basisRecords.isWithdrawn(unit_id, decision_ref)) refuseAtDoor('BASIS_CHANGED');
    }
  }

  /** The dispatch with those of its offers that the caller's units are a side of. */
  async view(caller: Caller, id: string): Promise<DispatchView> {
    const snapshot = await this.deps.directory.snapshot();
    return this.deps.reader.as(unitsOf(caller), async (manager) => {
      const { dispatch, handoffs } = await read(manager, id);
      const now = await recordNow(manager);
      return {
        dispatchId: dispatch.id,
        fromUnit: dispatch.from_unit,
        sentAt: dispatch.sent_at.toISOString(),
        handoffs: handoffs.map((row) => ({
          handoffId: row.id,
          matterId: row.matter_id,
          toUnit: row.to_unit,
          phase: row.phase,
          version: row.version,
          ring: numberOf(snapshot, row.to_unit, now),
        })),
      };
    });
  }

  async accept(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    { versions }: AcceptDispatch,
  ): Promise<{ accepted: HandoffChanged[] }> {
    const units = unitsOf(caller);
    const { reply } = valueOrRefuse(
      await this.deps.commands.acceptDispatch(asCustodyCaller(caller, idempotency), {
        dispatchId: id as DispatchId,
        versions,
      }),
    );
    const accepted: HandoffChanged[] = [];
    for (const handoffId of reply.handoffIds) {
      accepted.push(await this.deps.actions.changed(units, handoffId, reply.at));
    }
    return { accepted };
  }
}

async function read(
  manager: EntityManager,
  id: string,
): Promise<{ dispatch: DispatchRow; handoffs: HandoffRow[] }> {
  const [dispatch]: DispatchRow[] = await manager.query(
    'select d.id, d.from_unit, d.sent_at from custody.dispatch d where d.id = $1',
    [id],
  );
  if (dispatch === undefined) return refuseAtDoor('NOT_FOUND');
  const handoffs: HandoffRow[] = await manager.query(
    `select h.id, h.matter_id, h.to_unit, h.phase, h.version from custody.handoff h
     where h.dispatch_id = $1 order by h.id`,
    [id],
  );
  return { dispatch, handoffs };
}
