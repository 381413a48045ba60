import type { EntityManager } from 'typeorm';
import type { HandoffPage, HeldPage, PageQuery } from '#contracts';
import {
  BEFORE_FIRST,
  BEFORE_LATEST_ENDED,
  INBOX_HELD_SQL,
  INBOX_OFFERS_SQL,
  SENT_ENDED_SQL,
  SENT_OPEN_SQL,
} from '#custody';
import { recordNow } from '#directory';
import { HANDOFF_PHASE_LABELS, type HandoffPhase, type SubjectRole } from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from './custody-reader.js';
import { instantText, type Keyset, readKeyset, writeKeyset } from './keyset.js';
import { type Outward, sideOf } from './outward.js';

interface OfferRow {
  readonly id: string;
  readonly dispatch_id: string;
  readonly matter_id: string;
  readonly matter_kind: string;
  readonly route: string;
  readonly from_unit: string;
  readonly to_unit: string;
  readonly phase: HandoffPhase;
  readonly version: number;
  readonly sent_at: Date;
  readonly ended_at: Date | number;
  readonly urgent_at: Date | number;
}

interface HeldRow {
  readonly id: string;
  readonly incident_id: string;
  readonly subject_id: string;
  readonly kind: string;
  readonly phase: string;
  readonly version: number;
  readonly assigned_to: string | null;
  readonly hold_review_at: Date | null;
  readonly cancellation_handoff_id: string | null;
  readonly urgent_at: Date | number;
}

const FIRST: Keyset = { instants: [BEFORE_FIRST.instant], id: BEFORE_FIRST.id };
const LATEST: Keyset = {
  instants: [BEFORE_LATEST_ENDED.endedAt, BEFORE_LATEST_ENDED.urgentAt],
  id: BEFORE_LATEST_ENDED.id,
};

/** Inbox and sent: keyset-paged from an index per unit, the most urgent first (DESIGN 4, 12). */
export class Lists {
  constructor(
    private readonly reader: CustodyReader,
    private readonly outward: Outward,
  ) {}

  /** Offers that wait for the caller's units. */
  offers(caller: Caller, query: PageQuery): Promise<HandoffPage> {
    return this.openOffers(caller, query, INBOX_OFFERS_SQL);
  }

  /** Offers the caller's units have sent and nobody has answered. */
  sent(caller: Caller, query: PageQuery): Promise<HandoffPage> {
    return this.openOffers(caller, query, SENT_OPEN_SQL);
  }

  /** Offers that were answered or ended, the latest first. */
  async ended(caller: Caller, query: PageQuery): Promise<HandoffPage> {
    const from = readKeyset(query.after, LATEST);
    const key = (row: OfferRow): Keyset => ({
      instants: [instantText(row.ended_at), instantText(row.urgent_at)],
      id: row.id,
    });
    return this.reader.as(unitsOf(caller), async (manager) => {
      const now = await recordNow(manager);
      const rows = await this.perUnit<OfferRow>(manager, caller, query, SENT_ENDED_SQL, from);
      rows.sort((a, b) => compare(key(b), key(a)));
      return page(rows, query.limit, key, (row) => offerLine(row, now));
    });
  }

  /** Matters the caller's units hold. */
  async held(caller: Caller, query: PageQuery): Promise<HeldPage> {
    const from = readKeyset(query.after, FIRST);
    const key = (row: HeldRow): Keyset => ({ instants: [instantText(row.urgent_at)], id: row.id });
    return this.reader.as(unitsOf(caller), async (manager) => {
      const now = await recordNow(manager);
      const held: (HeldRow & { unit: string })[] = [];
      for (const unit of this.units(caller, query)) {
        const rows: HeldRow[] = await manager.query(INBOX_HELD_SQL, [
          unit,
          ...from.instants,
          from.id,
          query.limit,
        ]);
        held.push(...rows.map((row) => ({ ...row, unit })));
      }
      held.sort((a, b) => compare(key(a), key(b)));
      const roles = await rolesOf(
        manager,
        held.map(({ subject_id }) => subject_id),
      );
      return page(held, query.limit, key, (row) => {
        const authority = mandateAt(caller, row.unit)?.authority ?? refuseAtDoor('NOT_FOUND');
        const side = sideOf(roles.get(row.subject_id) ?? 'victim');
        return {
          matterId: row.id,
          kind: row.kind,
          unit: row.unit,
          subjectId: this.outward.out(row.subject_id, { authority, side }),
          incidentId: this.outward.out(row.incident_id, { authority, side }),
          phase: row.phase,
          version: row.version,
          assignedTo: row.assigned_to,
          onHoldUntil: row.hold_review_at?.toISOString() ?? null,
          cancellationRequested: row.cancellation_handoff_id !== null,
          dueAt: row.urgent_at instanceof Date ? row.urgent_at.toISOString() : null,
          isLate: row.urgent_at < now,
        };
      });
    });
  }

  private openOffers(caller: Caller, query: PageQuery, sql: string): Promise<HandoffPage> {
    const from = readKeyset(query.after, FIRST);
    const key = (row: OfferRow): Keyset => ({ instants: [instantText(row.urgent_at)], id: row.id });
    return this.reader.as(unitsOf(caller), async (manager) => {
      const now = await recordNow(manager);
      const rows = await this.perUnit<OfferRow>(manager, caller, query, sql, from);
      rows.sort((a, b) => compare(key(a), key(b)));
      return page(rows, query.limit, key, (row) => offerLine(row, now));
    });
  }

  /** One index scan a unit; nobody works for many. */
  private async perUnit<Row>(
    manager: EntityManager,
    caller: Caller,
    query: PageQuery,
    sql: string,
    from: Keyset,
  ): Promise<Row[]> {
    const all: Row[] = [];
    for (const unit of this.units(caller, query)) {
      const rows: Row[] = await manager.query(sql, [unit, ...from.instants, from.id, query.limit]);
      all.push(...rows);
    }
    return all;
  }

  private units(caller: Caller, { unit }: PageQuery): readonly string[] {
    const own = unitsOf(caller);
    if (unit === undefined) return own;
    return own.includes(unit) ? [unit] : refuseAtDoor('NOT_YOUR_UNIT');
  }
}

function page<Row, Line>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => Keyset,
  line: (row: Row) => Line,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(line),
    next: shown.length === limit && last !== undefined ? writeKeyset(key(last)) : null,
  };
}

function compare(a: Keyset, b: Keyset): number {
  for (const [index, instant] of [...a.instants, a.id].entries()) {
    const other = [...b.instants, b.id][index] ?? '';
    const order = rank(instant) - rank(other) || (instant < other ? -1 : instant > other ? 1 : 0);
    if (order !== 0) return order;
  }
  return 0;
}

function rank(text: string): number {
  if (text === '-infinity') return -1;
  return text === 'infinity' ? 1 : 0;
}

function offerLine(row: OfferRow, now: Date) {
  return {
    handoffId: row.id,
    dispatchId: row.dispatch_id,
    matterId: row.matter_id,
    matterKind: row.matter_kind,
    route: row.route,
    fromUnit: row.from_unit,
    toUnit: row.to_unit,
    phase: row.phase,
    phaseLabel: HANDOFF_PHASE_LABELS[row.phase],
    version: row.version,
    sentAt: row.sent_at.toISOString(),
    dueAt: row.urgent_at instanceof Date ? row.urgent_at.toISOString() : null,
    isLate: row.urgent_at < now,
  };
}

async function rolesOf(
  manager: EntityManager,
  subjects: readonly string[],
): Promise<Map<string, SubjectRole>> {
  const rows: { id: string; role: SubjectRole }[] = await manager.query(
    'select s.id, s.role from custody.subject s where s.id = any ($1::uuid[])',
    [subjects],
  );
  return new Map(rows.map(({ id, role }) => [id, role]));
}
