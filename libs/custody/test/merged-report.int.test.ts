import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { HandoffId, MatterId } from '#domain';
import { CustodyNight, granted, refusalOf } from './custody-night.js';

let night: CustodyNight;
beforeAll(async () => {
  night = await CustodyNight.open();
}, 60_000);
afterAll(() => night.close());

const LIAISON = 'police-liaison-globen';
const JOUR = 'socialjouren-case-worker';

async function openedReport() {
  const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['child']);
  const sent = await night.send(
    LIAISON,
    id,
    matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
  );
  const [handoff] = sent.handoffs;
  if (handoff === undefined) throw new Error('nothing was sent');
  const handoffId = handoff.handoffId as HandoffId;
  const jour = await night.as('socialjouren');
  granted(
    await jour.actOnHandoff(night.caller(JOUR), {
      handoffId,
      command: { action: 'open', expectedVersion: null },
    }),
  );
  return { handoffId, matterId: handoff.matterId as MatterId };
}

test('a second report joins a running matter of the same unit: accepted, linked, and closed as merged once its own duties are met', async () => {
  const jour = await night.as('socialjouren');
  const first = await openedReport();
  const accept = { action: 'accept' as const, expectedVersion: 1 };
  granted(await jour.actOnHandoff(night.caller(JOUR), { handoffId: first.handoffId, command: accept }));
  const second = await openedReport();

  const foreign = await night.incident(LIAISON, 'lpo-globen', ['child']);
  const notOurs = foreign.matters[0]?.matterId as MatterId;
  expect(
    refusalOf(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId: second.handoffId,
        command: accept,
        mergedInto: notOurs,
      }),
    ),
  ).toBe('INVALID_INPUT');
  expect(
    refusalOf(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId: second.handoffId,
        command: accept,
        mergedInto: second.matterId,
      }),
    ),
  ).toBe('INVALID_INPUT');

  granted(
    await jour.actOnHandoff(night.caller(JOUR), {
      handoffId: second.handoffId,
      command: accept,
      mergedInto: first.matterId,
    }),
  );
  const [row] = await night.query<{ merged_into_id: string; closed: boolean }>(
    `select merged_into_id, closed_at < 'infinity' as closed from custody.matter where id = $1`,
    [second.matterId],
  );
  expect(row).toEqual({ merged_into_id: first.matterId, closed: false });
  const close = {
    matterId: second.matterId,
    command: { action: 'close' as const, expectedVersion: null, outcome: 'MERGED' as const },
  };
  // A statutory duty is met by its own record and by nothing else (C9).
  expect(refusalOf(await jour.actOnMatter(night.caller(JOUR), close))).toBe('DUTY_NOT_MET');
  const [actingUnit] = night.caller(JOUR).units;
  if (actingUnit === undefined) throw new Error('the persona has no unit');
  const rules = ['D-01', 'D-02', 'D-03', 'D-04'] as const;
  const duty = { rules, at: new Date(), outcome: 'RUNNING_INVESTIGATION', causeId: randomUUID() };
  granted(
    await jour.meetDuty(
      { ...night.caller(JOUR), idempotency: null },
      { actingUnit, matterId: second.matterId, duty },
    ),
  );
  granted(await jour.actOnMatter(night.caller(JOUR), close));
});
