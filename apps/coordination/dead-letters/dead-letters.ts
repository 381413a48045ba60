import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { ActRecorded, DeadLetterPage, DeadLetterQuery, DismissalReason } from '#contracts';
import { DELIVERY_FAILURES, deliveryFailure } from '#notify';
import {
  type ActRecorder,
  type Caller,
  type Idempotency,
  instantText,
  readKeyset,
  refuseAtDoor,
  unitsOf,
  writeKeyset,
} from '#party';
import { DeadLetterDecisionEntity } from './dead-letter-decision.entity.js';

const RowsSchema = z.array(
  z.object({
    id: z.uuid(),
    unit_id: z.string(),
    function: z.string(),
    kind: z.string(),
    channel: z.enum(['email', 'sms', 'webhook']),
    noticed_at: z.date(),
    given_up_at: z.date(),
    attempts: z.number(),
    code: z.string().nullable(),
  }),
);
const RoundsSchema = z.array(z.object({ round: z.number() }));
const DecisionsSchema = z.array(
  z.object({
    id: z.uuid(),
    delivery_id: z.uuid(),
    round: z.number(),
    decision: z.enum(['retry', 'dismiss']),
  }),
);
const DEAD = `given_up_at < 'infinity' and dismissed_at = 'infinity'`;
const FIRST = { instants: ['-infinity'], id: '00000000-0000-0000-0000-000000000000' };
/** More than this waiting for its effect is a fault that one sweep does not mend. */
const MOST_AT_ONCE = 200;

/** What a coordinator wants done with a notice that did not arrive. */
export type DeadLetterCommand =
  | { readonly decision: 'retry' }
  | { readonly decision: 'dismiss'; readonly reason: DismissalReason };

/** The notices that could not be delivered, for a person to look at: to whom and why, never about what (C5). */
export class DeadLetters {
  constructor(
    private readonly dataSource: DataSource,
    private readonly acts: Pick<ActRecorder, 'record'>,
  ) {}

  /** One page, the longest given up first. Refuses INVALID_INPUT for an `after` that is none of ours. */
  async page({ after, unit, channel, limit }: DeadLetterQuery): Promise<DeadLetterPage> {
    const { instants, id } = readKeyset(after, FIRST);
    const rows = RowsSchema.parse(
      await this.dataSource.query(
        `select id, unit_id, function, kind, channel, noticed_at, given_up_at, attempts, code from notice.delivery
         where ${DEAD} and (given_up_at, id) > ($1::timestamptz, $2::uuid)
           and ($3::text is null or unit_id = $3) and ($4::text is null or channel = $4)
         order by given_up_at, id limit $5`,
        [instants[0], id, unit ?? null, channel ?? null, limit + 1],
      ),
    );
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map((row) => {
        const failure = deliveryFailure(row.code ?? '');
        return {
          id: row.id,
          unit: row.unit_id,
          function: row.function,
          kind: row.kind,
          channel: row.channel,
          since: row.noticed_at.toISOString(),
          givenUpAt: row.given_up_at.toISOString(),
          attempts: row.attempts,
          failure: { code: failure, label: DELIVERY_FAILURES[failure].label },
        };
      }),
      next:
        last === undefined ? null : writeKeyset({ instants: [instantText(last.given_up_at)], id: last.id }),
    };
  }

  /**
   * Records what is to be done, with its audit, and does it. Refuses NOT_FOUND for what is not on the list. Killed between
   * the two, the watchdog's next sweep does it.
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    deliveryId: string,
    command: DeadLetterCommand,
  ): Promise<ActRecorded> {
    const [unit] = unitsOf(caller, ['coordinator']);
    if (unit === undefined) return refuseAtDoor('NO_MANDATE');
    const recorded = await this.acts.record(
      { caller, idempotency, unit, action: `dead-letter-${command.decision}` },
      async ({ manager, id, at }) => {
        const [dead] = RoundsSchema.parse(
          await manager.query(`select round from notice.delivery where id = $1 and ${DEAD}`, [deliveryId]),
        );
        if (dead === undefined) return refuseAtDoor('NOT_FOUND');
        await manager.insert(DeadLetterDecisionEntity, {
          id,
          deliveryId,
          round: dead.round,
          decision: command.decision,
          reason: command.decision === 'dismiss' ? command.reason : null,
          unitId: unit,
          decidedAt: at,
          decidedBy: caller.person,
        });
        return { version: 1, target: { kind: 'notice-delivery', id: deliveryId } };
      },
    );
    await this.apply();
    return recorded;
  }

  /** Gives the decisions their effect, the oldest first, each once: a row that has moved on since is left alone. */
  async apply(): Promise<number> {
    const decisions = DecisionsSchema.parse(
      await this.dataSource.query(
        `select id, delivery_id, round, decision from coordination.dead_letter_decision
         where applied_at = 'infinity' order by decided_at, id limit $1`,
        [MOST_AT_ONCE],
      ),
    );
    for (const { id, delivery_id, round, decision } of decisions) {
      await this.dataSource.query(
        decision === 'retry'
          ? `update notice.delivery set given_up_at = 'infinity', attempts = 0, round = round + 1, handed_at = '-infinity'
             where id = $1 and round = $2 and ${DEAD}`
          : `update notice.delivery set dismissed_at = directory.record_now() where id = $1 and round = $2 and ${DEAD}`,
        [delivery_id, round],
      );
      await this.dataSource.query(
        `update coordination.dead_letter_decision set applied_at = directory.record_now()
         where id = $1 and applied_at = 'infinity'`,
        [id],
      );
    }
    return decisions.length;
  }
}
