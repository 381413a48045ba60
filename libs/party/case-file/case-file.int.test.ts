import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verifyReceipt } from '#sealing';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { CaseFileExports } from './case-file-export.service.js';

interface Entry {
  readonly label: { readonly sv: string };
  readonly field: string;
  readonly value: unknown;
  readonly words: string[];
  readonly source: { readonly sv: string } | null;
  readonly at: string | null;
  readonly keepFrom: { readonly sv: string }[];
}

// A font is cut to size for each file; on a loaded machine that takes its time.
jest.setTimeout(30_000);

describe('an export to the case file', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let taken: TakenCase;
  let exports: CaseFileExports;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    taken = await takenCase(stage, police, worker);
    exports = stage.app('socialjouren').get(CaseFileExports, { strict: false });
  }, 120_000);
  afterAll(async () => stage?.stop());

  const made = async (matterId: string): Promise<string> => {
    const asked = await worker.post(`/matters/${matterId}/exports`, { actingUnit: NIGHT_UNIT });
    if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
    const id: string = asked.body.recordId;
    for (let look = 0; look < 200; look += 1) {
      await exports.work();
      const { state } = (await worker.get(`/exports/${id}`)).body;
      if (state === 'ready') return id;
      if (state === 'failed') break;
    }
    throw new Error(`not made: ${stage.logged.slice(-3).join('\n')}`);
  };
  const fetchFile = (id: string, part: 'pdf' | 'json') =>
    stage.fileAs('socialjouren-case-worker', `/exports/${id}/${part}`);
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('gives the same in PDF/A and JSON, with a receipt that names exactly these bytes', async () => {
    const id = await made(taken.adult.matterId);
    const receipt = (await worker.get(`/exports/${id}/receipt`)).body;
    const keys = (await worker.get(receipt.keysAt.replace('/api/v1', ''))).body;
    const verdict = await verifyReceipt(receipt.receipt, keys);
    if (!verdict.ok || verdict.payload.kind !== 'transfer') throw new Error(JSON.stringify(verdict));
    expect(verdict.payload).toMatchObject({ iss: NIGHT_UNIT, exportId: id, madeBy: 'case-worker' });

    const pdf = await fetchFile(id, 'pdf');
    expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
    const json = await fetchFile(id, 'json');
    expect(verdict.payload.files.map((file) => file.sha256)).toEqual([sha256(pdf.bytes), sha256(json.bytes)]);
    expect(verdict.payload.files.map((file) => file.bytes)).toEqual([pdf.bytes.length, json.bytes.length]);
    expect(pdf.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');

    const file = JSON.parse(json.bytes.toString('utf8'));
    expect([file.format, file.head.matterId]).toEqual(['handslag-case-file', taken.adult.matterId]);
    const told: Entry[] = file.sections.find(({ id }: { id: string }) => id === 'told').entries;
    const violence = told.find(({ field }) => field === 'violence.codes');
    expect(violence).toMatchObject({ words: ['Fysiskt, Kontroll'], source: { sv: 'polisen' } });
    expect(violence?.keepFrom.map(({ sv }) => sv)).toEqual(['den misstänkte']);
    expect(violence?.at).toMatch(/^\d{4}-/);
    // The unit's own file is whole: her safe contact is in hers.
    expect(told.map(({ field }) => field)).toContain('safe-contact.number');
    expect(file.sections.map(({ id }: { id: string }) => id)).toEqual([
      'told',
      'notes',
      'acts',
      'disclosed',
      'events',
      'line',
      'deadlines',
    ]);
  });

  it('has no parent’s safe contact in the child’s file', async () => {
    const id = await made(taken.child.matterId);
    const { bytes } = await fetchFile(id, 'json');
    expect(bytes.toString('utf8')).toContain('child.identity');
    expect(bytes.toString('utf8')).not.toContain('safe-contact');
    expect(bytes.toString('utf8')).not.toContain('kanarie-nummer');
  });

  it('is gone once both were fetched, or after a day; the receipt stays', async () => {
    const id = await made(taken.adult.matterId);
    await fetchFile(id, 'pdf');
    expect((await worker.get(`/exports/${id}`)).body).toMatchObject({ state: 'ready', fetched: ['pdf'] });
    await fetchFile(id, 'json');
    expect((await worker.get(`/exports/${id}`)).body.state).toBe('gone');
    const again = await worker.get(`/exports/${id}/pdf`);
    expect([again.status, again.body.code]).toEqual([410, 'EXPORT_GONE']);
    expect((await worker.get(`/exports/${id}/receipt`)).status).toBe(200);
    const left = await stage.admin.query('select 1 from socialjouren.case_file_chunk where export_id = $1', [
      id,
    ]);
    expect(left).toEqual([]);

    const old = await made(taken.adult.matterId);
    await stage.admin.query(
      `update socialjouren.case_file_export set expires_at = directory.record_now() - interval '1 second' where id = $1`,
      [old],
    );
    const pieces: { content_id: string }[] = await stage.admin.query(
      'select content_id from socialjouren.case_file_chunk where export_id = $1',
      [old],
    );
    expect(pieces.length).toBeGreaterThanOrEqual(2);
    await exports.sweep();
    expect((await worker.get(`/exports/${old}/json`)).body.code).toBe('EXPORT_GONE');
    const erased = await stage.admin.query(
      'select 1 from keys.erased_wrap where content_id = any ($1::uuid[])',
      [pieces.map(({ content_id }) => content_id)],
    );
    expect(erased).toHaveLength(pieces.length);
  });

  it('is sealed at rest, audited before it is read, and another unit’s to nobody', async () => {
    const id = await made(taken.adult.matterId);
    const rows: { ciphertext: Buffer }[] = await stage.admin.query(
      'select ciphertext from socialjouren.case_file_chunk where export_id = $1',
      [id],
    );
    expect(rows.some(({ ciphertext }) => ciphertext.includes('kanarie'))).toBe(false);
    const leaves: { action: string }[] = await stage.admin.query(
      `select action from socialjouren.audit_leaf where action in ('read-export', 'export-matter', 'export-made')
       order by at`,
    );
    expect(leaves.slice(-3).map(({ action }) => action)).toEqual([
      'read-export',
      'export-matter',
      'export-made',
    ]);
    expect((await police.get(`/exports/${id}`)).status).toBe(404);
    const others = await police.post(`/matters/${taken.adult.matterId}/exports`, { actingUnit: NIGHT_UNIT });
    expect(others.body.code).toBe('NOT_YOUR_UNIT');
    await stage.admin.transaction(async (manager) => {
      await manager.query('set local role handslag_socialjouren');
      for (const table of ['case_file_export', 'case_file_chunk']) {
        expect(await manager.query(`select 1 from socialjouren.${table}`)).toEqual([]);
      }
    });
  });

  it('is made anew by another when whoever made it died', async () => {
    const id = await made(taken.adult.matterId);
    const [before]: { seq: number }[] = await stage.admin.query(
      `select count(*)::int as seq from socialjouren.case_file_chunk where export_id = $1`,
      [id],
    );
    // As a killed service leaves it: working, half its pieces there, its time over.
    await stage.admin.query(
      `update socialjouren.case_file_export set state = 'working', receipt = null, try_after = '-infinity' where id = $1`,
      [id],
    );
    await exports.work();
    const view = (await worker.get(`/exports/${id}`)).body;
    expect([view.state, view.done, view.total > 0]).toEqual(['ready', view.total, true]);
    const [after]: { seq: number }[] = await stage.admin.query(
      `select count(*)::int as seq from socialjouren.case_file_chunk where export_id = $1`,
      [id],
    );
    expect(after).toEqual(before);
  });
});
