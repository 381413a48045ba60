import type { EntityManager } from 'typeorm';
import type { HandoffEvents, HandoffView } from '#contracts';
import { recordNow } from '#directory';
import {
  DECLINE_REASONS,
  type DeclineReason,
  type DirectorySnapshot,
  declineReasonFor,
  explainHandoffActions,
  HANDOFF_PHASE_LABELS,
  type HandoffFacts,
  type HandoffSide,
  handoffAction,
  REFUSALS,
  type Role,
  type Route,
  routeById,
  type SenderSees,
  senderSees,
  sideOfUnit,
} from '#domain';
import { DEADLINE_COLUMNS, type DeadlineRow, wireDeadline } from '../dispatches/deadline-view.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { handoffFacts, matterFacts } from '../record/facts-reader.js';
import { numberOf, type PartyDirectory } from '../units/party-directory.js';
import { reportOutcomeFor } from './report-outcome.js';

interface TimesRow {
  readonly delivered_at: Date | null;
  readonly opened_at: Date | null;
  readonly accepted_at: Date | null;
  readonly attested_at: Date | null;
  readonly ended_at: Date | number;
}

interface EventRow {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly at: Date;
  readonly unit_id: string;
  readonly function: string | null;
  readonly reason: string | null;
  readonly content_digest: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** An offer as one of its two sides may see it; what the sender sees is per route (DESIGN 8). */
export class HandoffViews {
  constructor(
    private readonly reader: CustodyReader,
    private readonly directory: PartyDirectory,
  ) {}

  async view(caller: Caller, id: string): Promise<HandoffView> {
    const units = unitsOf(caller);
    const snapshot = await this.directory.snapshot();
    return this.reader.as(units, async (manager) => {
      const { handoff, route } = await this.read(manager, id);
      const now = await recordNow(manager);
      const [times]: TimesRow[] = await manager.query(
        'select h.delivered_at, h.opened_at, h.accepted_at, h.attested_at, h.ended_at from custody.handoff h where h.id = $1',
        [id],
      );
      const [matter] = await matterFacts(manager, [handoff.matterId]);
      const isReceiver = units.includes(handoff.toUnit);
      const isSender = units.includes(handoff.fromUnit);
      const shown = shownToSender(snapshot, route, handoff, now);
      const sees = (what: SenderSees) => isReceiver || shown.has(what);
      const rows: DeadlineRow[] = await manager.query(
        `select ${DEADLINE_COLUMNS} from custody.deadline d where d.handoff_id = $1 order by d.due_at, d.id`,
        [id],
      );
      return {
        handoffId: id,
        dispatchId: handoff.dispatchId,
        matterId: handoff.matterId,
        matterKind: handoff.matterKind,
        route: handoff.route,
        mySide: isSender && isReceiver ? 'both' : isReceiver ? 'receiver' : 'sender',
        fromUnit: handoff.fromUnit,
        toUnit: handoff.toUnit,
        phase: handoff.phase,
        phaseLabel: HANDOFF_PHASE_LABELS[handoff.phase],
        version: handoff.version,
        sentAt: handoff.sentAt.toISOString(),
        deliveredAt: sees('delivered-at') ? iso(times?.delivered_at) : null,
        openedAt: sees('opened-at') ? iso(times?.opened_at) : null,
        acceptedAt: sees('taken-at') ? iso(times?.accepted_at) : null,
        attestedAt: iso(times?.attested_at),
        endedAt: times?.ended_at instanceof Date ? times.ended_at.toISOString() : null,
        reason: sees('masked-reason') ? shownReason(handoff.reason, isReceiver) : null,
        proposedUnit: sees('proposed-unit') ? handoff.proposedUnit : null,
        basis: handoff.basis,
        reportOutcome: isSender
          ? await reportOutcomeFor(manager, snapshot, { handoff, route, at: now })
          : null,
        actions: explainHandoffActions({
          phase: handoff.phase,
          route,
          sides: sidesOf(caller, handoff),
          // What became of a matter that was taken is not the sender's to see: it may ask, and is answered.
          matterIsOpen: !isReceiver || matter?.closedAt === null,
          acceptorStillHolds:
            !isReceiver || (matter?.holderUnit === handoff.toUnit && matter.acceptedHandoffId === handoff.id),
          cancellationRequested: matter?.cancellationHandoffId === handoff.id,
        }).map((one) => ({
          action: one.action,
          label: handoffAction(one.action).label,
          allowed: one.allowed,
          whyNot: one.allowed ? null : { sv: REFUSALS[one.refusal].sv, en: REFUSALS[one.refusal].en },
          needsReason: handoffAction(one.action).reasons !== null,
        })),
        deadlines: rows
          .filter((row) => isReceiver || units.includes(row.asked_of) || handoff.phase !== 'accepted')
          .map((row) => wireDeadline(row, now)),
        ring: numberOf(snapshot, handoff.toUnit, now),
      };
    });
  }

  /** The chain of an offer, in order; each event is hashed onto the one before. */
  async events(units: readonly string[], id: string, after: number, limit: number): Promise<HandoffEvents> {
    return this.reader.as(units, async (manager) => {
      await this.read(manager, id);
      const rows: EventRow[] = await manager.query(
        `select e.id, e.seq, e.kind, e.at, e.unit_id, e.function, e.reason, e.content_digest, e.previous_hash, e.hash
         from custody.event e where e.chain_id = $1 and e.seq > $2 order by e.seq limit $3`,
        [id, after, limit],
      );
      const last = rows.at(-1);
      return {
        items: rows.map((row) => ({
          eventId: row.id,
          sequence: row.seq,
          kind: row.kind,
          at: row.at.toISOString(),
          byUnit: row.unit_id,
          byFunction: row.function,
          reason: units.includes(row.unit_id) ? row.reason : shownReason(row.reason, false),
          contentDigest: row.content_digest,
          previousHash: row.previous_hash,
          hash: row.hash,
        })),
        next: rows.length === limit && last !== undefined ? String(last.seq) : null,
      };
    });
  }

  /**
   * Which of the caller's units reads, and on which side: the receiver's if she works there, else the sender's, else a
   * successor's.
   */
  async readingUnit(
    units: readonly string[],
    id: string,
  ): Promise<{ unit: string; side: 'sender' | 'receiver'; handoff: HandoffFacts; at: Date }> {
    const { handoff, lines, at } = await this.reader.as(units, async (manager) => {
      const { handoff } = await this.read(manager, id);
      const lines: { unit: string; line: string[] }[] = await manager.query(
        'select unit, custody.line_of(array[unit]) as line from unnest($1::text[]) as unit order by unit',
        [units],
      );
      return { handoff, lines, at: await recordNow(manager) };
    });
    const sides = [handoff.toUnit, handoff.fromUnit];
    const unit =
      sides.find((one) => units.includes(one)) ??
      lines.find(({ line }) => line.some((one) => sides.some((side) => side === one)))?.unit;
    if (unit === undefined) return refuseAtDoor('NOT_FOUND');
    const line = [unit, ...(lines.find((one) => one.unit === unit)?.line ?? [])];
    return { unit, side: line.some((one) => one === handoff.toUnit) ? 'receiver' : 'sender', handoff, at };
  }

  private async read(manager: EntityManager, id: string): Promise<{ handoff: HandoffFacts; route: Route }> {
    const [handoff] = await handoffFacts(manager, [id]);
    const route = handoff && routeById(handoff.route);
    return handoff === undefined || route === undefined ? refuseAtDoor('NOT_FOUND') : { handoff, route };
  }
}

/** The receiver tells, by the one policy; a side that the directory no longer knows is told nothing. */
function shownToSender(
  snapshot: DirectorySnapshot,
  route: Route,
  { phase, fromUnit, toUnit }: HandoffFacts,
  at: Date,
): ReadonlySet<SenderSees> {
  const receiver = sideOfUnit(snapshot, toUnit, at);
  const sender = sideOfUnit(snapshot, fromUnit, at);
  if (receiver === undefined || sender === undefined) return new Set();
  return senderSees({ route, phase, at, receiver, sender, surface: 'sender-view' });
}

function sidesOf(caller: Caller, handoff: HandoffFacts): Partial<Record<HandoffSide, readonly Role[]>> {
  const rolesAt = (unit: string) =>
    caller.mandates.filter((one) => one.unit === unit).map(({ role }) => role);
  const receiver = rolesAt(handoff.toUnit);
  const sender = rolesAt(handoff.fromUnit);
  return { ...(receiver.length > 0 && { receiver }), ...(sender.length > 0 && { sender }) };
}

/** Other authorities read "not taken" where the reason itself would tell about the person (forms.md 3). */
function shownReason(reason: string | null, isOwn: boolean): string | null {
  if (reason === null || !isDeclineReason(reason)) return reason;
  const shown = declineReasonFor(reason, isOwn ? 'same-authority' : 'other-authority');
  return shown.shown === 'reason' ? shown.code : 'NOT_TAKEN';
}

function isDeclineReason(code: string): code is DeclineReason {
  return Object.hasOwn(DECLINE_REASONS, code);
}

function iso(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}
