import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const BOU_UNIT = 'bou-skarpnack';
const OLD = { name: 'Kanarie Förrnamn', number: '19610118-2803' };
const WHERE = 'Kanariegatan 11, lägenhet 3';

// Whole nights over HTTP: a busy machine takes longer than the usual five seconds.
jest.setTimeout(60_000);

describe('who is entitled to protected identities', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let officer: As;
  let head: As;
  let bou: As;

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), socialParty('bou')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    officer = await stage.as('socialjouren-case-worker-2');
    head = await stage.as('socialjouren-unit-head');
    bou = await stage.as('bou-case-worker-skarpnack');
    const [clock]: { now: Date }[] = await stage.admin.query('select directory.record_now() as now');
    const named = await head.post(`/units/${NIGHT_UNIT}/protected-identity-officers`, {
      person: stage.persona('socialjouren-case-worker-2').personId,
      until: new Date((clock?.now ?? new Date()).getTime() + 24 * 3_600_000).toISOString(),
    });
    expect(named.status).toBe(201);
  }, 180_000);
  afterAll(() => stage?.stop());

  /** A mother and a child, both marked with where they are, she with an earlier identity. */
  async function aHiddenCase(): Promise<TakenCase> {
    const night = await takenCase(
      stage,
      police,
      worker,
      aReport({
        victims: [
          aVictim('victim-1', {
            name: 'Kanarie Nunamn',
            number: '19700101-1234',
            protectedStatus: 'YES',
            assertedDistrict: 'Skarpnäck',
          }),
        ],
        children: [aChild('child-1', { name: 'Barn Kanarie', number: '20180402-2384' })],
      }),
    );
    for (const { subjectId } of [night.adult, night.child]) {
      const marked = await worker.post(`/incidents/${night.incident}/protected-identities`, {
        act: 'mark',
        actingUnit: NIGHT_UNIT,
        subjectId,
        level: subjectId === night.adult.subjectId ? 'assumed-identity' : 'protected-registration',
        authority: subjectId === night.adult.subjectId ? 'police-authority' : 'tax-agency',
        provision: 'FOL-16',
        decidedOn: '2026-01-01',
        from: '2026-01-01',
        until: null,
        assertedDistrict: 'Skarpnäck',
        whereabouts: WHERE,
      });
      if (marked.status !== 201) throw new Error(JSON.stringify(marked.body));
    }
    const linked = await head.post(`/incidents/${night.incident}/identity-links`, {
      actingUnit: NIGHT_UNIT,
      subjectId: night.adult.subjectId,
      earlierName: OLD.name,
      earlierNumber: OLD.number,
      reason: 'skäl',
    });
    if (linked.status !== 201) throw new Error(JSON.stringify(linked.body));
    return night;
  }
  const take = async (as: As, matterId: string) => {
    const { body } = await as.get(`/matters/${matterId}`);
    const took = await as.post(`/matters/${matterId}/take-over`, {}, { 'if-match': `"${body.version}"` });
    expect(took.status).toBe(200);
  };
  const unmasked = async ({ incident }: TakenCase, subjectId: string) => {
    const asked = await officer.post(`/incidents/${incident}/unmaskings`, {
      actingUnit: NIGHT_UNIT,
      subjectId,
      reason: 'ska ringa',
    });
    expect(asked.status).toBe(201);
    const path = `/unmaskings/${asked.body.unmaskingId}`;
    return [(await officer.get(path)).text, (await officer.get(`${path}/whereabouts`)).text].join();
  };
  const previewed = (as: As, matterId: string) => {
    const unknown = { value: 'unknown' };
    return as.post('/dispatches/preview', {
      items: [
        {
          matterId,
          toUnit: BOU_UNIT,
          answers: {
            'consent-and-basis': unknown,
            'told.who-what': unknown,
            'guardianship-and-residence': unknown,
          },
        },
      ],
    });
  };

  it('sees by a broken glass no more than anybody: unmasking is asked for by itself, and nothing is sent through it', async () => {
    const night = await aHiddenCase();
    for (const { matterId } of [night.adult, night.child]) await take(worker, matterId);
    for (const { matterId, subjectId } of [night.adult, night.child]) {
      const broken = await officer.post('/break-glass', {
        actingUnit: NIGHT_UNIT,
        matterId,
        reason: 'DANGER_NOW',
        words: 'hon ringer nu',
      });
      expect(broken.status).toBe(201);
      const glass = await officer.get(`/break-glass/${broken.body.breakGlassId}/content`);
      expect(glass.status).toBe(200);
      expect(glass.text).toMatch(/Kanarie Nunamn|Barn Kanarie/);
      expect(glass.text).not.toMatch(/Kanariegatan|Förrnamn|19610118|whereabouts|"residence":/);
      expect(await unmasked(night, subjectId)).toContain(WHERE);
      // It is open still, and tells no more for it.
      const again = await officer.get(`/break-glass/${broken.body.breakGlassId}/content`);
      expect(again.body).toEqual(glass.body);
    }
    const preview = await previewed(officer, night.child.matterId);
    expect([preview.status, preview.body.code]).toEqual([403, 'CONTENT_NOT_ASSIGNED']);
  });

  it('sends no more than anybody: what she unmasked stays at her unit', async () => {
    const night = await aHiddenCase();
    expect(await unmasked(night, night.child.subjectId)).toContain(WHERE);
    expect(await unmasked(night, night.adult.subjectId)).toContain(OLD.name);
    await officer.post(`/incidents/${night.incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: night.child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'unknown',
      assessedAt: new Date().toISOString(),
    });
    await take(officer, night.child.matterId);
    const preview = await previewed(officer, night.child.matterId);
    expect(preview.text).not.toMatch(/Kanariegatan|Förrnamn|19610118/);
    const sent = await officer.post('/dispatches', { previewId: preview.body.previewId });
    if (sent.status !== 201) throw new Error(JSON.stringify([preview.body, sent.body]));
    const [{ handoffId }] = sent.body.handoffs;
    const opened = await bou.post(`/handoffs/${handoffId}/open`);
    const accepted = await bou.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect(accepted.status).toBe(200);
    const told = await bou.get(`/handoffs/${handoffId}/content`);
    expect(told.text).toContain('Barn Kanarie');
    expect(told.text).not.toMatch(/protected|Kanariegatan|Förrnamn|19610118|"residence":/);
    const apart = await bou.get(`/handoffs/${handoffId}/safe-contact`);
    expect(apart.text).not.toMatch(/Förrnamn|19610118|Kanariegatan 11/);
  });
});
