import type { EntityManager } from 'typeorm';
import type { AcceptDispatch, DispatchView, HandoffChanged, SendDispatch } from '#contracts';
import type { CustodyCommands, PlanToSend } from '#custody';
import { recordNow } from '#directory';
import {
  type DisclosureDecision,
  type DisclosureGround,
  type DispatchId,
  isBasisId,
  type PreviewId,
  type Result,
  refuse,
  routeById,
  succeed,
} from '#domain';
import type { HandoffActions } from '../handoffs/handoff-actions.service.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { handoffFacts } from '../record/facts-reader.js';
import { numberOf, type PartyDirectory } from '../units/party-directory.js';
import type { DispatchGates } from './dispatch-gates.js';
import type { ItemDisclosures } from './item-disclosures.js';

export interface DispatchesDeps {
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly directory: PartyDirectory;
  readonly actions: HandoffActions;
  readonly disclosures: ItemDisclosures;
  readonly gates: DispatchGates;
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

  /** Refuses BASIS_CHANGED when a recorded basis is not in force at the instant of the sending (DESIGN 12, C6). */
  async send(caller: Caller, idempotency: Idempotency, { previewId }: SendDispatch): Promise<DispatchView> {
    const { reply } = valueOrRefuse(
      await this.deps.commands.sendDispatch(asCustodyCaller(caller, idempotency), {
        previewId: previewId as PreviewId,
        stillLawful: (manager, plan) => this.stillLawful(manager, plan),
      }),
    );
    return this.view(caller, reply.dispatchId);
  }

  /**
   * Decided again in the transaction that sends: what is taken back from now on waits for it, what was taken back before
   * is seen. Every field must leave on the very basis that the preview showed.
   */
  private async stillLawful(manager: EntityManager, { now, unit, items }: PlanToSend): Promise<Result<null>> {
    const snapshot = await this.deps.directory.snapshot();
    for (const item of items) {
      const route = routeById(item.route);
      if (route === undefined) return refuse('PREVIEW_OUTDATED');
      const { subjectId, subjectRole } = item;
      const gate = await this.deps.gates.check(manager, { route, fromUnit: unit, subjectId, subjectRole });
      if (!gate.ok) return gate;
      const { decision } = await this.deps.disclosures.decide(
        {
          surface: 'send',
          snapshot,
          at: now,
          route,
          fromUnit: unit,
          toUnit: item.toUnit,
          // Age and protection are sealed: unknown and unreadable decide as strictly as anything could here.
          subject: {
            id: item.subjectId,
            role: item.subjectRole,
            age: null,
            protectedIdentity: 'unreadable',
          },
          named: item.grounds.flatMap(({ basis, decisionRef }) =>
            isBasisId(basis) ? [{ basis, ref: decisionRef, isA: 'either' }] : [],
          ),
          deciderRoles: null,
          // The preview asked whether it must call, and chose the fields by that.
          receiverMustCall: true,
        },
        manager,
      );
      const stays = item.grounds.flatMap((ground) =>
        ground.fields.filter((field) => !leavesOn(decision, field, ground)),
      );
      if (stays.length > 0) {
        const isRoute = decision.fields.some(
          (one) => one.verdict === 'withheld' && one.why === 'NOT_IN_FORCE',
        );
        return refuse(isRoute ? 'PREVIEW_OUTDATED' : 'BASIS_CHANGED');
      }
    }
    return succeed(null);
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
    const taken = await this.deps.reader.as(units, (manager) => handoffFacts(manager, reply.handoffIds));
    await this.deps.actions.taken(caller, taken);
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

function leavesOn(
  { fields }: DisclosureDecision,
  field: string,
  { basis, decisionRef }: DisclosureGround,
): boolean {
  const verdict = fields.find((one) => one.field === field);
  return (
    verdict?.verdict === 'leaves' &&
    verdict.bases.some((one) => one.basis === basis && one.recordId === decisionRef)
  );
}
