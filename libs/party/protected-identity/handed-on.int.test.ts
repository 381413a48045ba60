import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const BOU_UNIT = 'bou-skarpnack';
const HIDDEN = { name: 'Hemligt Barn', number: '20180402-2384' };
const OPEN = { name: 'Vanligt Barn', number: '20180402-2392' };

describe('a protected child, handed on in the morning', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let bou: As;
  let bouHead: As;
  let hidden: { night: TakenCase; handoffId: string };
  let ordinary: { night: TakenCase; handoffId: string };

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), socialParty('bou')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    bou = await stage.as('bou-case-worker-skarpnack');
    bouHead = await stage.as('bou-unit-head-skarpnack');
    hidden = await handedOn(HIDDEN, 'YES');
    ordinary = await handedOn(OPEN, 'NO');
  }, 180_000);
  afterAll(() => stage?.stop());

  /** The child's own report says no protection; her mother's status is what `protectedStatus` says. */
  async function handedOn(child: { name: string; number: string }, protectedStatus: string) {
    const night = await takenCase(
      stage,
      police,
      worker,
      aReport({
        victims: [aVictim('victim-1', { protectedStatus, assertedDistrict: 'Skarpnäck' })],
        children: [aChild('child-1', { ...child, whereNow: 'Kanariegatan 9' })],
      }),
    );
    await worker.post(`/incidents/${night.incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: night.child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'unknown',
      assessedAt: new Date().toISOString(),
    });
    const unknown = { value: 'unknown' };
    const preview = await worker.post('/dispatches/preview', {
      items: [
        {
          matterId: night.child.matterId,
          toUnit: BOU_UNIT,
          answers: {
            'consent-and-basis': unknown,
            'told.who-what': unknown,
            ...(protectedStatus === 'NO' ? {} : { 'guardianship-and-residence': unknown }),
          },
        },
      ],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    if (sent.status !== 201) throw new Error(JSON.stringify([preview.body, sent.body]));
    const [{ handoffId }] = sent.body.handoffs;
    const opened = await bou.post(`/handoffs/${handoffId}/open`);
    const accepted = await bou.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect(accepted.status).toBe(200);
    return { night, handoffId };
  }
  const look = async (as: As, value: string) => {
    const { body } = await as.post('/lookups', {
      actingUnit: BOU_UNIT,
      by: 'number',
      value,
      purpose: 'HANDLE_MATTER',
      reason: 'prov',
    });
    return body.items.map(({ matterId }: { matterId: string }) => matterId);
  };

  it('is told on without her mother’s protection, its district, or where she is registered', async () => {
    const { text } = await bou.get(`/handoffs/${hidden.handoffId}/content`);
    expect(text).toContain(HIDDEN.name);
    expect(text).not.toMatch(/protected|"residence":|Skarpnäcks gård|Älvsjö|Kanariegatan/);
    expect((await bou.get(`/handoffs/${hidden.handoffId}/safe-contact`)).text).toContain('Kanariegatan 9');
  });

  it('looks like any other child to whom nobody said anything: both are kept from searches', async () => {
    for (const { number } of [HIDDEN, OPEN]) expect(await look(bou, number)).toEqual([]);
    expect(await look(bouHead, HIDDEN.number)).toEqual([hidden.night.child.matterId]);
    expect(await look(bouHead, OPEN.number)).toEqual([ordinary.night.child.matterId]);
  });

  it('is found by the unit’s case workers once one of them has read the register', async () => {
    const { body } = await bou.get(`/matters/${ordinary.night.child.matterId}`);
    const read = await bou.post(`/incidents/${body.incidentId}/protected-identities`, {
      act: 'register-shows-none',
      actingUnit: BOU_UNIT,
      subjectId: body.subjectId,
    });
    expect(read.status).toBe(201);
    expect(await look(bou, OPEN.number)).toEqual([ordinary.night.child.matterId]);
    expect(await look(bou, HIDDEN.number)).toEqual([]);
  });
});
