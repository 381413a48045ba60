import type { Logger } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import type { CustodyCommands } from '#custody';
import { DEADLINE_RULE_IDS, type DeadlineRuleId, type MatterId, unitId } from '#domain';
import type { PartyName } from '../party.port.js';

interface EffectRow {
  readonly id: string;
  readonly matter_id: string;
  readonly unit_id: string;
  readonly rules: string;
  readonly outcome: string;
  readonly met_at: Date;
}

export interface EffectRelayDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly commands: CustodyCommands;
  readonly units: () => Promise<readonly string[]>;
  readonly log: Logger;
}

/**
 * Carries the effects of recorded acts to custody, each a second command that is harmless to repeat (DESIGN 4): killed
 * between the two, the next look does it again. A refused one stays and is tried again; its duty goes on being called.
 */
export class EffectRelay {
  #running: Promise<void> | undefined;
  #again = false;

  constructor(private readonly deps: EffectRelayDeps) {}

  async look(): Promise<void> {
    this.#again = true;
    this.#running ??= this.relayAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  private async relayAll(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      for (const effect of await this.waiting()) await this.relay(effect);
    }
  }

  private waiting(): Promise<EffectRow[]> {
    return this.asUnits((query) =>
      query<EffectRow>(
        `select e.id, e.matter_id, e.unit_id, e.rules, e.outcome, e.met_at from ${this.deps.party}.effect e
         where e.done_at = 'infinity' order by e.created_at, e.id limit 100`,
        [],
      ),
    );
  }

  private async relay(effect: EffectRow): Promise<void> {
    const unit = unitId(effect.unit_id);
    const done = await this.deps.commands.meetDuty(
      { person: null, units: [unit], idempotency: null },
      {
        actingUnit: unit,
        matterId: effect.matter_id as MatterId,
        duty: {
          rules: effect.rules.split(' ').filter(isRule),
          at: effect.met_at,
          outcome: effect.outcome,
          causeId: effect.id,
        },
      },
    );
    if (!done.ok) {
      this.deps.log.warn('effect.refused', { matterId: effect.matter_id, code: done.refusal.code });
      return;
    }
    await this.asUnits((query) =>
      query(`update ${this.deps.party}.effect set done_at = directory.record_now() where id = $1`, [
        effect.id,
      ]),
    );
  }

  private async asUnits<Value>(
    run: (query: <Row>(sql: string, parameters: unknown[]) => Promise<Row[]>) => Promise<Value>,
  ): Promise<Value> {
    const units = await this.deps.units();
    return this.deps.database.transaction(async (manager) => {
      await manager.query(`select set_config('handslag.units', $1, true)`, [units.join(',')]);
      return run((sql, parameters) => manager.query(sql, parameters));
    });
  }
}

function isRule(text: string): text is DeadlineRuleId {
  return DEADLINE_RULE_IDS.some((rule) => rule === text);
}
