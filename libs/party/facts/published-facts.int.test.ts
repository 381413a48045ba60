import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CaseStreams } from '../cases/case-streams.js';
import { Effects } from '../effects/effects.js';
import { asUnits } from '../record/as-units.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { PublishedFacts, type ToldFact } from './published-facts.js';

const GLOBEN = 'lpo-globen';
const BOU_UNIT = 'bou-skarpnack';

describe('what a party lets others know', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let night: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), socialParty('bou')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    night = await takenCase(stage, police, worker);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const of = <Value>(
    party: 'police' | 'socialjouren' | 'bou',
    token: new (...args: never[]) => Value,
  ): Value => stage.app(party).get(token, { strict: false });
  const database = (party: 'police' | 'socialjouren' | 'bou') => of(party, DataSource);
  const sql = <Row>(query: string, values: unknown[] = []): Promise<Row[]> =>
    stage.admin.query(query, values);

  /** The police record an arrest and publish it, as an act's transaction does. */
  async function arrest(incidentId: string, causeId = randomUUID()): Promise<string> {
    const at = new Date();
    await asUnits(database('police'), [GLOBEN], (manager) =>
      of('police', Effects).publish(manager, {
        causeId,
        code: 'suspect-arrested',
        incidentId,
        unit: GLOBEN,
        effectiveAt: at,
        recordedAt: at,
      }),
    );
    await of('police', Effects).relay();
    return causeId;
  }
  const recipientsOf = async (causeId: string): Promise<string[]> => {
    const rows = await sql<{ unit_id: string }>(
      `select r.unit_id from custody.published_fact_recipient r join custody.published_fact f on f.id = r.fact_id
       where f.cause_id = $1 order by 1`,
      [causeId],
    );
    return rows.map(({ unit_id }) => unit_id);
  };

  /** The morning's offer of the child to the unit that should have it. */
  async function offerChild({ incident, child }: TakenCase): Promise<string> {
    await worker.post(`/incidents/${incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'unknown',
      assessedAt: new Date().toISOString(),
    });
    const answers = { 'consent-and-basis': { value: 'unknown' }, 'told.who-what': { value: 'unknown' } };
    const preview = await worker.post('/dispatches/preview', {
      items: [{ matterId: child.matterId, toUnit: BOU_UNIT, answers }],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    return sent.body.handoffs[0].handoffId;
  }

  it('is told to whoever holds such a matter, once, and not to the one who published it', async () => {
    const told: ToldFact[] = [];
    of('socialjouren', PublishedFacts).on(['suspect-arrested'], async (_, fact) => void told.push(fact));
    const causeId = await arrest(night.recordId);
    await of('police', Effects).relay();
    expect(await recipientsOf(causeId)).toEqual([NIGHT_UNIT]);
    const facts = of('socialjouren', PublishedFacts);
    await Promise.all([facts.look(), facts.look()]);
    await facts.look();
    expect(told.map(({ code, incidentId, unit, fromUnit }) => [code, incidentId, unit, fromUnit])).toEqual([
      ['suspect-arrested', night.recordId, NIGHT_UNIT, GLOBEN],
    ]);
  });

  it('stays untaken, and alone, while what follows from it fails', async () => {
    let fails = true;
    const done: string[] = [];
    of('socialjouren', PublishedFacts).on(['suspect-arrested'], async (_, { id }) => {
      if (fails) throw new Error('the step could not be asked');
      done.push(id);
    });
    const causeId = await arrest(night.recordId);
    await of('socialjouren', PublishedFacts).look();
    expect(done).toEqual([]);
    fails = false;
    await of('socialjouren', PublishedFacts).look();
    const [fact] = await sql<{ id: string }>('select id from custody.published_fact where cause_id = $1', [
      causeId,
    ]);
    expect(done).toEqual([fact?.id]);
  });

  it('is told to whoever comes to hold the matter later, and to nobody who let go before', async () => {
    const other = await takenCase(stage, police, worker);
    const before = await arrest(other.recordId);
    const handoffId = await offerChild(other);
    const bou = await stage.as('bou-case-worker-skarpnack');
    expect(await recipientsOf(before)).toEqual([NIGHT_UNIT]);
    const opened = await bou.post(`/handoffs/${handoffId}/open`);
    await bou.post(`/handoffs/${handoffId}/accept`, {}, { 'if-match': opened.headers['etag'] ?? '' });
    expect(await recipientsOf(before)).toEqual([BOU_UNIT, NIGHT_UNIT]);
    // Her matter is still with socialjouren; a unit with neither is told nothing.
    expect(await recipientsOf(await arrest(other.recordId))).toEqual([BOU_UNIT, NIGHT_UNIT]);
  });

  it('is read by nobody who was not told, and published by nobody without a part in it', async () => {
    await arrest(night.recordId);
    const seen = (party: 'bou' | 'socialjouren', unit: string) =>
      asUnits(database(party), [unit], async (manager) => {
        const [row]: { n: number }[] = await manager.query(
          'select count(*)::int as n from custody.published_fact where incident_id = $1',
          [night.recordId],
        );
        return row?.n ?? -1;
      });
    expect(await seen('bou', BOU_UNIT)).toBe(0);
    expect(await seen('socialjouren', '')).toBe(0);
    expect(await seen('socialjouren', NIGHT_UNIT)).toBeGreaterThan(0);
    const publish = asUnits(database('bou'), [BOU_UNIT], (manager) =>
      manager.query('select custody.publish_fact($1, $2)', [
        JSON.stringify({
          ...{ id: randomUUID(), code: 'suspect-arrested', incidentId: night.recordId, unit: BOU_UNIT },
          ...{ causeId: randomUUID(), effectiveAt: new Date().toISOString(), audience: [] },
        }),
        '{}',
      ]),
    );
    await expect(publish).rejects.toThrow('NOT_FOUND');
  });

  it('is never changed or removed, not even by its owner', async () => {
    await expect(sql('update custody.published_fact set code = code')).rejects.toThrow();
    await expect(sql('delete from custody.published_fact_audience')).rejects.toThrow();
  });

  it('makes a case’s story look again when its matter moves, and not when nothing did', async () => {
    const streams = of('socialjouren', CaseStreams);
    const caseId = randomUUID();
    const one = { process: 'call-out', caseId } as const;
    await asUnits(database('socialjouren'), [NIGHT_UNIT], async (manager) => {
      await streams.open(manager, one);
      await streams.follow(manager, { ...one, matterId: night.child.matterId, unit: NIGHT_UNIT });
    });
    const wanted = async () => {
      const [row] = await sql<{ wanted: string }>(
        `select wanted from socialjouren.stream where kind = 'call-out' and id = $1`,
        [caseId],
      );
      return Number(row?.wanted);
    };
    await streams.look(NIGHT_UNIT);
    const first = await wanted();
    expect(await streams.look(NIGHT_UNIT)).toBe(0);
    await offerChild(night);
    await streams.look();
    const moved = await wanted();
    expect(moved).toBe(first + 1);
    await streams.close(one);
    await asUnits(database('socialjouren'), [NIGHT_UNIT], (manager) => streams.nudge(manager, one));
    expect(await wanted()).toBe(moved);
  });
});
