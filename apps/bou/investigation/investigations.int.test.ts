import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { schemaDifference } from '#database';
import { PLAIN_POLICE, socialParty } from '../../../libs/party/test/social-parties.js';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { NIGHT_UNIT, takenCase } from '../../../libs/party/test/taken-case.js';
import { BOU } from '../bou.party.js';

const BOU_UNIT = 'bou-skarpnack';
const now = () => new Date().toISOString();

describe('the decision on an investigation', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let bou: As;
  let held: string;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), BOU]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    bou = await stage.as('bou-case-worker-skarpnack');
    held = await taken();
  }, 120_000);
  afterAll(async () => stage?.stop());

  /** A child's matter offered to BoU by socialjouren in the morning. */
  async function offered(): Promise<{ matterId: string; handoffId: string }> {
    const { incident, child } = await takenCase(stage, police, worker);
    await worker.post(`/incidents/${incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'unknown',
      assessedAt: now(),
    });
    const preview = await worker.post('/dispatches/preview', {
      items: [
        {
          matterId: child.matterId,
          toUnit: BOU_UNIT,
          answers: { 'consent-and-basis': { value: 'unknown' }, 'told.who-what': { value: 'unknown' } },
        },
      ],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    const [handoff] = sent.body.handoffs;
    return { matterId: child.matterId, handoffId: handoff.handoffId };
  }

  async function taken(): Promise<string> {
    const { matterId, handoffId } = await offered();
    const opened = await bou.post(`/handoffs/${handoffId}/open`);
    const accepted = await bou.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([accepted.status, accepted.body.phase]).toEqual([200, 'accepted']);
    return matterId;
  }

  const decision = (some: Record<string, unknown> = {}) => ({
    opened: true,
    ground: 'VIOLENCE',
    reasons: 'kanarieskäl',
    decidedAt: now(),
    ...some,
  });
  const decide = (matterId: string, some?: Record<string, unknown>) =>
    bou.post(`/matters/${matterId}/investigation-decision`, decision(some));
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  it('has a schema that differs in nothing from its entities', async () => {
    expect(await schemaDifference(stage.database.adminUrl, BOU.schema)).toEqual([]);
  });

  it('meets D-03 and D-04 in custody with the time it was made, and keeps its reasons sealed', async () => {
    const matterId = held;
    const decidedAt = now();
    const decided = await decide(matterId, { decidedAt });
    expect([...answered(decided), decided.body.version]).toEqual([201, undefined, 1]);
    const duties = async () => {
      const { body } = await bou.get(`/matters/${matterId}`);
      return body.deadlines.filter(({ rule }: { rule: string }) => rule === 'D-03' || rule === 'D-04');
    };
    const until = Date.now() + 15_000;
    while (
      (await duties()).some(({ endedAs }: { endedAs: string | null }) => endedAs !== 'met') &&
      Date.now() < until
    ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(
      (await duties()).map(({ endedAs, endedAt }: { endedAs: string; endedAt: string }) => [
        endedAs,
        endedAt,
      ]),
    ).toEqual([
      ['met', decidedAt],
      ['met', decidedAt],
    ]);
    const [row]: { text: string }[] = await stage
      .app('bou')
      .get(DataSource, { strict: false })
      .transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [BOU_UNIT]);
        return manager.query(
          'select d::text as text from bou.investigation_decision d where matter_id = $1',
          [matterId],
        );
      });
    expect(row?.text).toContain('VIOLENCE');
    expect(row?.text).not.toContain('kanarieskäl');
    const again = await decide(matterId, { opened: false, ground: 'ALREADY_INVESTIGATED' });
    expect([again.status, again.body.version]).toEqual([201, 2]);
  });

  it('is not made by a unit that was offered the child and has not taken it', async () => {
    const { matterId } = await offered();
    expect(answered(await decide(matterId))).toEqual([409, 'NOT_RESPONSIBLE']);
  });

  it('is not for a matter that the unit has no part in', async () => {
    const { child } = await takenCase(stage, police, worker);
    expect(answered(await decide(child.matterId))).toEqual([404, 'NOT_FOUND']);
  });

  it.each([
    ['with violence as its ground', { opened: false }],
    ['where the child may have been exposed', { opened: false, ground: 'NO_NEED' }],
  ])('cannot be not to open %s: violence opens without delay (D-04)', async (_, some) => {
    expect(answered(await decide(held, some))).toEqual([409, 'VIOLENCE_OPENS_INVESTIGATION']);
  });

  it.each([
    ['a time in the future', { decidedAt: new Date(Date.now() + 3_600_000).toISOString() }],
    ['no need as a ground for opening', { ground: 'NO_NEED' }],
    ['another need as a ground for not opening', { opened: false, ground: 'OTHER_NEED' }],
    ['a ground in words', { ground: 'våld i hemmet' }],
  ])('refuses %s', async (_, some) => {
    expect(answered(await decide(held, some))).toEqual([400, 'INVALID_INPUT']);
  });
});
