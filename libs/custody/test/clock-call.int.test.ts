import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { MatterId } from '#domain';
import { CustodyClock, verifyQueries } from '../index.js';
import { CustodyNight } from './custody-night.js';

const HOUR = 3600;

describe('the call of a clock, by the courier and by the watchdog', () => {
  let night: CustodyNight;
  const sources: DataSource[] = [];
  beforeAll(async () => {
    night = await CustodyNight.open();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(sources.map((source) => source.destroy()));
    await night?.close();
  });

  async function clockAs(service: 'courier' | 'coordination'): Promise<CustodyClock> {
    const dataSource = await new DataSource({
      type: 'postgres',
      url: night.record.urlFor(service),
      installExtensions: false,
    }).initialize();
    sources.push(dataSource);
    return new CustodyClock({ dataSource, snapshot: async () => night.directory });
  }

  it('calls a due rung once, whoever asks and however often', async () => {
    const { matters } = await night.incident('police-liaison-globen', 'lpo-globen', ['victim']);
    const matterId = matters[0]?.matterId as MatterId;
    const courier = await clockAs('courier');
    const watchdog = await clockAs('coordination');
    expect(await courier.callDue(matterId)).toBe(0);
    await night.query(
      `update custody.deadline set due_at = directory.record_now(), next_call_at = directory.record_now()
       where clock_id = $1 and ended_at = 'infinity'`,
      [matterId],
    );
    const called = await Promise.all([courier.callDue(matterId), watchdog.callDue(matterId)]);
    expect(called.reduce((one, other) => one + other)).toBe(1);
    const reminders = await night.query<{ called_by: string }>(
      'select called_by from custody.reminder r join custody.deadline d on d.id = r.deadline_id where d.clock_id = $1',
      [matterId],
    );
    expect(reminders).toHaveLength(1);
    expect(await courier.callDue(matterId)).toBe(0);
  });

  it('leaves a record in which the sweep finds nothing', async () => {
    for (const { name, sql, parameters } of verifyQueries({ seconds: HOUR }))
      expect([name, await night.query(sql, [...parameters])]).toEqual([name, []]);
  });
});
