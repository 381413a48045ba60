import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type SuccessionId, unitId } from '#domain';
import { Sealing } from '#sealing';
import { createLogger } from '#temporal';
import { CustodyNight, granted } from '../../custody/test/custody-night.js';
import { CustodyReader } from '../record/custody-reader.js';
import { SuccessionKeys } from './succession-keys.js';

const [ENDS, SUCCESSOR] = ['rvt-farsta', 'bou-farsta'];

describe('a succession to a unit of another party', () => {
  let night: CustodyNight;
  let record: DataSource;
  beforeAll(async () => {
    night = await CustodyNight.open(undefined, (shipped) => ({
      ...shipped,
      units: shipped.units.map((unit) =>
        unit.id === ENDS ? { ...unit, successors: [unitId(SUCCESSOR)] } : unit,
      ),
    }));
    record = await new DataSource({ type: 'postgres', url: night.record.urlFor('rvt') }).initialize();
  }, 90_000);
  afterAll(async () => {
    await record?.destroy();
    await night?.close();
  });

  it('opens to it what the ended unit could read, from the proposal on and once more after the approval', async () => {
    const [rvt, bou] = [await night.keysOf('rvt'), await night.keysOf('bou')];
    const successor = new Sealing(bou.store, bou.unitKeys.privateKeys);
    const sealed = async () => {
      const binding = { contentId: randomUUID(), incidentId: randomUUID(), subjectId: null };
      const made = await new Sealing(rvt.store, rvt.unitKeys.privateKeys).seal({
        ...binding,
        content: { form: 'text', version: 1, fields: [] },
        forUnits: [ENDS],
      });
      if (!made.ok) throw new Error('not sealed');
      return { ...binding, ciphertext: made.value.ciphertext, unitId: SUCCESSOR };
    };
    const reads = async (content: Awaited<ReturnType<typeof sealed>>) => (await successor.open(content)).ok;
    const log: string[] = [];
    const keys = () =>
      new SuccessionKeys({
        reader: new CustodyReader(record),
        unitKeys: rvt.unitKeys,
        units: async () => [ENDS, 'rvt-skarpnack'],
        log: createLogger('info', (line) => void log.push(line)),
      });
    const following = keys();

    const before = await sealed();
    expect(await reads(before)).toBe(false);
    const proposal = await (await night.as('rvt')).proposeSuccession(night.caller('rvt-unit-head-farsta'), {
      actingUnit: unitId(ENDS),
      toUnit: unitId(SUCCESSOR),
    });
    const successionId = granted(proposal).reply.successionId as SuccessionId;
    expect(await reads(before)).toBe(true);
    expect(await following.follow()).toBe(0);

    const between = await sealed();
    granted(
      await (await night.as('bou')).approveSuccession(night.caller('bou-unit-head-farsta'), { successionId }),
    );
    expect(await reads(between)).toBe(false);
    expect(await following.follow()).toBe(1);
    expect(await reads(between)).toBe(true);
    expect(await following.follow()).toBe(0);

    // What the successor erased since stays erased, also when the service starts anew and does it again.
    expect(await bou.unitKeys.erase([before.contentId], [SUCCESSOR])).toBe(1);
    expect(await keys().follow()).toBe(1);
    expect([await reads(before), await reads(between)]).toEqual([false, true]);
  });
});
