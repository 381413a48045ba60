import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { type AuditLeaf, ERASE_AUDIT_PERSON, makeLeaf } from '#audit';
import { aLeaf, type SealerProcess, SealerStage } from '../../apps/sealer/test/sealer-stage.js';
import { TreeHeadWitness } from '../../libs/party/audit/tree-head-witness.js';
import { treeHeadTables } from '../../libs/party/audit/tree-heads.tables.js';
import { exportAudit } from '../audit/export-audit.js';
import { Problem } from '../local/problem.js';
import { checkLeaves } from './checks/audit.check.js';
import { checkTrees } from './checks/tree.check.js';
import { Defects } from './defects.js';
import { readKnownHeads } from './trail/known-heads.js';
import { verifyExport } from './verify-export.js';

/** The tree of the service itself, which its party witnesses without a unit in the directory. */
const TREE = 'service:rvt';
const GUARDED = [
  ['audit', 'tree_leaf', 'tree_leaf_append_only'],
  ['audit', 'tree_node', 'tree_node_append_only'],
  ['audit', 'tree_head', 'tree_head_append_only'],
  ['rvt', 'audit_leaf', 'audit_leaf_append_only'],
  ['rvt', 'audit_leaf', 'audit_leaf_unchanged'],
  ['bou', 'audit_leaf', 'audit_leaf_append_only'],
];

/** Every test plants one defect in a sealed audit, as only somebody who may alter the tables can, and looks for it in both ways. */
describe('what verify finds in the audit', () => {
  let stage: SealerStage;
  let one: SealerProcess;
  let witness: TreeHeadWitness;
  let leaves: AuditLeaf[];
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-trail-'));
    stage = await SealerStage.open();
    one = await stage.sealer();
    for (const migration of treeHeadTables('rvt').migrations) {
      const made = new migration();
      if ('sql' in made) await stage.admin.query(String(made.sql));
    }
    witness = new TreeHeadWitness(await stage.as('rvt'), 'rvt', stage.log);
    leaves = await stage.write('rvt', TREE, 5);
    await seal();
    await witness.look();
    leaves.push(...(await stage.write('rvt', TREE, 4)));
    await stage.write('bou', 'another', 3);
    await seal();
    await witness.look();
    leaves.push(...(await stage.write('rvt', TREE, 2)));
    await seal();
  }, 60_000);
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await stage?.close();
  });

  const seal = async (): Promise<void> => {
    while ((await one.sealer.sealOnce()) > 0);
  };
  const unguarded = (sql: string): Promise<void> => {
    const turn = (how: string) =>
      GUARDED.map(
        ([schema, table, trigger]) => `alter table ${schema}.${table} ${how} trigger ${trigger};`,
      ).join('');
    return stage.admin.query(`${turn('disable')} ${sql}; ${turn('enable always')}`);
  };
  const leafAt = (index: number): AuditLeaf => {
    const leaf = leaves[index];
    if (leaf === undefined) throw new Error(`no leaf ${index}`);
    return leaf;
  };

  async function live(headsFile?: string, graceSeconds = 300): Promise<string[]> {
    const known = headsFile === undefined ? [] : await readKnownHeads(headsFile);
    return stage.admin.transaction('REPEATABLE READ', async (manager: EntityManager) => {
      const defects = new Defects();
      const context = { manager, defects, now: new Date(), schemas: ['bou', 'rvt'], graceSeconds };
      await checkLeaves(context);
      await checkTrees(context, known);
      return defects.all().map(({ check }) => check);
    });
  }

  async function exported(
    name: string,
    { persons = true, authorities = [] as string[] } = {},
  ): Promise<string> {
    const lines: string[] = [];
    await exportAudit({
      record: stage.admin,
      authorities,
      persons,
      write: async (line) => void lines.push(`${line}\n`),
    });
    const file = path.join(folder, name);
    writeFileSync(file, lines.join(''));
    return file;
  }

  async function offline(file: string, headsFile?: string): Promise<string[]> {
    const { defects, ok } = await verifyExport(
      file,
      headsFile === undefined ? [] : await readKnownHeads(headsFile),
    );
    expect(ok).toBe(defects.length === 0);
    return defects.map(({ check }) => check);
  }
  const both = async (headsFile?: string): Promise<{ live: string[]; offline: string[] }> => ({
    live: await live(headsFile),
    offline: await offline(await exported('planted.jsonl'), headsFile),
  });

  it('nothing, while all is as it was sealed; also of one authority, without persons, and of what waits', async () => {
    await stage.write('bou', 'another', 2);
    const file = await exported('whole.jsonl', { persons: false });
    expect([await live(file), await offline(file, file)]).toEqual([[], []]);
    const ofOne = await exported('one.jsonl', { authorities: [TREE] });
    const report = await verifyExport(ofOne, []);
    expect(report).toMatchObject({ ok: true, figures: { trees: 1, sealed: 11, unsealed: 0, persons: 11 } });
    const whole = await verifyExport(file, []);
    expect(whole).toMatchObject({ ok: true, figures: { trees: 2, sealed: 14, unsealed: 2, persons: 0 } });
    expect(readFileSync(file, 'utf8')).not.toContain('person-7');
  });

  it('a changed leaf', async () => {
    await unguarded(`update rvt.audit_leaf set code = 'FORBIDDEN' where id = '${leafAt(3).id}'`);
    expect(await both()).toEqual({ live: ['rvt: leaf LEAF_DIFFERS'], offline: ['leaf LEAF_DIFFERS'] });
  });

  it('another person put into a leaf', async () => {
    await unguarded(
      `update rvt.audit_leaf set personal = replace(personal, 'person-7', 'person-8') where id = '${leafAt(3).id}'`,
    );
    expect(await both()).toEqual({ live: ['rvt: leaf PERSON_DIFFERS'], offline: ['leaf PERSON_DIFFERS'] });
  });

  it('a leaf made anew with hashes of its own', async () => {
    await replaceLeaf(leafAt(3), { code: 'FORBIDDEN' });
    expect(await both()).toEqual({
      live: ['tree: leaf is not what was sealed'],
      offline: expect.arrayContaining([
        'tree: signed head has another root',
        'tree: head kept by rvt has another root',
      ]),
    });
  });

  it('a removed leaf, also with its position', async () => {
    await unguarded(`delete from rvt.audit_leaf where id = '${leafAt(6).id}'`);
    const gone = await both();
    expect(gone.live).toEqual(['tree: sealed leaf is gone']);
    expect(gone.offline).toEqual(
      expect.arrayContaining(['tree: position is missing', 'tree: signed head has another root']),
    );
    await unguarded(`delete from audit.tree_leaf where leaf_id = '${leafAt(6).id}'`);
    expect(await live()).toEqual(
      expect.arrayContaining(['tree: position is missing', 'tree: signed head has another root']),
    );
  });

  it('an end that was cut off with all that speaks for it, against the heads that a party kept or that are known', async () => {
    const before = await exported('before.jsonl');
    const tail = `position >= 5 and authority = '${TREE}'`;
    await unguarded(`delete from rvt.audit_leaf where id in (select leaf_id from audit.tree_leaf where ${tail});
      delete from audit.tree_leaf where ${tail};
      delete from audit.tree_node where authority = '${TREE}' and (position + 1) * (1 << level) > 5;
      delete from audit.tree_head where authority = '${TREE}' and size > 5`);
    const kept = 'tree: is shorter than a head kept by rvt';
    expect(await both()).toEqual({ live: [kept], offline: [kept] });
    const known = [kept, 'tree: is shorter than a head known elsewhere'];
    expect(await both(before)).toEqual({ live: known, offline: known });
  });

  it('a history rewritten as a whole by the sealer itself, against the heads that a party kept or that are known', async () => {
    const before = await exported('before.jsonl');
    await replaceLeaf(leafAt(1), { code: 'FORBIDDEN' });
    await unguarded(`truncate audit.tree_leaf, audit.tree_node, audit.tree_head;
      insert into rvt.audit_unsealed (leaf_id) select id from rvt.audit_leaf;
      insert into bou.audit_unsealed (leaf_id) select id from bou.audit_leaf`);
    await seal();
    const kept = 'tree: head kept by rvt has another root';
    expect(await both()).toEqual({ live: [kept], offline: [kept] });
    const known = expect.arrayContaining([kept, 'tree: head known elsewhere has another root']);
    expect(await both(before)).toEqual({ live: known, offline: known });
    // The witness told of it by itself, and verify tells that it did.
    await witness.look();
    expect(await live()).toContain('tree: rvt was shown a head that is forked');
  });

  it('a tree that was forked: another head of the same size for somebody else', async () => {
    const file = await exported('one-branch.jsonl');
    const elsewhere = await SealerStage.open();
    const lines = readFileSync(file, 'utf8').split('\n');
    try {
      // The same sealer, other leaves: as if it showed each reader a tree of his own.
      const keys: { kid: string; since: Date; public_jwk: unknown; private_sealed: Buffer }[] =
        await stage.admin.query('select * from audit.tree_key');
      for (const { kid, since, public_jwk, private_sealed } of keys)
        await elsewhere.admin.query('insert into audit.tree_key values ($1, $2, $3, $4)', [
          kid,
          since,
          JSON.stringify(public_jwk),
          private_sealed,
        ]);
      const other = await elsewhere.sealer({ masterKey: stage.masterKey });
      await elsewhere.write('rvt', TREE, 5);
      while ((await other.sealer.sealOnce()) > 0);
      const [head]: { authority: string; size: number; root: string; jws: string }[] =
        await elsewhere.admin.query('select authority, size, root, jws from audit.tree_head');
      const branch = path.join(folder, 'other-branch.jsonl');
      writeFileSync(branch, `${JSON.stringify({ type: 'head', ...head })}\n`);
      expect(await both(branch)).toEqual({
        live: ['tree: head known elsewhere has another root'],
        offline: ['tree: head known elsewhere has another root'],
      });
      const at = lines.findIndex((line) => line.includes('"type":"head"'));
      const forked = path.join(folder, 'forked.jsonl');
      writeFileSync(forked, lines.toSpliced(at, 0, JSON.stringify({ type: 'head', ...head })).join('\n'));
      expect(await offline(forked)).toEqual(expect.arrayContaining(['tree: signed head has another root']));
    } finally {
      await elsewhere.close();
    }
  });

  it('a head that was not signed by the sealer, or that says something else', async () => {
    await unguarded(`update audit.tree_head set jws = left(jws, -4) || 'AAAA' where size = 5`);
    expect(await both()).toEqual({
      live: ['tree: signed head SIGNATURE_DIFFERS'],
      offline: ['tree: signed head SIGNATURE_DIFFERS'],
    });
    await unguarded(
      `update audit.tree_head set jws = (select jws from audit.tree_head where size = 9) where size = 5`,
    );
    expect((await live())[0]).toBe('tree: signed head says something else than was signed');
  });

  it('a stored node that is not what its leaves make, and one too many', async () => {
    await unguarded(
      `update audit.tree_node set hash = repeat('0', 64) where authority = '${TREE}' and level = 2 and position = 0`,
    );
    expect(await live()).toEqual(['tree: stored node differs']);
    await unguarded(`insert into audit.tree_node values ('${TREE}', 9, 9, repeat('0', 64))`);
    expect(await live()).toContain('tree: has other nodes than its leaves make');
  });

  it('a leaf that neither is sealed nor waits, one that waited and is gone, and one that waits too long', async () => {
    const [lost, gone] = await stage.write('rvt', TREE, 2);
    expect(await live(undefined, 0)).toEqual(['tree: leaf not sealed in time']);
    await stage.admin.query('delete from rvt.audit_unsealed where leaf_id = $1', [lost?.id]);
    await unguarded(`delete from rvt.audit_leaf where id = '${gone?.id}'`);
    expect(await live()).toEqual(['tree: leaf neither sealed nor waiting', 'tree: waiting leaf is gone']);
  });

  it('a person erased without approval, and not one erased with it', async () => {
    const approval = aLeaf({
      authority: TREE,
      action: ERASE_AUDIT_PERSON,
      target: { kind: 'disposal', id: 'disposal-1' },
    });
    await stage.admin.query('select rvt.erase_audit_person($1::uuid[], $2)', [
      [leafAt(2).id],
      JSON.stringify(approval),
    ]);
    await seal();
    expect(await both()).toEqual({ live: [], offline: [] });
    await unguarded(`update rvt.audit_leaf set salt = null, personal = null where id = '${leafAt(4).id}'`);
    expect(await live()).toEqual(['tree: person erased without approval']);
  });

  it('any one bit that is flipped in an export', async () => {
    const whole = readFileSync(await exported('whole.jsonl'));
    const flipped = path.join(folder, 'flipped.jsonl');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(flipped, bytes);
        expect(await offline(flipped)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('an export that was cut, added to, or is none', async () => {
    const file = await exported('whole.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const changed = path.join(folder, 'changed.jsonl');
    writeFileSync(changed, lines.slice(0, -1).join('\n'));
    expect(await offline(changed)).toEqual(['export: is not whole']);
    writeFileSync(changed, [...lines, lines[0]].join('\n'));
    expect(await offline(changed)).toEqual(['export: line cannot be read']);
    writeFileSync(changed, 'nothing');
    expect(await offline(changed)).toEqual(['export: is not whole', 'export: line cannot be read']);
    await expect(offline(path.join(folder, 'missing.jsonl'))).rejects.toThrow(Problem);
    await expect(readKnownHeads(changed)).rejects.toThrow(Problem);
  });

  /** The same leaf with something else in it, and every hash of its own made anew. */
  async function replaceLeaf(leaf: AuditLeaf, told: { code: string }): Promise<void> {
    const { id, at, authority, unit_id, kind, action } = leaf;
    const made = makeLeaf({
      at,
      authority,
      unitId: unit_id,
      person: 'person-7',
      kind,
      action,
      target: null,
      ...told,
    });
    // `makeLeaf` gives it another id, which is in the hash: positions and queues follow it.
    await unguarded(`delete from rvt.audit_leaf where id = '${id}';
      insert into rvt.audit_leaf select (jsonb_populate_record(null::rvt.audit_leaf, '${JSON.stringify(made)}')).*;
      delete from rvt.audit_unsealed where leaf_id = '${made.id}';
      update audit.tree_leaf set leaf_id = '${made.id}' where leaf_id = '${id}'`);
  }
});
