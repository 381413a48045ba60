import type { BreakGlassPage, PageQuery } from '#contracts';
import { BREAK_GLASS_REASONS, permission } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { instantText, type Keyset, readKeyset, writeKeyset } from '../record/keyset.js';
import { BreakGlassEntity, BreakGlassReviewEntity } from './break-glass.entities.js';
import type { BreakingGlass } from './break-glass.service.js';

const LATEST: Keyset = { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Emergency openings as those who review them see them: who, when and why by code. */
export class BreakGlassViews {
  constructor(
    private readonly recorder: ActRecorder,
    private readonly breaking: BreakingGlass,
    private readonly audit: ReadingAudit,
  ) {}

  /** Of one unit that the caller reviews, the latest first. */
  async list(caller: Caller, { unit, after, limit }: PageQuery): Promise<BreakGlassPage> {
    const mine = unitsOf(caller, permission('break-glass.review').roles);
    const asked = unit ?? mine[0];
    if (asked === undefined || !mine.includes(asked)) return refuseAtDoor('NOT_YOUR_UNIT');
    const { instants, id } = readKeyset(after, LATEST);
    return this.recorder.as(asked, async (manager) => {
      const found = await manager
        .createQueryBuilder(BreakGlassEntity, 'g')
        .where('g.unitId = :unit and (g.recordedAt, g.id) < (:at::timestamptz, :id::uuid)', {
          unit: asked,
          at: instants[0],
          id,
        })
        .orderBy('g.recordedAt', 'DESC')
        .addOrderBy('g.id', 'DESC')
        .limit(limit)
        .getMany();
      const reviews = new Map(
        (
          await manager
            .createQueryBuilder(BreakGlassReviewEntity, 'r')
            .where('r.breakGlassId = any (:ids)', { ids: found.map((one) => one.id) })
            .getMany()
        ).map((review) => [review.breakGlassId, review]),
      );
      const last = found.at(-1);
      return {
        items: found.map((glass) => {
          const review = reviews.get(glass.id);
          return {
            breakGlassId: glass.id,
            unit: glass.unitId,
            matterId: glass.matterId,
            person: glass.recordedBy,
            because: glass.because,
            reason: glass.reason,
            reasonLabel: BREAK_GLASS_REASONS[glass.reason],
            openedAt: glass.recordedAt.toISOString(),
            expiresAt: glass.expiresAt.toISOString(),
            review:
              review === undefined
                ? null
                : { result: review.result, by: review.recordedBy, at: review.recordedAt.toISOString() },
          };
        }),
        next:
          found.length === limit && last !== undefined
            ? writeKeyset({ instants: [instantText(last.recordedAt)], id: last.id })
            : null,
      };
    });
  }

  /** The words of the reason, to the head: a reading of sealed content, audited first. */
  async words(caller: Caller, id: string): Promise<string> {
    const glass = await this.breaking.find(caller, id);
    const { unitId: unit, incidentId, subjectId } = glass;
    if (!unitsOf(caller, permission('break-glass.words').roles).includes(unit)) refuseAtDoor('NOT_YOUR_UNIT');
    await this.audit.record({
      caller,
      unit,
      action: 'read-break-glass-words',
      target: { kind: 'matter', id: glass.matterId },
    });
    const [answer] = await this.recorder.open({ id, incidentId, subjectId, unit }, glass.ciphertext);
    const value = answer?.value;
    if (typeof value === 'object' && value !== null && 'words' in value && typeof value.words === 'string') {
      return value.words;
    }
    return refuseAtDoor('CONTENT_ERASED');
  }
}
