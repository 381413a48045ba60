import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ActRecorded, BreakGlass, GlassBroken, ReviewBreakGlass } from '#contracts';
import { NotificationEntity } from '#database';
import { recordNow } from '#directory';
import { BREAK_GLASS_MINUTES, unitId } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import { lockFor, said } from '../acts/act-recorder.js';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import type { ContentVault } from '../content/content-vault.js';
import type { KnownAnswer } from '../content/known-answer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { ContentGate } from '../identity/content-gate.js';
import type { Mandates } from '../identity/mandates.repository.js';
import { BreakGlassEntity, BreakGlassReviewEntity } from './break-glass.entities.js';

export interface BreakingGlassDeps {
  readonly recorder: ActRecorder;
  readonly mandates: Pick<Mandates, 'of'>;
  readonly gate: Pick<ContentGate, 'accessOf'>;
  readonly vault: Pick<ContentVault, 'ownTo'>;
  readonly deadlines: OwnDeadlines;
}

interface HeldMatter {
  readonly incident_id: string;
  readonly subject_id: string;
}

/**
 * Opening what one has no ordinary access to, within one's own unit: with a reason, for a while, told to the unit head at once,
 * and reviewed by another person within a deadline. Never across units: row-level security shows the unit's own matters only.
 */
export class BreakingGlass {
  constructor(private readonly deps: BreakingGlassDeps) {}

  /** Refuses NOT_YOUR_UNIT, NOT_FOUND for what the unit does not hold, and ORDINARY_ACCESS_OPEN where no glass is in the way. */
  async open(caller: Caller, idempotency: Idempotency, body: BreakGlass): Promise<GlassBroken> {
    const { recorder, deadlines } = this.deps;
    const unit = body.actingUnit;
    const recorded = await recorder.record(
      { caller, idempotency, unit, action: 'break-glass' },
      async ({ manager, id, at }) => {
        const matter = await heldBy(manager, unit, body.matterId);
        const because = await this.barrier(caller, unit, matter.subject_id);
        const { incident_id: incidentId, subject_id: subjectId } = matter;
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
          said('break-glass', { reason: body.reason, words: body.words }, subjectId),
        ]);
        await manager.insert(BreakGlassEntity, {
          ...sealed,
          id,
          incidentId,
          unitId: unit,
          version: 1,
          recordedAt: at,
          recordedBy: caller.person,
          matterId: body.matterId,
          subjectId,
          because,
          reason: body.reason,
          expiresAt: new Date(at.getTime() + BREAK_GLASS_MINUTES * 60_000),
        });
        await deadlines.open(manager, id, {
          rule: 'break-glass-review',
          ladder: 'heads',
          startEvent: 'break-glass',
          startAt: at,
          askedOf: unitId(unit),
        });
        // Told at once, and of nothing: that there is something to review (C5).
        await manager.insert(NotificationEntity, {
          id: randomUUID(),
          deadlineId: null,
          rung: -1,
          unitId: unit,
          function: 'unit-head',
          kind: 'review',
          ringUnit: null,
          createdAt: at,
          handedOverAt: Number.POSITIVE_INFINITY,
        });
        return { version: 1, target: { kind: 'matter', id: body.matterId } };
      },
    );
    return recorder.as(unit, async (manager) => {
      const { expiresAt } = await manager.findOneByOrFail(BreakGlassEntity, { id: recorded.recordId });
      const [review] = await deadlines.of(manager, [recorded.recordId]);
      return {
        breakGlassId: recorded.recordId,
        openedAt: recorded.recordedAt,
        expiresAt: expiresAt.toISOString(),
        reviewBy: (review?.due_at ?? expiresAt).toISOString(),
      };
    });
  }

  /**
   * What the unit knows of the matter's person, as the one policy of disclosure says; audited as an emergency reading before it is opened, each time. Refuses NOT_FOUND
   * for another's opening and GLASS_CLOSED when its time is over, in record time.
   */
  async read(caller: Caller, id: string): Promise<{ glass: BreakGlassEntity; answers: KnownAnswer[] }> {
    const glass = await this.find(caller, id);
    if (glass.recordedBy !== caller.person) return refuseAtDoor('NOT_FOUND');
    await this.deps.recorder.as(glass.unitId, async (manager) => {
      // What the unit has let go of is no longer its to open.
      await heldBy(manager, glass.unitId, glass.matterId);
      if ((await recordNow(manager)) >= glass.expiresAt) refuseAtDoor('GLASS_CLOSED');
    });
    const { unitId: unit, incidentId, subjectId } = glass;
    const answers = await this.deps.vault.ownTo(caller, unit, incidentId, subjectId, { id });
    return { glass, answers };
  }

  /** By another person than who opened it, once. Refuses NOT_FOUND, OWN_ACCESS and ALREADY_DECIDED. */
  async review(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    { result, words }: ReviewBreakGlass,
  ): Promise<ActRecorded> {
    const { recorder, deadlines } = this.deps;
    const glass = await this.find(caller, id);
    if (glass.recordedBy === caller.person) refuseAtDoor('OWN_ACCESS');
    const { unitId: unit, incidentId, subjectId } = glass;
    return recorder.record({ caller, idempotency, unit, action: 'review-break-glass' }, async (scope) => {
      const { manager, at } = scope;
      await lockFor(manager, `break-glass ${id}`);
      if (await manager.existsBy(BreakGlassReviewEntity, { breakGlassId: id }))
        refuseAtDoor('ALREADY_DECIDED');
      const sealed = await recorder.seal({ id: scope.id, incidentId, subjectId, unit }, [
        said('break-glass-review', { result, words: words ?? null }, null),
      ]);
      await manager.insert(BreakGlassReviewEntity, {
        ...sealed,
        id: scope.id,
        incidentId,
        unitId: unit,
        version: 1,
        recordedAt: at,
        recordedBy: caller.person,
        breakGlassId: id,
        openedBy: glass.recordedBy,
        result,
      });
      await deadlines.end(manager, id, ['break-glass-review'], { as: 'met', at });
      return { version: 1, target: { kind: 'matter', id: glass.matterId } };
    });
  }

  /** The opening, by a unit of the caller. */
  async find(caller: Caller, id: string): Promise<BreakGlassEntity> {
    for (const unit of unitsOf(caller)) {
      const found = await this.deps.recorder.as(unit, (manager) =>
        manager.findOneBy(BreakGlassEntity, { id, unitId: unit }),
      );
      if (found !== null) return found;
    }
    return refuseAtDoor('NOT_FOUND');
  }

  /** What stands between her and the content: judged by the mandates that count now, not by those that rest. */
  private async barrier(
    { person, mandates }: Caller,
    unit: string,
    subjectId: string,
  ): Promise<'assigned-to-another' | 'off-shift'> {
    const counting = await this.deps.mandates.of(person);
    if (mandateAt({ person, mandates }, unit) === undefined) return refuseAtDoor('NOT_YOUR_UNIT');
    const access = await this.deps.gate.accessOf({ person, mandates: counting }, unit, {
      kind: 'subject',
      id: subjectId,
    });
    return access.ordinary ? refuseAtDoor('ORDINARY_ACCESS_OPEN') : access.because;
  }
}

async function heldBy(manager: EntityManager, unit: string, matterId: string): Promise<HeldMatter> {
  const rows: HeldMatter[] = await manager.query(
    'select m.incident_id, m.subject_id from custody.matter m where m.id = $1 and m.holder_unit = $2',
    [matterId, unit],
  );
  return rows[0] ?? refuseAtDoor('NOT_FOUND');
}
