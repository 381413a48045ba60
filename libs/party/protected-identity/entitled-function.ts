import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { MoreThan } from 'typeorm';
import type { ActRecorded, NameOfficer } from '#contracts';
import { recordNow } from '#directory';
import { isEntitledToProtected, LONGEST_OFFICE_DAYS } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { ENTITLED_SETTING } from './protected-identity.tables.js';
import { ProtectionOfficerEntity } from './unmasking.entity.js';

const DAY_MS = 86_400_000;

/** The function of a unit that is entitled to protected identities: its head, and whom she has named for a time. */
export class EntitledFunction {
  constructor(private readonly recorder: ActRecorder) {}

  /** In a transaction that has the unit set; one statement, whoever asks. */
  async isEntitled(manager: EntityManager, caller: Caller, unit: string, at: Date): Promise<boolean> {
    const isNamedOfficer = await manager.existsBy(ProtectionOfficerEntity, {
      unitId: unit,
      personId: caller.person,
      validUntil: MoreThan(at),
    });
    const roles = caller.mandates.filter((one) => one.unit === unit).map(({ role }) => role);
    return isEntitledToProtected({ roles, isNamedOfficer });
  }

  /** Refuses NOT_YOUR_UNIT and ENTITLED_FUNCTION_ONLY, before anything of what is asked for is looked at. */
  async require(caller: Caller, unit: string): Promise<void> {
    if (!unitsOf(caller).includes(unit)) return refuseAtDoor('NOT_YOUR_UNIT');
    const entitled = await this.recorder.as(unit, async (manager) =>
      this.isEntitled(manager, caller, unit, await recordNow(manager)),
    );
    if (!entitled) return refuseAtDoor('ENTITLED_FUNCTION_ONLY');
  }

  /** By the unit's head, for at most a year; refuses NO_MANDATE to everybody else. */
  async name(
    caller: Caller,
    idempotency: Idempotency,
    unit: string,
    { person, until }: NameOfficer,
  ): Promise<ActRecorded> {
    if (!unitsOf(caller).includes(unit)) return refuseAtDoor('NOT_YOUR_UNIT');
    if (!unitsOf(caller, ['unit-head']).includes(unit)) return refuseAtDoor('NO_MANDATE');
    const validUntil = new Date(until);
    return this.recorder.record(
      { caller, idempotency, unit, action: 'name-protection-officer' },
      async ({ manager, at }) => {
        const latest = at.getTime() + LONGEST_OFFICE_DAYS * DAY_MS;
        if (validUntil <= at || validUntil.getTime() > latest) {
          return refuseAtDoor('INVALID_INPUT', {
            errors: [{ field: 'until', message: 'must lie ahead, and at most a year' }],
          });
        }
        const id = randomUUID();
        await manager.insert(ProtectionOfficerEntity, {
          id,
          unitId: unit,
          personId: person,
          validUntil,
          recordedAt: at,
          recordedBy: caller.person,
        });
        return { version: 1, target: { kind: 'protection-officer', id } };
      },
    );
  }
}

/** Lets this transaction see who persons were before, at this unit; only after the caller was found entitled there. */
export async function openEntitled(manager: EntityManager, unit: string | null): Promise<void> {
  await manager.query(`select set_config('${ENTITLED_SETTING}', $1, true)`, [unit ?? '']);
}
