import { randomUUID } from 'node:crypto';
import type { Logger } from '@temporalio/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { CustodyCommands } from '#custody';
import { type DeadlineRuleId, isDeadlineRuleId, type MatterId, unitId } from '#domain';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';
import { EffectEntity } from './effect.entity.js';

export interface EffectsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly commands: Pick<CustodyCommands, 'meetDuty'>;
  readonly units: () => Promise<readonly string[]>;
  readonly log: Logger;
}

/** Duties that a recorded act meets in custody. */
export interface DutiesMet {
  /** The id of the act. */
  readonly causeId: string;
  readonly matterId: string;
  readonly unit: string;
  readonly rules: readonly DeadlineRuleId[];
  readonly outcome: string;
  /** When the act was done, which may be before it was recorded (C9). */
  readonly metAt: Date;
  readonly recordedAt: Date;
}

interface Claimed {
  readonly id: string;
  readonly cause_id: string;
  readonly matter_id: string;
  readonly unit_id: string;
  readonly rules: string;
  readonly outcome: string;
  readonly met_at: Date;
  readonly attempts: number;
}

const BATCH = 100;
/** Whoever dies while relaying leaves its claim to the others after this long. */
const CLAIM_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 60;

/**
 * The outbox of what recorded acts do in custody. Written with the act, relayed after the commit; killed between the
 * two, the next look does it. The effect's own id is the command's key, so that nothing happens twice.
 */
export class Effects {
  #running: Promise<number> | undefined;
  #again = false;

  constructor(private readonly deps: EffectsDeps) {}

  /** In the transaction of the act. */
  async record(manager: EntityManager, duties: DutiesMet): Promise<void> {
    await manager.insert(EffectEntity, {
      id: randomUUID(),
      kind: 'meet-duty',
      causeId: duties.causeId,
      matterId: duties.matterId,
      unitId: duties.unit,
      rules: duties.rules.join(' '),
      outcome: duties.outcome,
      metAt: duties.metAt,
      createdAt: duties.recordedAt,
      doneAt: Number.POSITIVE_INFINITY,
      refusedCode: null,
      failedCode: null,
    });
  }

  /** Relays what waits; asked again while at it, it looks once more afterwards. Answers how many are done. */
  async relay(): Promise<number> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.relayAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  private async relayAll(): Promise<number> {
    let done = 0;
    do {
      this.#again = false;
      for (const effect of await this.claim()) if (await this.carry(effect)) done += 1;
    } while (this.#again);
    return done;
  }

  private claim(): Promise<Claimed[]> {
    return this.asOwnUnits(async (manager) => {
      const [rows]: [Claimed[], number] = await manager.query(
        `update ${this.deps.party}.effect e
         set try_after = clock_timestamp() + make_interval(secs => $1), attempts = e.attempts + 1
         where e.id in (select w.id from ${this.deps.party}.effect w
           where w.done_at = 'infinity' and w.try_after <= clock_timestamp()
           order by w.try_after, w.id limit $2 for update skip locked)
         returning e.id, e.cause_id, e.matter_id, e.unit_id, e.rules, e.outcome, e.met_at, e.attempts`,
        [CLAIM_SECONDS, BATCH],
      );
      return rows;
    });
  }

  private async carry(effect: Claimed): Promise<boolean> {
    const about = { effectId: effect.id, matterId: effect.matter_id };
    try {
      const refusedCode = await this.meetDuty(effect);
      if (refusedCode !== null) this.deps.log.warn('effect.refused', { ...about, code: refusedCode });
      await this.asOwnUnits((manager) =>
        manager.query(
          `update ${this.deps.party}.effect
           set done_at = directory.record_now(), refused_code = $2, failed_code = null where id = $1`,
          [effect.id, refusedCode],
        ),
      );
      return true;
    } catch (error) {
      this.deps.log.warn('effect.failed', { ...about, attempts: effect.attempts, error });
      await this.postpone(effect, error instanceof Error ? error.name : 'Error');
      return false;
    }
  }

  /** The code with which custody refused; null when it is as the act says. */
  private async meetDuty(effect: Claimed): Promise<string | null> {
    const unit = unitId(effect.unit_id);
    const done = await this.deps.commands.meetDuty(
      {
        person: null,
        units: [unit],
        idempotency: { scope: 'effect', key: effect.id, bodyHmac: effect.cause_id },
      },
      {
        actingUnit: unit,
        matterId: effect.matter_id as MatterId,
        duty: {
          rules: effect.rules.split(' ').filter(isDeadlineRuleId),
          at: effect.met_at,
          outcome: effect.outcome,
          causeId: effect.cause_id,
        },
      },
    );
    return done.ok ? null : done.refusal.code;
  }

  /** The record itself may be away: then the claim runs out by itself, and the next look tries again. */
  private async postpone(effect: Claimed, code: string): Promise<void> {
    try {
      await this.asOwnUnits((manager) =>
        manager.query(
          `update ${this.deps.party}.effect
           set try_after = clock_timestamp() + make_interval(secs => $2), failed_code = $3 where id = $1`,
          [effect.id, Math.min(2 ** effect.attempts, LONGEST_WAIT_SECONDS), code],
        ),
      );
    } catch (error) {
      this.deps.log.warn('effect.unmarked', { effectId: effect.id, error });
    }
  }

  private async asOwnUnits<Value>(run: (manager: EntityManager) => Promise<Value>): Promise<Value> {
    return asUnits(this.deps.database, await this.deps.units(), run);
  }
}
