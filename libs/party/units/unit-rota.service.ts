import type { DataSource } from 'typeorm';
import type { ActRecorded, ChangeRota, Rota } from '#contracts';
import { putOnRota, recordNow, rotaOf, takeOffRota } from '#directory';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';

/** Who is on duty and who stands in for the head of a unit (DESIGN 8: deputies and rota are data). */
export class UnitRota {
  constructor(
    private readonly deps: {
      readonly database: DataSource;
      readonly acts: Pick<ActRecorder, 'record'>;
    },
  ) {}

  /** To whoever works at the unit; refuses NOT_YOUR_UNIT. */
  async show(caller: Caller, unit: string): Promise<Rota> {
    if (!unitsOf(caller).includes(unit)) return refuseAtDoor('NOT_YOUR_UNIT');
    const { manager } = this.deps.database;
    const at = await recordNow(manager);
    const spells = await rotaOf(manager, unit, at);
    return {
      unit,
      at: at.toISOString(),
      spells: spells.map(({ id, person, duty, from, until }) => ({
        spellId: id,
        person,
        duty,
        from: from.toISOString(),
        until: until.toISOString(),
        isNow: from <= at,
      })),
    };
  }

  /** By the unit's head or who stands in for her; the directory's functions say what else must hold. */
  change(caller: Caller, idempotency: Idempotency, unit: string, change: ChangeRota): Promise<ActRecorded> {
    if (!unitsOf(caller).includes(unit)) return refuseAtDoor('NOT_YOUR_UNIT');
    if (!unitsOf(caller, ['unit-head']).includes(unit)) return refuseAtDoor('NO_MANDATE');
    const by = caller.person;
    return this.deps.acts.record(
      { caller, idempotency, unit, action: `rota-${change.change}` },
      async ({ manager, id }) => {
        const spellId = change.change === 'put-on' ? id : change.spellId;
        valueOrRefuse(
          change.change === 'put-on'
            ? await putOnRota(manager, {
                id,
                unit,
                by,
                person: change.person,
                duty: change.duty,
                from: change.from === undefined ? null : new Date(change.from),
                until: new Date(change.until),
              })
            : await takeOffRota(manager, { id: spellId, unit, by }),
        );
        return { version: 1, target: { kind: 'rota', id: spellId } };
      },
    );
  }
}
