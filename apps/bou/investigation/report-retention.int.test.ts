import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { recordNow, setTimeMachine } from '#directory';
import { Erasures } from '#party';
import { daysPass } from '../../../libs/party/retention/test/retention-stage.js';
import { PLAIN_POLICE, socialParty } from '../../../libs/party/test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { NIGHT_UNIT, takenCase } from '../../../libs/party/test/taken-case.js';
import { addMandate } from '../../../libs/party/test/test-directory.js';
import { BOU } from '../bou.party.js';

const BOU_UNIT = 'bou-skarpnack';
const SECOND = 'p-test-bou-administrator';

/** A report that led to no investigation is kept outside the file and has a rule of its own (domain.md B8). */
describe('a report about a child, five years later', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let bou: As;
  let head: As;
  let administrator: As;
  let reported: string;
  let investigated: string;

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), BOU]);
    await setTimeMachine(stage.admin, true);
    await addMandate(stage.admin, { person: SECOND, unit: BOU_UNIT, role: 'administrator' });
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    bou = await stage.as('bou-case-worker-skarpnack');
    head = await stage.as('bou-unit-head-skarpnack');
    const authorization = `Bearer ${await stage.issuer.token(SECOND)}`;
    const server = stage.app('bou').getHttpServer();
    administrator = {
      get: async (path) => request(server).get(`/api/v1${path}`).set({ authorization }),
      post: async (path, body = {}) =>
        request(server)
          .post(`/api/v1${path}`)
          .set({ authorization, 'idempotency-key': freshKey() })
          .send(body),
    };
    reported = await decided(false);
    investigated = await decided(true);
  }, 120_000);
  afterAll(async () => stage?.stop());

  /** A child's matter that BoU took, decided on and closed: its subject, as the record has it. */
  async function decided(opened: boolean): Promise<string> {
    const now = async () => (await recordNow(stage.admin.manager)).toISOString();
    const { incident, child } = await takenCase(stage, police, worker);
    await worker.post(`/incidents/${incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'kanarieskäl',
      childHeard: 'unknown',
      assessedAt: await now(),
    });
    const answers = { 'consent-and-basis': { value: 'unknown' }, 'told.who-what': { value: 'unknown' } };
    const preview = await worker.post('/dispatches/preview', {
      items: [{ matterId: child.matterId, toUnit: BOU_UNIT, answers }],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    const path = `/handoffs/${sent.body.handoffs[0].handoffId}`;
    const seen = await bou.post(`${path}/open`);
    await bou.post(`${path}/accept`, {}, { 'if-match': seen.headers['etag'] ?? '' });
    const matter = `/matters/${child.matterId}`;
    const decision = await bou.post(`${matter}/investigation-decision`, {
      opened,
      ground: opened ? 'VIOLENCE' : 'NO_NEED',
      mayHaveBeenExposed: opened,
      reasons: 'kanarieskäl',
      decidedAt: await now(),
    });
    if (opened) {
      await bou.post(`${matter}/child-case/acts`, {
        ...{ kind: 'closing', outcome: 'NO_MEASURE', reasons: 'kanarieskäl', at: await now() },
      });
    }
    const closed = await bou.post(
      `${matter}/close`,
      { outcome: 'NOTHING_FURTHER', decision: { nothingFurtherNeeded: true, reasons: 'kanarieskäl' } },
      { 'if-match': (await bou.get(matter)).headers['etag'] ?? '' },
    );
    if (closed.status !== 200) throw new Error(JSON.stringify([preview.body, decision.body, closed.body]));
    const [row]: { subject_id: string }[] = await stage.admin.query(
      'select subject_id from custody.matter where id = $1',
      [child.matterId],
    );
    return row?.subject_id ?? '';
  }
  const list = async (rule: string) => (await head.post('/disposals', { actingUnit: BOU_UNIT, rule })).body;
  const listedOf = async (disposalId: string): Promise<string[]> => {
    const rows: { subject_id: string }[] = await stage.admin.query(
      `select subject_id from bou.disposal_item where disposal_id = $1 and verdict = 'goes'`,
      [disposalId],
    );
    return rows.map(({ subject_id }) => subject_id);
  };

  it('goes by its own rule, and what was investigated by that of the personal file', async () => {
    expect(await list('report-without-investigation')).toMatchObject({ goes: 0, notYet: 1 });
    await daysPass(stage, 5 * 366 + 2);
    expect(await listedOf((await list('report-without-investigation')).disposalId)).toEqual([reported]);
    expect(await listedOf((await list('personal-file')).disposalId)).toEqual([investigated]);
  });

  it('takes the decision and its sealed reasons with it', async () => {
    const { disposalId, listDigest } = await list('report-without-investigation');
    const path = `/disposals/${disposalId}`;
    await head.post(`${path}/propose`, { listDigest, registerExtract: 'NOT_SAFE_TO_OFFER' });
    expect((await administrator.post(`${path}/decide`, { approves: true, listDigest })).status).toBe(200);
    const decisions = async () =>
      stage.admin.query(
        `select m.subject_id from bou.investigation_decision d join custody.matter m on m.id = d.matter_id`,
      );
    expect(await decisions()).toHaveLength(2);
    const erasures = stage.app('bou').get(Erasures, { strict: false });
    await erasures.publish({ decisionId: disposalId });
    expect(await erasures.eraseSome({ decisionId: disposalId })).toEqual({ left: 0 });
    await erasures.prove({ decisionId: disposalId });
    expect(await decisions()).toEqual([{ subject_id: investigated }]);
    const { body } = await head.get(path);
    expect(body).toMatchObject({ state: 'erased', proof: { persons: 1, stillOpened: 0 } });
    expect(body.proof.rows).toBeGreaterThan(0);
  });
});
