import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { makeLeaf } from '#audit';
import { type DirectorySnapshot, decideCall, type MatterId } from '#domain';
import { type ClockState, clockStateOf } from './clock-state.js';
import { HandoffFactsSchema, MatterFactsSchema } from './command-facts.schema.js';

const CallFactsSchema = z
  .object({
    now: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    // Neither courier nor watchdog learns of a subject or a person (C5).
    matter: MatterFactsSchema.omit({ subjectId: true, subjectRole: true, assignedTo: true }),
    handoff: HandoffFactsSchema.nullable(),
  })
  .nullable();

/** A matter may have many deadlines due at once after an outage; each call tells the highest rung of one. */
const MOST_CALLS_AT_ONCE = 50;

/**
 * Calls what is due, for the courier and, when that is dead, the watchdog. It knows no person and no content; a rung
 * is called once however often this is asked (C3).
 */
export class CustodyClock {
  constructor(
    private readonly dependencies: {
      readonly dataSource: DataSource;
      readonly snapshot: () => Promise<DirectorySnapshot>;
    },
  ) {}

  /** Calls every rung of the matter that is due in record time, each in a transaction; answers how many. */
  async callDue(matterId: MatterId): Promise<number> {
    const snapshot = await this.dependencies.snapshot();
    for (let called = 0; called < MOST_CALLS_AT_ONCE; called += 1) {
      const again = await this.dependencies.dataSource.transaction((manager) =>
        callOne(manager, snapshot, matterId),
      );
      if (!again) return called;
    }
    return MOST_CALLS_AT_ONCE;
  }

  /** The clock as it is now; closed for a matter that the record does not have, so that its workflow ends. */
  clockOf(matterId: MatterId): Promise<ClockState> {
    return clockStateOf(this.dependencies.dataSource.manager, 'custody', 'matter', matterId);
  }
}

async function callOne(
  manager: EntityManager,
  snapshot: DirectorySnapshot,
  matterId: MatterId,
): Promise<boolean> {
  const [row]: { facts: unknown }[] = await manager.query('select custody.begin_call($1) as facts', [
    matterId,
  ]);
  const facts = CallFactsSchema.parse(row?.facts);
  if (facts === null) return false;
  const call = decideCall(facts.now, snapshot, facts.matter, facts.handoff);
  if (call === null) return false;
  const deadline = facts.matter.deadlines.find(({ id }) => id === call.deadlineId);
  await manager.query('select custody.commit_call($1)', [
    JSON.stringify({
      ...call,
      at: facts.now,
      matterId,
      notifications: call.notifications.map((one) => ({ id: randomUUID(), ...one })),
      audit: makeLeaf({
        at: facts.now,
        authority: deadline?.dutyHolder ?? '',
        unitId: deadline?.askedOf ?? null,
        person: null,
        kind: 'command',
        action: 'call-rung',
        target: { kind: 'deadline', id: call.deadlineId },
        code: 'OK',
      }),
    }),
  ]);
  return true;
}
