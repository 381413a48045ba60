import { randomUUID } from 'node:crypto';
import type { Logger } from '@temporalio/common';
import type { DataSource, EntityManager } from 'typeorm';
import { makeLeaf } from '#audit';
import { type CustodyCommands, refusalOfDatabase } from '#custody';
import { recordNow } from '#directory';
import {
  authorityOf,
  type DeadlineRuleId,
  type DirectorySnapshot,
  isDeadlineRuleId,
  isPublishedFactCode,
  type MatterId,
  PUBLISHED_FACTS,
  type PublishedFactCode,
  unitId,
} from '#domain';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';
import { EffectEntity } from './effect.entity.js';

export interface EffectsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly commands: Pick<CustodyCommands, 'meetDuty'>;
  readonly units: () => Promise<readonly string[]>;
  readonly snapshot: () => Promise<DirectorySnapshot>;
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

/** What a recorded act lets others know, without content. */
export interface FactToPublish {
  /** The id of the act. */
  readonly causeId: string;
  readonly code: PublishedFactCode;
  readonly incidentId: string;
  readonly subjectId?: string | null;
  readonly matterId?: string | null;
  readonly unit: string;
  /** When it took effect, before or after its recording. */
  readonly effectiveAt: Date;
  /** Until when it holds; without an end unless said. */
  readonly untilAt?: Date | null;
  readonly recordedAt: Date;
}

interface Claimed {
  readonly id: string;
  readonly kind: string;
  readonly cause_id: string;
  readonly matter_id: string | null;
  readonly incident_id: string | null;
  readonly subject_id: string | null;
  readonly until_at: Date | number;
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
      incidentId: null,
      subjectId: null,
      aboutId: duties.matterId,
      unitId: duties.unit,
      rules: duties.rules.join(' '),
      outcome: duties.outcome,
      metAt: duties.metAt,
      untilAt: Number.POSITIVE_INFINITY,
      createdAt: duties.recordedAt,
      doneAt: Number.POSITIVE_INFINITY,
      refusedCode: null,
      failedCode: null,
    });
  }

  /** In the transaction of the act: those whom the fact's audience names are told after the commit. */
  async publish(manager: EntityManager, fact: FactToPublish): Promise<void> {
    const { subjectId = null, matterId = null, untilAt = null } = fact;
    await manager.insert(EffectEntity, {
      id: randomUUID(),
      kind: 'publish-fact',
      causeId: fact.causeId,
      matterId,
      incidentId: fact.incidentId,
      subjectId,
      aboutId: matterId ?? subjectId ?? fact.incidentId,
      unitId: fact.unit,
      rules: fact.code,
      outcome: 'PUBLISHED',
      metAt: fact.effectiveAt,
      untilAt: untilAt ?? Number.POSITIVE_INFINITY,
      createdAt: fact.recordedAt,
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
         returning e.id, e.kind, e.cause_id, e.matter_id, e.incident_id, e.subject_id, e.until_at, e.unit_id, e.rules, e.outcome, e.met_at, e.attempts`,
        [CLAIM_SECONDS, BATCH],
      );
      return rows;
    });
  }

  private async carry(effect: Claimed): Promise<boolean> {
    const about = { effectId: effect.id, kind: effect.kind, matterId: effect.matter_id };
    try {
      const refusedCode =
        effect.kind === 'publish-fact' ? await this.publishFact(effect) : await this.meetDuty(effect);
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
    if (effect.matter_id === null) throw new Error(`effect ${effect.id} meets a duty of no matter`);
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

  /** The code with which custody refused; null when those are told whom the fact's audience names. */
  private async publishFact(effect: Claimed): Promise<string | null> {
    const { rules: code } = effect;
    if (!isPublishedFactCode(code)) throw new Error(`effect ${effect.id} publishes no fact: ${code}`);
    const snapshot = await this.deps.snapshot();
    const unit = unitId(effect.unit_id);
    try {
      await asUnits(this.deps.database, [unit], async (manager) => {
        const at = await recordNow(manager);
        const leaf = makeLeaf({
          at,
          authority: authorityOf(snapshot, unit, at),
          unitId: unit,
          person: null,
          kind: 'command',
          action: 'publish-fact',
          target: { kind: 'fact', id: effect.id },
          code: 'OK',
        });
        await manager.query('select custody.publish_fact($1, $2)', [
          JSON.stringify({
            id: effect.id,
            code,
            incidentId: effect.incident_id,
            subjectId: effect.subject_id,
            matterId: effect.matter_id,
            unit,
            causeId: effect.cause_id,
            effectiveAt: effect.met_at,
            untilAt: effect.until_at instanceof Date ? effect.until_at : null,
            audience: PUBLISHED_FACTS[code].audience,
          }),
          JSON.stringify(leaf),
        ]);
      });
      return null;
    } catch (error) {
      const refusal = refusalOfDatabase(error);
      if (refusal === null) throw error;
      return refusal.code;
    }
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
