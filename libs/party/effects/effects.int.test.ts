import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CustodyCommands } from '#custody';
import { createLogger } from '#temporal';
import { aReport } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, takenCase } from '../test/taken-case.js';
import { PartyDirectory } from '../units/party-directory.js';
import { EffectRunner } from './effect-runner.js';
import { type DutiesMet, Effects, type EffectsDeps } from './effects.js';

interface EffectRow {
  readonly id: string;
  readonly attempts: number;
  readonly done: boolean;
  readonly waits: boolean;
  readonly refused_code: string | null;
  readonly failed_code: string | null;
}

describe('the effects of a party in custody', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  const logged: string[] = [];
  const log = createLogger('info', (line) => void logged.push(line));
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    // The service's own hand is stilled: here only what a test does is done.
    await stage.app('socialjouren').get(EffectRunner, { strict: false }).beforeApplicationShutdown();
  }, 120_000);
  afterAll(async () => stage?.stop());

  const service = () => stage.app('socialjouren');
  const effectsWith = (commands: EffectsDeps['commands']) =>
    new Effects({
      party: 'socialjouren',
      database: service().get(DataSource, { strict: false }),
      commands,
      units: async () => [NIGHT_UNIT],
      snapshot: () => service().get(PartyDirectory, { strict: false }).snapshot(),
      log,
    });
  const custody = () => service().get(CustodyCommands, { strict: false });

  /** What the commit of an act leaves, when the process dies before anything else. */
  async function left(matterId: string, some: Partial<DutiesMet> = {}): Promise<string> {
    const causeId = randomUUID();
    const now = new Date();
    await service()
      .get(DataSource, { strict: false })
      .transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [NIGHT_UNIT]);
        await effectsWith(custody()).record(manager, {
          causeId,
          matterId,
          unit: NIGHT_UNIT,
          rules: ['D-01', 'D-02'],
          outcome: 'NO_IMMEDIATE_NEED',
          metAt: now,
          recordedAt: now,
          ...some,
        });
      });
    return causeId;
  }
  async function effectOf(causeId: string): Promise<EffectRow | undefined> {
    const rows: EffectRow[] = await stage.admin.query(
      `select id, attempts, done_at < 'infinity' as done, try_after > clock_timestamp() as waits, refused_code,
         failed_code from socialjouren.effect where cause_id = $1`,
      [causeId],
    );
    return rows[0];
  }
  const unmet = async (matterId: string): Promise<string[]> => {
    const rows: { rule: string }[] = await stage.admin.query(
      `select rule from custody.deadline where clock_id = $1 and rule in ('D-01', 'D-02') and ended_at = 'infinity'
       order by rule`,
      [matterId],
    );
    return rows.map(({ rule }) => rule);
  };

  it('carries what a killed process left, once the service looks again', async () => {
    const { child } = await takenCase(stage, police, worker);
    const cause = await left(child.matterId);
    expect(await unmet(child.matterId)).toEqual(['D-01', 'D-02']);
    const runner = new EffectRunner(effectsWith(custody()), log);
    runner.onApplicationBootstrap();
    await runner.beforeApplicationShutdown();
    expect(await unmet(child.matterId)).toEqual([]);
    expect(await effectOf(cause)).toMatchObject({ done: true, refused_code: null, attempts: 1 });
  });

  it('does nothing twice when it was killed after custody and before it could mark it', async () => {
    const { child } = await takenCase(stage, police, worker);
    const cause = await left(child.matterId);
    await effectsWith(custody()).relay();
    await stage.admin.query(
      `update socialjouren.effect set done_at = 'infinity', try_after = '-infinity' where cause_id = $1`,
      [cause],
    );
    const leaves = async () => {
      const [row]: { n: number }[] = await stage.admin.query(
        `select count(*)::int as n from custody.audit_leaf where action = 'meet-duty' and target_id = $1`,
        [child.matterId],
      );
      return row?.n;
    };
    expect(await leaves()).toBe(1);
    expect(await effectsWith(custody()).relay()).toBe(1);
    expect([await leaves(), (await effectOf(cause))?.done]).toEqual([1, true]);
  });

  it('tries a failing one again, later and later, for all to see, and alone', async () => {
    const [first, second] = [await takenCase(stage, police, worker), await takenCase(stage, police, worker)];
    const [failing, fine] = [await left(first.child.matterId), await left(second.child.matterId)];
    const away = effectsWith({
      meetDuty: (caller, input) =>
        input.matterId === first.child.matterId
          ? Promise.reject(new TypeError('away'))
          : custody().meetDuty(caller, input),
    });
    expect(await away.relay()).toBe(1);
    expect((await effectOf(fine))?.done).toBe(true);
    expect(await effectOf(failing)).toMatchObject({
      done: false,
      waits: true,
      attempts: 1,
      failed_code: 'TypeError',
    });
    expect(logged.some((line) => line.includes('effect.failed'))).toBe(true);
    expect(await effectsWith(custody()).relay()).toBe(0);
    await stage.admin.query(`update socialjouren.effect set try_after = '-infinity' where cause_id = $1`, [
      failing,
    ]);
    expect(await effectsWith(custody()).relay()).toBe(1);
    expect(await effectOf(failing)).toMatchObject({ done: true, attempts: 2, failed_code: null });
    expect(await unmet(first.child.matterId)).toEqual([]);
  });

  it('takes a refusal as an answer, kept with its code', async () => {
    const reported = await police.post('/incidents', aReport());
    const [matter] = reported.body.matters;
    const cause = await left(matter.matterId);
    await effectsWith(custody()).relay();
    expect(await effectOf(cause)).toMatchObject({ done: true, refused_code: 'NOT_FOUND' });
  });

  it('is met already: nothing changes, and it is done', async () => {
    const { child } = await takenCase(stage, police, worker);
    const causes = [await left(child.matterId), await left(child.matterId)];
    expect(await effectsWith(custody()).relay()).toBe(2);
    for (const cause of causes) {
      expect(await effectOf(cause)).toMatchObject({ done: true, refused_code: null });
    }
    const [row]: { n: number }[] = await stage.admin.query(
      `select count(*)::int as n from custody.event where matter_id = $1 and kind = 'duty-met'`,
      [child.matterId],
    );
    expect(row?.n).toBe(1);
  });

  it('shows coordination what waits, and no other party anything', async () => {
    const { child } = await takenCase(stage, police, worker);
    await left(child.matterId);
    const seenBy = async (service: 'coordination' | 'bou') => {
      const source = await new DataSource({
        type: 'postgres',
        url: stage.database.urlFor(service),
      }).initialize();
      try {
        const rows: { n: number }[] = await source.query(
          `select count(*)::int as n from socialjouren.effect where done_at = 'infinity'`,
        );
        return rows[0]?.n;
      } catch (error) {
        return error instanceof Error ? error.message : 'no';
      } finally {
        await source.destroy();
      }
    };
    expect(await seenBy('coordination')).toBe(1);
    expect(await seenBy('bou')).toContain('permission denied');
  });
});
