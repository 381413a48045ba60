import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { setTimeMachine } from '#directory';
import { receiptKeys, verifyErasure } from '#sealing';
import { CustodyReader } from '../record/custody-reader.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT } from '../test/taken-case.js';
import { Erasures } from './erasures.service.js';
import { addAdministrator, adultCase, daysPass, type TakenAdult } from './test/retention-stage.js';

const FIVE_YEARS = 5 * 366;

interface Line {
  readonly verdict: string;
  readonly exemptions: string[];
  readonly because: { code: string; source: { sv: string }; status: string }[];
}

describe('disposal by two persons', () => {
  let stage: Stage;
  let head: As;
  let worker: As;
  let administrator: As;
  let erasures: Erasures;
  let goes: TakenAdult;
  let sampled: TakenAdult;
  let unknown: TakenAdult;
  let returning: TakenAdult;
  let outwardOf: (subject: TakenAdult) => string;
  let listed: { disposalId: string; listDigest: string };

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    head = await stage.as('socialjouren-unit-head');
    worker = await stage.as('socialjouren-case-worker');
    administrator = await addAdministrator(stage);
    erasures = stage.app('socialjouren').get(Erasures, { strict: false });
    goes = await adultCase(stage, { birthDate: '1990-03-07' });
    sampled = await adultCase(stage, { birthDate: '1990-03-15' });
    unknown = await adultCase(stage, { birthDate: 'unknown' });
    returning = await adultCase(stage, { birthDate: '1985-01-02', name: 'Kanarie Återkommande' });
    outwardOf = ({ adult }) => adult.subjectId;
  }, 120_000);
  afterAll(async () => stage?.stop());

  const list = (as: As = head) => as.post('/disposals', { actingUnit: NIGHT_UNIT, rule: 'personal-file' });
  const linesOf = async (id: string): Promise<Map<string, Line>> => {
    const lines = new Map<string, Line>();
    for (let after = ''; ; ) {
      const { body } = await head.get(`/disposals/${id}/items?limit=2${after}`);
      for (const item of body.items) lines.set(item.subjectId, item);
      if (body.next === null) return lines;
      after = `&after=${body.next}`;
    }
  };

  it('lists nothing before five years have passed', async () => {
    await daysPass(stage, FIVE_YEARS - 30);
    const { status, body } = await list();
    expect([status, body.goes, body.exempt]).toEqual([201, 0, 0]);
    expect(body.notYet).toBeGreaterThanOrEqual(4);
    const empty = await head.post(`/disposals/${body.disposalId}/propose`, {
      listDigest: body.listDigest,
      registerExtract: 'OFFERED',
    });
    expect([empty.status, empty.body.code]).toEqual([422, 'NOTHING_TO_DISPOSE']);
  });

  it('lists who goes and who is exempt, each with its reasons and no name', async () => {
    // Somebody the unit met before comes back, and is current.
    await adultCase(stage, { birthDate: '1985-01-02', name: 'Kanarie Återkommande', goesOn: true });
    await daysPass(stage, 60);
    const { status, body } = await list();
    expect([status, body.state, body.goes, body.exempt]).toEqual([201, 'listed', 1, 3]);
    listed = body;
    const lines = await linesOf(body.disposalId);
    expect(lines.size).toBe(4);
    expect(lines.get(outwardOf(goes))).toMatchObject({ verdict: 'goes', exemptions: [] });
    expect(lines.get(outwardOf(sampled))?.exemptions).toEqual(['research-sample']);
    expect(lines.get(outwardOf(unknown))?.exemptions).toEqual(['birth-day-unknown']);
    expect(lines.get(outwardOf(returning))?.exemptions).toEqual(['current-in-register']);
    for (const { because } of lines.values()) {
      expect(because.length).toBeGreaterThan(0);
      for (const { source, status: known } of because) expect([source.sv !== '', known]).toEqual([true, 'C']);
    }
    expect(JSON.stringify([...lines.values(), body])).not.toMatch(/kanarie|1990|1985/i);
  });

  it('audits that identities were opened for it, once for each person', async () => {
    const opened: { n: number }[] = await stage.admin.query(
      `select count(*)::int as n from socialjouren.audit_leaf where action = 'derive-retention-facts' and target_id = $1`,
      [goes.subjectId],
    );
    expect(opened).toEqual([{ n: 1 }]);
  });

  it('is proposed only as it was read, and approved by another person only', async () => {
    const path = `/disposals/${listed.disposalId}`;
    const stale = await head.post(`${path}/propose`, {
      listDigest: '0'.repeat(64),
      registerExtract: 'OFFERED',
    });
    expect(stale.body.code).toBe('DISPOSAL_LIST_CHANGED');
    expect((await worker.post(`${path}/propose`, {})).status).toBe(403);
    const proposed = await head.post(`${path}/propose`, {
      listDigest: listed.listDigest,
      registerExtract: 'OFFERED',
    });
    expect([proposed.status, proposed.body.state]).toEqual([200, 'proposed']);
    expect(proposed.body.registerExtract).toMatchObject({ step: 'OFFERED', digest: expect.any(String) });
    const verdict = { approves: true, listDigest: listed.listDigest };
    const alone = await head.post(`${path}/decide`, verdict);
    expect([alone.status, alone.body.code]).toEqual([403, 'SECOND_PERSON_REQUIRED']);
    await expect(erasures.publish({ decisionId: listed.disposalId })).rejects.toThrow('not approved');
    await expect(
      stage.admin.query(
        `update socialjouren.disposal set state = 'approved', decided_by = proposed_by, decided_at = now()
        where id = $1`,
        [listed.disposalId],
      ),
    ).rejects.toThrow('disposal_two_persons');
    const approved = await administrator.post(`${path}/decide`, verdict);
    expect([approved.status, approved.body.state, approved.body.progress]).toEqual([
      200,
      'approved',
      { erased: 0, skipped: 0, left: 1 },
    ]);
    const [stream] = await stage.admin.query(
      `select open from socialjouren.stream where kind = 'erasure' and id = $1`,
      [listed.disposalId],
    );
    expect(stream).toEqual({ open: true });
  });

  it('erases exactly who was listed, however often it is killed and told again', async () => {
    const decision = { decisionId: listed.disposalId };
    const handoff = await theHandoffOf(goes);
    expect((await worker.get(`/handoffs/${handoff}/content`)).status).toBe(200);
    await erasures.publish(decision);
    await erasures.publish(decision);
    // Killed after custody's transaction and before the wraps went: the next one finds it half done.
    const broken = new Erasures({
      party: 'socialjouren',
      database: stage.app('socialjouren').get(DataSource, { strict: false }),
      reader: stage.app('socialjouren').get(CustodyReader, { strict: false }),
      units: () => Promise.resolve([NIGHT_UNIT]),
      sealing: Object.assign(Object.create(stage.app('socialjouren').get(PartySealing, { strict: false })), {
        unitKeys: { dispose: () => Promise.reject(new Error('killed')) },
      }),
    });
    await expect(broken.eraseSome(decision)).rejects.toThrow('killed');
    expect((await head.get(`/disposals/${listed.disposalId}`)).body.progress).toEqual({
      erased: 0,
      skipped: 0,
      left: 1,
    });
    expect(await erasures.eraseSome(decision)).toEqual({ left: 0 });
    expect(await erasures.eraseSome(decision)).toEqual({ left: 0 });
    await erasures.prove(decision);
    await erasures.prove(decision);

    const { body } = await head.get(`/disposals/${listed.disposalId}`);
    expect(body).toMatchObject({
      state: 'erased',
      progress: { erased: 1, skipped: 0, left: 0 },
      proof: { persons: 1, stillOpened: 0 },
    });
    expect(body.proof.contents).toBeGreaterThan(0);
    expect(body.proof.wraps).toBeGreaterThan(0);
    expect(body.proof.leaves).toBeGreaterThan(0);
    expect(body.proof.before).not.toBe(body.proof.after);
    const keys = receiptKeys(
      await stage.app('socialjouren').get(PartySealing, { strict: false }).store.signingKeys(),
    );
    expect(await verifyErasure(body.receipt, keys)).toMatchObject({
      iss: NIGHT_UNIT,
      disposalId: listed.disposalId,
      listDigest: listed.listDigest,
      persons: 1,
    });
    expect(await verifyErasure(body.receipt.replace('.', '.A'), keys)).toBeNull();

    const refused = await worker.get(`/handoffs/${handoff}/content`);
    expect([refused.status, refused.body.code]).toEqual([410, 'CONTENT_ERASED']);
    expect((await worker.get(`/handoffs/${await theHandoffOf(sampled)}/content`)).status).toBe(200);
  });

  const theHandoffOf = async ({ adult }: TakenAdult): Promise<string> => {
    const [row]: { id: string }[] = await stage.admin.query(
      'select id from custody.handoff where matter_id = $1',
      [adult.matterId],
    );
    return row?.id ?? '';
  };
});
