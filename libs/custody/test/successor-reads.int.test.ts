import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type HandoffId, type SuccessionId, unitId } from '#domain';
import { CustodyNight, granted } from './custody-night.js';

const [ENDS, SUCCESSOR, OTHER] = ['rvt-farsta', 'rvt-skarpnack', 'rvt-bromma'];
const JOUR = 'socialjouren-case-worker';
let night: CustodyNight;
let rvt: DataSource;
beforeAll(async () => {
  night = await CustodyNight.open(undefined, (shipped) => ({
    ...shipped,
    units: shipped.units.map((unit) =>
      unit.id === ENDS ? { ...unit, successors: [unitId(SUCCESSOR ?? '')] } : unit,
    ),
  }));
  rvt = await new DataSource({ type: 'postgres', url: night.record.urlFor('rvt') }).initialize();
}, 90_000);
afterAll(async () => {
  await rvt?.destroy();
  await night?.close();
});

/** What row-level security lets a unit see of a handoff: its row and its ciphertexts. */
async function seenBy(unit: string | undefined, handoffId: string): Promise<readonly number[]> {
  return rvt.transaction(async (manager) => {
    await manager.query(`select set_config('handslag.units', $1, true)`, [unit]);
    const [row]: { offers: number; contents: number }[] = await manager.query(
      `select (select count(*)::int from custody.handoff where id = $1) as offers,
         (select count(*)::int from custody.content where handoff_id = $1) as contents`,
      [handoffId],
    );
    return [row?.offers ?? -1, row?.contents ?? -1];
  });
}

test('a successor reads what the ended unit was told of the cases that it took over, and nobody else does', async () => {
  const { id, matters } = await night.incident(JOUR, 'socialjouren-stockholm', ['victim']);
  const sent = await night.send(
    JOUR,
    id,
    matters.map((matter) => ({ ...matter, from: 'socialjouren-stockholm', to: ENDS ?? '' })),
  );
  const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
  const custody = await night.as('rvt');
  const worker = 'rvt-case-worker-farsta';
  granted(
    await custody.actOnHandoff(night.caller(worker), {
      handoffId,
      command: { action: 'open', expectedVersion: null },
    }),
  );
  granted(
    await custody.actOnHandoff(night.caller(worker), {
      handoffId,
      command: { action: 'accept', expectedVersion: 1 },
    }),
  );
  expect(await seenBy(ENDS, handoffId)).toEqual([1, 1]);
  expect(await seenBy(SUCCESSOR, handoffId)).toEqual([0, 0]);

  const proposed = granted(
    await custody.proposeSuccession(night.caller('rvt-unit-head-farsta'), {
      actingUnit: unitId(ENDS ?? ''),
      toUnit: unitId(SUCCESSOR ?? ''),
    }),
  );
  const successionId = proposed.reply.successionId as SuccessionId;
  expect(await seenBy(SUCCESSOR, handoffId)).toEqual([0, 0]);
  granted(await custody.approveSuccession(night.caller('rvt-unit-head-skarpnack'), { successionId }));
  expect(await seenBy(SUCCESSOR, handoffId)).toEqual([1, 1]);
  expect(await seenBy(OTHER, handoffId)).toEqual([0, 0]);
});
