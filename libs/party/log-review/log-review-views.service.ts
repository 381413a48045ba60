import type { LogReviewPage, LogReviewView, PageQuery } from '#contracts';
import { isLogRisk, LOG_RISKS, permission } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import { type Keyset, readKeyset, writeKeyset } from '../record/keyset.js';
import { LogReviewAccessEntity, LogReviewJudgementEntity } from './log-review.entities.js';
import type { LogReviews } from './log-reviews.service.js';
import { accessesOfUnit } from './unit-accesses.js';

export interface LogReviewViewsDeps {
  readonly party: PartyName;
  readonly recorder: ActRecorder;
  readonly reviews: LogReviews;
  readonly audit: ReadingAudit;
}

interface LineRow {
  readonly id: string;
  readonly unit_id: string;
  readonly from_at: Date;
  readonly until_at: Date | null;
  readonly result: 'IN_ORDER' | 'MEASURES' | null;
  readonly is_followed_up: boolean;
  readonly due_at: Date;
  readonly method: string | null;
  readonly seed: string | null;
  readonly accesses: number | null;
}

const LATEST: Keyset = { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Reviews as those who perform them see them: who did what and when, and never what was read. */
export class LogReviewViews {
  constructor(private readonly deps: LogReviewViewsDeps) {}

  /** Of one unit that the caller reviews, the latest first. */
  async list(caller: Caller, { unit, after, limit }: PageQuery): Promise<LogReviewPage> {
    const mine = unitsOf(caller, permission('log-review.perform').roles);
    const asked = unit ?? mine[0];
    if (asked === undefined || !mine.includes(asked)) return refuseAtDoor('NOT_YOUR_UNIT');
    const { instants, id } = readKeyset(after, LATEST);
    const rows = await this.deps.recorder.as(
      asked,
      (manager): Promise<LineRow[]> =>
        manager.query(
          `${this.linesSql()} where r.unit_id = $1 and (r.from_at, r.id) < ($2::timestamptz, $3::uuid)
           order by r.from_at desc, r.id desc limit $4`,
          [asked, instants[0], id, limit],
        ),
    );
    const last = rows.at(-1);
    return {
      items: rows.map(line),
      next:
        rows.length === limit && last !== undefined
          ? writeKeyset({ instants: [last.from_at.toISOString()], id: last.id })
          : null,
    };
  }

  /** One review with its draw. Reading it is audited: it tells who read what. */
  async view(caller: Caller, id: string): Promise<LogReviewView> {
    const { party, recorder, reviews, audit } = this.deps;
    const { review, draw } = await reviews.find(caller, id);
    const unit = review.unitId;
    await audit.record({ caller, unit, action: 'read-log-review', target: { kind: 'log-review', id } });
    return recorder.as(unit, async (manager) => {
      const [row]: LineRow[] = await manager.query(`${this.linesSql()} where r.id = $1`, [id]);
      if (row === undefined) return refuseAtDoor('NOT_FOUND');
      const drawn = await manager.find(LogReviewAccessEntity, {
        where: { reviewId: id },
        order: { position: 'ASC' },
      });
      const judged = new Map(
        (await manager.findBy(LogReviewJudgementEntity, { reviewId: id })).map((one) => [
          one.leafId,
          one.result,
        ]),
      );
      const accesses =
        draw === null
          ? []
          : await accessesOfUnit(manager, party, {
              reviewer: caller.person,
              unit,
              from: review.fromAt,
              until: draw.untilAt,
              ids: drawn.map(({ leafId }) => leafId),
            });
      const byId = new Map(accesses.map((access) => [access.id, access]));
      return {
        ...line(row),
        method: row.method,
        seed: row.seed,
        accesses: row.accesses,
        result: row.result,
        draws: drawn.flatMap(({ leafId, risks, why, weight }) => {
          const access = byId.get(leafId);
          if (access === undefined) return [];
          const { at, person, kind, action, target, code } = access;
          return {
            leafId,
            at: at.toISOString(),
            person,
            kind,
            action,
            target,
            code,
            risks: risks
              .split(' ')
              .filter(isLogRisk)
              .map((risk) => ({ code: risk, label: LOG_RISKS[risk].label })),
            why,
            weight,
            mine: person === caller.person,
            result: judged.get(leafId) ?? null,
          };
        }),
      };
    });
  }

  private linesSql(): string {
    const { party } = this.deps;
    return `select r.id, r.unit_id, r.from_at, d.until_at, d.method, d.seed, d.accesses, x.result,
        exists (select 1 from ${party}.log_review_result f where f.review_id = r.id and f.part = 'follow-up') as is_followed_up,
        (select max(q.due_at) from ${party}.deadline q where q.clock_id = r.id) as due_at
      from ${party}.log_review r
      left join ${party}.log_review_draw d on d.review_id = r.id
      left join ${party}.log_review_result x on x.review_id = r.id and x.part = 'result'`;
  }
}

function line(row: LineRow) {
  return {
    reviewId: row.id,
    unit: row.unit_id,
    from: row.from_at.toISOString(),
    until: row.until_at?.toISOString() ?? null,
    dueAt: row.due_at.toISOString(),
    state: stateOf(row),
  };
}

function stateOf({ until_at, result, is_followed_up }: LineRow): LogReviewView['state'] {
  if (until_at === null) return 'due';
  if (result === null) return 'drawn';
  return is_followed_up ? 'followed-up' : 'finished';
}
