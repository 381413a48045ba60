import { randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import type { ActRecorded, FinishLogReview, FollowUpLogReview, JudgeDraw } from '#contracts';
import { recordNow } from '#directory';
import { authorityOf, type DirectorySnapshot, drawSample, risksOf, SAMPLING_METHOD, unitId } from '#domain';
import { type ActRecorder, type ActScope, lockFor, said } from '../acts/act-recorder.js';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import {
  LogReviewAccessEntity,
  LogReviewDrawEntity,
  LogReviewEntity,
  LogReviewJudgementEntity,
  LogReviewResultEntity,
} from './log-review.entities.js';
import { accessesOfUnit, withCircumstances } from './unit-accesses.js';

export interface LogReviewsDeps {
  readonly party: PartyName;
  readonly recorder: ActRecorder;
  readonly deadlines: OwnDeadlines;
  readonly directory: {
    snapshot(): Promise<DirectorySnapshot>;
    unitsOf(party: string): Promise<string[]>;
  };
}

/** Where a review stands, read with what was done about it. */
export interface KnownReview {
  readonly review: LogReviewEntity;
  readonly draw: LogReviewDrawEntity | null;
  readonly results: readonly LogReviewResultEntity[];
}

const TARGET = 'log-review';

/**
 * The log of a unit as recurring work (SoLPUF 10 §): each period is a deadline asked of the unit; an auditor or the head draws from
 * it, judges what was drawn (never her own), and records the whole; what is to be asked about is a deadline of its own.
 */
export class LogReviews {
  constructor(private readonly deps: LogReviewsDeps) {}

  /** Opens the period of each unit that has accesses and none open. How many it opened. */
  async ensureDue(): Promise<number> {
    const { directory, party, recorder } = this.deps;
    let opened = 0;
    for (const unit of await directory.unitsOf(party)) {
      opened += await recorder.as(unit, (manager) => this.openNext(manager, unit));
    }
    return opened;
  }

  /**
   * Draws what is to be looked at, of all the unit's accesses since the last review, by a fresh seed that is kept. Refuses
   * ALREADY_DECIDED when it was drawn.
   */
  draw(caller: Caller, idempotency: Idempotency, id: string): Promise<ActRecorded> {
    return this.act(caller, idempotency, id, 'draw-log-review', async (scope, { review, draw }) => {
      if (draw !== null) refuseAtDoor('ALREADY_DECIDED');
      const { party, directory } = this.deps;
      const { manager, at } = scope;
      const period = { unit: review.unitId, from: review.fromAt, until: at };
      const found = await accessesOfUnit(manager, party, { ...period, reviewer: caller.person, ids: null });
      const logged = await withCircumstances(manager, party, await directory.snapshot(), period, found);
      const seed = randomBytes(16).toString('hex');
      const drawn = drawSample(
        seed,
        logged.map((access) => ({ id: access.id, risks: risksOf(access) })),
      );
      await manager.insert(LogReviewDrawEntity, {
        reviewId: id,
        unitId: review.unitId,
        untilAt: at,
        method: SAMPLING_METHOD,
        seed,
        accesses: found.length,
        drawnBy: caller.person,
        drawnAt: at,
      });
      await manager.insert(
        LogReviewAccessEntity,
        drawn.map((one, position) => ({
          reviewId: id,
          leafId: one.id,
          unitId: review.unitId,
          position,
          risks: one.risks.join(' '),
          weight: one.weight,
          why: one.why,
        })),
      );
      return 1;
    });
  }

  /** One drawn access. Refuses NOT_FOUND, OWN_ACCESS for the caller's own, and ALREADY_DECIDED. */
  judge(caller: Caller, idempotency: Idempotency, id: string, body: JudgeDraw): Promise<ActRecorded> {
    return this.act(caller, idempotency, id, 'judge-log-access', async (scope, { review, draw, results }) => {
      const { manager, at } = scope;
      const { leafId, result, words } = body;
      if (results.length > 0) refuseAtDoor('ALREADY_DECIDED');
      if (draw === null || !(await manager.existsBy(LogReviewAccessEntity, { reviewId: id, leafId })))
        return refuseAtDoor('NOT_FOUND');
      const [access] = await accessesOfUnit(manager, this.deps.party, {
        reviewer: caller.person,
        unit: review.unitId,
        from: review.fromAt,
        until: draw.untilAt,
        ids: [leafId],
      });
      if (access?.person === caller.person) refuseAtDoor('OWN_ACCESS');
      if (await manager.existsBy(LogReviewJudgementEntity, { reviewId: id, leafId }))
        refuseAtDoor('ALREADY_DECIDED');
      const sealed = await this.seal(scope, review, { result, words: words ?? null });
      await manager.insert(LogReviewJudgementEntity, {
        ...sealed,
        reviewId: id,
        leafId,
        id: scope.id,
        unitId: review.unitId,
        result,
        judgedBy: caller.person,
        judgedAt: at,
      });
      return 1;
    });
  }

  /**
   * The result of the whole; the next period opens where this one ended. Refuses REVIEW_INCOMPLETE while a drawn access is not
   * judged, and a clean result over something that was found.
   */
  finish(caller: Caller, idempotency: Idempotency, id: string, body: FinishLogReview): Promise<ActRecorded> {
    return this.act(
      caller,
      idempotency,
      id,
      'finish-log-review',
      async (scope, { review, draw, results }) => {
        const { manager, at } = scope;
        if (results.length > 0) refuseAtDoor('ALREADY_DECIDED');
        const judged = await manager.findBy(LogReviewJudgementEntity, { reviewId: id });
        const drawn = await manager.countBy(LogReviewAccessEntity, { reviewId: id });
        if (draw === null || judged.length < drawn) refuseAtDoor('REVIEW_INCOMPLETE');
        const found = judged.some(({ result }) => result !== 'IN_ORDER');
        if (found && body.result === 'IN_ORDER') {
          refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'result', message: 'something was found' }] });
        }
        await this.record(scope, review, caller, 'result', body);
        await this.deps.deadlines.end(manager, id, ['log-review'], { as: 'met', at });
        if (body.result === 'MEASURES') {
          await this.deps.deadlines.open(manager, id, {
            rule: 'log-review-follow-up',
            ladder: 'heads',
            startEvent: 'log-review-finished',
            startAt: at,
            askedOf: unitId(review.unitId),
          });
        }
        await this.openNext(manager, review.unitId);
        return 1;
      },
    );
  }

  /** What came of the questions. Refuses NOT_FOUND where nothing is asked, and ALREADY_DECIDED. */
  followUp(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    body: FollowUpLogReview,
  ): Promise<ActRecorded> {
    return this.act(caller, idempotency, id, 'follow-up-log-review', async (scope, { review, results }) => {
      if (results.some(({ part }) => part === 'follow-up')) refuseAtDoor('ALREADY_DECIDED');
      if (!results.some(({ result }) => result === 'MEASURES')) refuseAtDoor('NOT_FOUND');
      await this.record(scope, review, caller, 'follow-up', { result: 'MEASURES', words: body.words });
      const { manager, at } = scope;
      await this.deps.deadlines.end(manager, id, ['log-review-follow-up'], { as: 'met', at });
      return 1;
    });
  }

  /** The review, by a unit that the caller reviews. */
  async find(caller: Caller, id: string): Promise<KnownReview> {
    for (const unit of unitsOf(caller, ['auditor', 'unit-head'])) {
      const known = await this.deps.recorder.as(unit, (manager) => knownReview(manager, unit, id));
      if (known !== null) return known;
    }
    return refuseAtDoor('NOT_FOUND');
  }

  private async act(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    action: string,
    write: (scope: ActScope, known: KnownReview) => Promise<number>,
  ): Promise<ActRecorded> {
    const { review } = await this.find(caller, id);
    const unit = review.unitId;
    return this.deps.recorder.record({ caller, idempotency, unit, action }, async (scope) => {
      // One at a time for a unit: two reviewers do not judge, finish or open the same thing at once.
      await lockFor(scope.manager, `log-review ${unit}`);
      const known = (await knownReview(scope.manager, unit, id)) ?? refuseAtDoor('NOT_FOUND');
      return { version: await write(scope, known), target: { kind: TARGET, id } };
    });
  }

  private seal({ id }: ActScope, review: LogReviewEntity, words: object) {
    const unit = review.unitId;
    return this.deps.recorder.seal({ id, incidentId: review.id, subjectId: null, unit }, [
      said('log-review', words, null),
    ]);
  }

  private async record(
    scope: ActScope,
    review: LogReviewEntity,
    caller: Caller,
    part: 'result' | 'follow-up',
    { result, words }: FinishLogReview,
  ): Promise<void> {
    await scope.manager.insert(LogReviewResultEntity, {
      ...(await this.seal(scope, review, { words })),
      reviewId: review.id,
      part,
      id: scope.id,
      unitId: review.unitId,
      result,
      recordedBy: caller.person,
      recordedAt: scope.at,
    });
  }

  /** In a transaction of the unit: its next period, if it has accesses and none open. How many it opened. */
  private async openNext(manager: EntityManager, unit: string): Promise<number> {
    const { party, deadlines, directory } = this.deps;
    await lockFor(manager, `log-review ${unit}`);
    const rows: { open: boolean; since: Date | null; first: Date | null }[] = await manager.query(
      `select exists (select 1 from ${party}.log_review r where r.unit_id = $1 and not exists (
           select 1 from ${party}.log_review_result x where x.review_id = r.id and x.part = 'result')) as open,
         last.at as since, ${party}.first_access($1, coalesce(last.at, '-infinity')) as first
       from (select max(d.until_at) as at from ${party}.log_review_draw d where d.unit_id = $1) last`,
      [unit],
    );
    const [state] = rows;
    if (state === undefined || state.open || state.first === null) return 0;
    const id = randomUUID();
    const at = await recordNow(manager);
    const fromAt = state.since ?? state.first;
    await manager.insert(LogReviewEntity, { id, unitId: unit, fromAt, openedAt: at });
    await deadlines.open(manager, id, {
      rule: 'log-review',
      ladder: 'heads',
      startEvent: state.since === null ? 'first-access' : 'last-review',
      startAt: fromAt,
      askedOf: unitId(unit),
    });
    await manager.insert(
      AuditLeafEntity,
      makeLeaf({
        at,
        authority: authorityOf(await directory.snapshot(), unitId(unit), at),
        unitId: unit,
        person: null,
        kind: 'command',
        action: 'open-log-review',
        target: { kind: TARGET, id },
        code: 'OK',
      }),
    );
    return 1;
  }
}

async function knownReview(manager: EntityManager, unit: string, id: string): Promise<KnownReview | null> {
  const review = await manager.findOneBy(LogReviewEntity, { id, unitId: unit });
  if (review === null) return null;
  return {
    review,
    draw: await manager.findOneBy(LogReviewDrawEntity, { reviewId: id }),
    results: await manager.findBy(LogReviewResultEntity, { reviewId: id }),
  };
}
