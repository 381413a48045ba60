import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { type BecauseSchema, LabelSchema, type StalledPage, type StalledQuery } from '#contracts';
import { BEFORE_FIRST, STALLED_OF_UNIT_SQL, STALLED_SQL } from '#custody';
import { recordNow } from '#directory';
import {
  groupOfRoute,
  HANDOFF_TRANSITIONS,
  ROUTES,
  type RouteGroup,
  routesOfGroup,
  ruleForCoordinator,
} from '#domain';
import { refuseAtDoor } from '#party';
import { watchedSchemas } from '../watchdog/checks.js';
import { findingKind } from '../watchdog/finding-kinds.js';
import { openFindings } from '../watchdog/findings.repository.js';

const StoredBecauseSchema = z.array(
  z.object({ code: z.string(), text: LabelSchema, source: z.string().optional() }),
);
const RowsSchema = z.array(
  z.object({
    deadline_id: z.string(),
    matter_id: z.string(),
    handoff_id: z.string().nullable(),
    rule: z.string(),
    due_at: z.date(),
    rung: z.number(),
    because: StoredBecauseSchema,
    phase: z.string().nullable(),
    holder_unit: z.string(),
    move_unit: z.string(),
    group_route: z.string().nullable(),
  }),
);
type Row = z.infer<typeof RowsSchema>[number];
type Line = StalledPage['items'][number];

interface Found {
  readonly rows: readonly Row[];
  readonly readTo: Row | undefined;
}

const ParkedRowsSchema = z.array(
  z.object({ kind: z.string(), id: z.string(), parked_at: z.date(), parked_code: z.string().nullable() }),
);
const CursorSchema = z.tuple([z.iso.datetime(), z.guid()]);

const OPEN_PHASES: readonly string[] = HANDOFF_TRANSITIONS.filter(({ action }) => action === 'supersede').map(
  ({ from }) => from,
);
/** Sentences of an explanation that tell nothing of the incident: no start, nothing counted from it (DESIGN 8). */
const TOLD_OF_THE_RULE: readonly string[] = ['RULE', 'SOURCE', 'NOTE', 'CALENDAR', 'DUE'];
const MINUTE = 60_000;
/** Nobody has been offered it yet: it is the opener's to send on, and nothing is more acute. */
const NEVER_OFFERED: RouteGroup = 'acute';
const BATCH = 500;
const MOST_BATCHES = 10;

/** Who is late, since when, by which rule, whose move: without the kind of matter, a subject, a person or a place. */
export class StalledBoard {
  constructor(private readonly dataSource: DataSource) {}

  /** One page, the latest first. Refuses INVALID_INPUT for an `after` that is none of ours. */
  async page(query: StalledQuery): Promise<StalledPage> {
    const { manager } = this.dataSource;
    const now = await recordNow(manager);
    const { rows, readTo } = await this.rows(query, now);
    const items = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? items.at(-1) : readTo;
    return {
      now: now.toISOString(),
      items: items.map((row) => lineOf(row, now)),
      next: last === undefined ? null : cursorOf(last),
      parked: await this.parked(),
      findings: (await openFindings(manager)).map((finding) => ({
        kind: finding.kind,
        ...findingKind(finding.kind),
        place: finding.place === '' ? null : finding.place,
        since: finding.since.toISOString(),
        lastSeen: finding.last_seen.toISOString(),
        count: finding.count,
        oldest: finding.oldest_at?.toISOString() ?? null,
      })),
    };
  }

  /** The rows of a page and one more; `readTo` where the reading stopped before the end without filling the page. */
  private async rows({ unit, group, after, limit }: StalledQuery, now: Date): Promise<Found> {
    const from = after === undefined ? ([BEFORE_FIRST.instant, BEFORE_FIRST.id] as const) : positionOf(after);
    if (unit !== undefined) {
      const routes = group === undefined ? ROUTES.map((route) => route.id) : routesOfGroup(group);
      const ofNever = group === undefined || group === NEVER_OFFERED;
      const page = [now, ...from, limit + 1, routes, ofNever, unit];
      return { rows: await this.read(STALLED_OF_UNIT_SQL, page), readTo: undefined };
    }
    if (group === undefined) {
      return { rows: await this.read(STALLED_SQL, [now, ...from, limit + 1]), readTo: undefined };
    }
    return this.ofGroup(group, limit, now, from);
  }

  /** A group is no column that an index could have: its rows are picked from the index of all, some batches at a time. */
  private async ofGroup(
    group: RouteGroup,
    limit: number,
    now: Date,
    from: readonly [string, string],
  ): Promise<Found> {
    const rows: Row[] = [];
    let position: readonly [string | Date, string] = from;
    let last: Row | undefined;
    for (let batches = 0; batches < MOST_BATCHES; batches += 1) {
      const batch = await this.read(STALLED_SQL, [now, ...position, BATCH]);
      rows.push(...batch.filter((row) => groupOf(row) === group));
      last = batch.at(-1);
      if (last === undefined || batch.length < BATCH || rows.length > limit)
        return { rows, readTo: undefined };
      position = [last.due_at, last.deadline_id];
    }
    return { rows, readTo: last };
  }

  private async read(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return RowsSchema.parse(await this.dataSource.query(sql, [...parameters]));
  }

  private async parked(): Promise<StalledPage['parked']> {
    const parked: StalledPage['parked'] = [];
    for (const schema of await watchedSchemas(this.dataSource.manager)) {
      const rows = ParkedRowsSchema.parse(
        await this.dataSource.query(
          `select kind, id, parked_at, parked_code from ${schema}.stream
           where parked_at is not null and wanted > relayed order by parked_at limit 50`,
        ),
      );
      for (const { kind, id, parked_at, parked_code } of rows) {
        parked.push({
          schema,
          kind,
          // The id of an incident leaves no door as it is (DESIGN 2).
          matterId: kind === 'matter' ? id : null,
          since: parked_at.toISOString(),
          code: parked_code ?? 'UNKNOWN',
        });
      }
    }
    return parked;
  }
}

function groupOf({ group_route }: Row): RouteGroup {
  return groupOfRoute(group_route) ?? NEVER_OFFERED;
}

function lineOf(row: Row, now: Date): Line {
  const rule = ruleForCoordinator(row.rule);
  const told = rule.whole ? TOLD_OF_THE_RULE : ['DUE'];
  return {
    deadlineId: row.deadline_id,
    matterId: row.matter_id,
    handoffId: row.phase !== null && OPEN_PHASES.includes(row.phase) ? row.handoff_id : null,
    group: groupOf(row),
    late: {
      since: row.due_at.toISOString(),
      minutes: Math.floor((now.getTime() - row.due_at.getTime()) / MINUTE),
    },
    rule: {
      code: rule.code,
      label: rule.label,
      because: row.because
        .filter(({ code }) => told.includes(code))
        .map(
          ({ code, text, source }): z.infer<typeof BecauseSchema> => ({
            code,
            text,
            source: source ?? null,
          }),
        ),
    },
    move: row.move_unit,
    responsible: row.holder_unit,
    rung: row.rung,
  };
}

function cursorOf({ due_at, deadline_id }: Row): string {
  return Buffer.from(JSON.stringify([due_at.toISOString(), deadline_id])).toString('base64url');
}

function positionOf(after: string): readonly [string, string] {
  try {
    return CursorSchema.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
  } catch {
    return refuseAtDoor('INVALID_INPUT', {
      errors: [{ field: 'after', message: 'Send `next` of the page before, unchanged.' }],
    });
  }
}
