import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aReport } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

// From request to release is some thirty commands and readings, on a machine that may be loaded.
jest.setTimeout(30_000);

interface DraftField {
  readonly key: string;
  readonly field: string;
  readonly standing: string;
  readonly value: unknown;
  readonly full: unknown;
  readonly reasons: { readonly rule: string; readonly mayBeLiftedBy: string }[];
}

describe('a request for insight', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let head: As;
  let taken: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    taken = await takenCase(stage, police, worker, aReport({ policeReference: '0201-K123-26' }));
  }, 120_000);
  afterAll(async () => stage?.stop());

  const ask = async (some: Record<string, unknown> = {}): Promise<string> => {
    const answer = await worker.post(`/incidents/${taken.incident}/insight-requests`, {
      actingUnit: NIGHT_UNIT,
      subjectId: taken.adult.subjectId,
      capacity: 'subject',
      receivedAt: new Date(Date.now() - 60_000).toISOString(),
      askedFor: 'kanariebegäran',
      requester: 'kanariebegärare',
      identifiedBy: 'identity-document',
      ...some,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.recordId;
  };
  const draftOf = async (id: string): Promise<{ digest: string; fields: DraftField[] }> =>
    (await worker.get(`/insight-requests/${id}/draft`)).body;
  const fieldOf = (fields: readonly DraftField[], name: string): DraftField => {
    const found = fields.find(({ field }) => field === name);
    if (found === undefined) throw new Error(`no ${name} in the draft`);
    return found;
  };
  /** Everything that is still to be read, masked. */
  const readTheRest = async (id: string) => {
    for (const { key, standing } of (await draftOf(id)).fields) {
      if (standing !== 'read-first') continue;
      await worker.post(`/insight-requests/${id}/masking`, { key, to: 'masked', reason: 'läst' });
    }
  };

  it('starts a target that explains itself, and keeps who asked sealed', async () => {
    const id = await ask();
    const view = await worker.get(`/insight-requests/${id}`);
    expect([view.status, view.body.phase, view.body.subjectId]).toEqual([
      200,
      'received',
      taken.adult.subjectId,
    ]);
    const [deadline] = view.body.deadlines;
    expect(deadline.rule).toBe('insight-decision');
    expect(JSON.stringify(deadline.because)).toContain('skyndsamt');
    expect((await worker.get(`/insight-requests/${id}/asked`)).body.asked.requester).toBe('kanariebegärare');
    const rows = await stage.admin.query('select * from socialjouren.insight_request where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain('kanarie');
    const stream = await stage.admin.query(
      `select open from socialjouren.stream where kind = 'clock' and id = $1`,
      [id],
    );
    expect(stream).toEqual([{ open: true }]);
  });

  it('drafts by whom it concerns: her own is shown, her safe contact and places are not', async () => {
    const { fields } = await draftOf(await ask());
    expect(fieldOf(fields, 'violence.codes')).toMatchObject({
      standing: 'shown',
      value: ['PHYSICAL', 'CONTROL'],
    });
    const number = fieldOf(fields, 'safe-contact.number');
    expect([number.standing, number.value, number.full]).toEqual(['masked', null, 'kanarie-nummer']);
    expect(fieldOf(fields, 'incident.place').standing).toBe('masked');
    expect(fieldOf(fields, 'police.reference').standing).toBe('read-first');
    expect(fieldOf(fields, 'facts').reasons.map(({ rule }) => rule)).toContain('NO_BASIS');
    const readings: { action: string }[] = await stage.admin.query(
      `select action from socialjouren.audit_leaf where action = 'read-known'`,
    );
    expect(readings.length).toBeGreaterThan(0);
  });

  it('never has the parent’s safe contact in the child’s file, nor shows a public reader anything', async () => {
    const childs = await draftOf(
      await ask({ subjectId: taken.child.subjectId, capacity: 'guardian', isPerson: taken.adult.subjectId }),
    );
    const contact = childs.fields.filter(({ field }) => field.startsWith('safe-contact.'));
    expect(contact.every(({ standing }) => standing === 'absent')).toBe(true);
    const anybody = await draftOf(await ask({ capacity: 'public', identifiedBy: 'not-asked' }));
    expect(anybody.fields.map(({ standing }) => standing)).not.toContain('shown');
  });

  it('goes from draft to release: single fields lifted with reasons, decided by the head, an appeal, a disclosure', async () => {
    const id = await ask();
    const change = (as: As, key: string, to = 'shown') =>
      as.post(`/insight-requests/${id}/masking`, { key, to, reason: 'kanarieskäl' });
    const { fields } = await draftOf(id);
    const decide = async (as: As) =>
      as.post(`/insight-requests/${id}/decision`, {
        draftDigest: (await draftOf(id)).digest,
        reasons: 'kanariebeslut',
      });
    expect((await decide(head)).body.code).toBe('INSIGHT_READ_FIRST');
    expect((await change(worker, fieldOf(fields, 'police.reference').key)).status).toBe(201);
    // What happened is about the child too: that is the head's to weigh.
    const facts = fieldOf(fields, 'facts');
    expect((await change(worker, facts.key)).body.code).toBe('INSIGHT_HEAD_DECIDES');
    expect((await change(head, facts.key)).status).toBe(201);
    const contact = await change(worker, '0'.repeat(64));
    expect(contact.status).toBe(404);

    await readTheRest(id);
    expect((await decide(worker)).body.code).toBe('INSIGHT_HEAD_DECIDES');
    const stale = await head.post(`/insight-requests/${id}/decision`, {
      draftDigest: '0'.repeat(64),
      reasons: 'x',
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'INSIGHT_DRAFT_CHANGED']);
    expect((await decide(head)).status).toBe(201);
    expect((await decide(head)).body.code).toBe('INSIGHT_DECIDED');

    const extract = (await worker.get(`/insight-requests/${id}/extract`)).body;
    expect(extract.outcome).toBe('RELEASED_IN_PART');
    expect(extract.fields.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['violence.codes', 'facts', 'police.reference']),
    );
    expect(JSON.stringify(extract)).toContain('kanariefakta');
    expect(JSON.stringify(extract)).not.toContain('kanarie-nummer');
    expect(JSON.stringify(extract)).not.toContain('Kanariebarn');
    expect(extract.appeal.sv).toMatch(/Kammarrätten i Stockholm.*tre veckor/s);
    expect(extract.appeal.en).toMatch(/three weeks/);
    expect(extract.provisions).toContain('OSL 21:3');

    const paper = await stage.fileAs('socialjouren-case-worker', `/insight-requests/${id}/extract/pdf`);
    expect([paper.status, paper.bytes.subarray(0, 5).toString('latin1')]).toEqual([200, '%PDF-']);

    const early = await worker.post(`/insight-requests/${await ask()}/release`, {
      how: 'in-person',
      to: 'x',
      handedOutAt: new Date().toISOString(),
    });
    expect(early.body.code).toBe('INSIGHT_NOT_DECIDED');
    const released = await worker.post(`/insight-requests/${id}/release`, {
      how: 'in-person',
      to: 'kanariemottagare',
      handedOutAt: new Date().toISOString(),
    });
    expect(released.status).toBe(201);
    const left = (await worker.get(`/insight-requests/${id}/release`)).body;
    expect([left.basis, left.fields.includes('facts')]).toEqual(['FL 10 §, OSL 10:3', true]);
    const view = (await worker.get(`/insight-requests/${id}`)).body;
    expect([view.phase, view.outcome]).toEqual(['released', 'RELEASED_IN_PART']);
    expect(new Date(view.appealBy).getTime()).toBeGreaterThan(Date.now() + 20 * 24 * 3_600_000);
    expect(
      view.deadlines.map(({ rule, endedAs }: { rule: string; endedAs: string }) => [rule, endedAs]),
    ).toEqual(
      expect.arrayContaining([
        ['insight-decision', 'met'],
        ['insight-release', 'met'],
      ]),
    );
    const leaves: { action: string }[] = await stage.admin.query(
      'select action from socialjouren.audit_leaf order by at',
    );
    expect(leaves.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['ask-insight', 'insight-unmask', 'decide-insight', 'release-insight']),
    );
  });

  it('is not found by another unit, and shows no row with no unit set', async () => {
    const id = await ask();
    expect((await police.get(`/insight-requests/${id}`)).status).toBe(404);
    const list = await worker.get('/insight-requests?limit=1');
    expect([list.body.items.length, typeof list.body.next]).toEqual([1, 'string']);
    await stage.admin.transaction(async (manager) => {
      await manager.query('set local role handslag_socialjouren');
      for (const table of ['insight_request', 'insight_mask', 'insight_decision', 'insight_release']) {
        expect(await manager.query(`select 1 from socialjouren.${table}`)).toEqual([]);
      }
    });
    for (const sql of [
      'update socialjouren.insight_decision set outcome = outcome',
      'delete from socialjouren.insight_request',
    ]) {
      await expect(
        stage.admin.transaction(async (manager) => {
          await manager.query('set local role handslag_socialjouren');
          await manager.query(sql);
        }),
      ).rejects.toThrow(/permission denied/);
    }
  });

  it('previews as he would read it with the masking of the draft, and stores nothing', async () => {
    const before = await stage.admin.query('select count(*)::int as n from socialjouren.audit_leaf');
    const preview = async (isPerson: string) => {
      const answer = await worker.post('/insight-preview', {
        persons: [
          { ref: 'mother', role: 'victim', protectedStatus: 'NO', age: 34 },
          { ref: 'child', role: 'child', protectedStatus: 'NO', age: 8 },
          { ref: 'father', role: 'alleged-perpetrator', protectedStatus: 'NO', age: 40 },
        ],
        answers: [
          { field: 'child.exposure', value: ['SAW'], concerns: ['child'] },
          { field: 'safe-contact.number', value: 'kanarie-nummer', concerns: ['mother'] },
          { field: 'suspect.identity', value: { name: 'kanarie-han' }, concerns: ['father'] },
        ],
        reader: { capacity: 'guardian', fileOf: 'child', isPerson },
      });
      expect([answer.status, JSON.stringify(answer.body).includes('kanarie')]).toEqual([200, false]);
      return answer.body.fields.map(({ standing }: DraftField) => standing);
    };
    expect(await preview('mother')).toEqual(['shown', 'absent', 'masked']);
    expect(await preview('father')).toEqual(['masked', 'absent', 'masked']);
    expect(await stage.admin.query('select count(*)::int as n from socialjouren.audit_leaf')).toEqual(before);
  });
});
