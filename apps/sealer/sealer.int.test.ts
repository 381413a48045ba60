import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TreeReader, verifyConsistency, verifyInclusion, verifyTreeHead } from '#audit';
import { type RunningSealer, startSealer } from './sealer.service.js';
import { SealerConfigSchema } from './sealer-config.schema.js';
import { aLeaf, type SealerProcess, SealerStage } from './test/sealer-stage.js';

let stage: SealerStage;
let one: SealerProcess;
let reader: TreeReader;

beforeAll(async () => {
  stage = await SealerStage.open();
  one = await stage.sealer();
  reader = new TreeReader(stage.admin.manager);
}, 60_000);
afterAll(async () => stage?.close());

/** Rounds until nothing waits. */
async function sealAll({ sealer }: SealerProcess = one): Promise<void> {
  while ((await sealer.sealOnce()) > 0);
}
const newest = async (authority: string) => {
  const [head] = await reader.newestHeads([authority]);
  if (head === undefined) throw new Error(`no head of ${authority}`);
  return head;
};

describe('the sealer', () => {
  afterEach(async () => {
    await sealAll();
    expect(await stage.faults()).toEqual([]);
  });

  it('makes one tree per authority over all schemas, and signs its head', async () => {
    const [first] = await stage.write('rvt', 'farsta', 3);
    const [second] = await stage.write('bou', 'farsta', 2);
    const [other] = await stage.write('bou', 'hägersten');
    expect(await one.sealer.sealOnce()).toBe(6);
    expect(await one.sealer.sealOnce()).toBe(0);
    const places = await Promise.all([first, second, other].map((leaf) => stage.place(leaf?.id ?? '')));
    expect(places.map((place) => place?.authority)).toEqual(['farsta', 'farsta', 'hägersten']);
    const head = await newest('farsta');
    expect([head.size, (await newest('hägersten')).size]).toEqual([5, 1]);
    expect(await verifyTreeHead(head.jws, await reader.keys())).toMatchObject({
      ok: true,
      head: { authority: 'farsta', size: 5, root: head.root },
    });
  });

  it('proves from a few stored rows that a leaf is in the tree, and that the tree only grew', async () => {
    const leaves = await stage.write('rvt', 'proved', 21);
    await sealAll();
    const before = await newest('proved');
    await stage.write('bou', 'proved', 12);
    await sealAll();
    const after = await newest('proved');
    expect([before.size, after.size]).toEqual([21, 33]);
    for (const leaf of leaves) {
      for (const head of [before, after]) {
        const proof = await reader.inclusion('rvt', leaf.id, head.size);
        expect(proof?.leafHash).toBe(leaf.leaf_hash);
        expect(proof !== null && verifyInclusion(leaf.leaf_hash, proof, head.root)).toBe(true);
      }
    }
    expect(await reader.inclusion('bou', leaves[0]?.id ?? '', after.size)).toBeNull();
    const proof = await reader.consistency('proved', before.size, after.size);
    expect(verifyConsistency(before, after, proof)).toBe(true);
  });

  it('gives no leaf a new position, whatever comes later with an earlier instant', async () => {
    const [early] = await stage.write('rvt', 'kept');
    await sealAll();
    const old = aLeaf({ authority: 'kept', at: new Date('2020-01-01T00:00:00Z') });
    await stage.writer.query(
      'insert into bou.audit_leaf select (jsonb_populate_record(null::bou.audit_leaf, $1)).*',
      [JSON.stringify(old)],
    );
    await sealAll();
    expect(await stage.place(early?.id ?? '')).toEqual({ authority: 'kept', position: 0 });
    expect(await stage.place(old.id)).toEqual({ authority: 'kept', position: 1 });
  });

  it('does not skip a leaf whose transaction commits after later ones were sealed', async () => {
    const runner = stage.writer.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    const [late] = await stage.write('rvt', 'late', 1, runner.manager);
    const [prompt] = await stage.write('rvt', 'late');
    await sealAll();
    expect(await stage.place(prompt?.id ?? '')).toEqual({ authority: 'late', position: 0 });
    expect(await stage.place(late?.id ?? '')).toBeNull();
    await runner.commitTransaction();
    await runner.release();
    await sealAll();
    expect(await stage.place(late?.id ?? '')).toEqual({ authority: 'late', position: 1 });
  });

  it('takes a backlog in batches, oldest first', async () => {
    const small = await stage.sealer({ batch: 4 });
    await stage.write('rvt', 'backlog', 10);
    expect([
      await small.sealer.sealOnce(),
      await small.sealer.sealOnce(),
      await small.sealer.sealOnce(),
    ]).toEqual([4, 4, 2]);
    const sizes: { size: number }[] = await stage.admin.query(
      `select size from audit.tree_head where authority = 'backlog' order by size`,
    );
    expect(sizes.map(({ size }) => size)).toEqual([4, 8, 10]);
  });

  it('does no harm twice at once', async () => {
    const processes = await Promise.all([1, 2, 3].map(() => stage.sealer({ batch: 3 })));
    const writing = (async () => {
      for (let round = 0; round < 15; round += 1) {
        await stage.write('rvt', 'crowded', 2);
        await stage.write('bou', 'crowded', 1);
      }
    })();
    let isWriting = true;
    const done = writing.finally(() => {
      isWriting = false;
    });
    await Promise.all(
      processes.map(async ({ sealer }) => {
        while (isWriting) await sealer.sealOnce();
      }),
    );
    await done;
    await sealAll();
    expect((await newest('crowded')).size).toBe(45);
  });

  it('killed between sealing and emptying its queue, doubles nothing after its restart', async () => {
    const leaves = await stage.write('rvt', 'between', 3);
    await stage.admin.query('revoke delete on rvt.audit_unsealed from handslag_sealer');
    await expect(one.sealer.sealOnce()).rejects.toThrow('permission denied');
    await stage.admin.query('grant delete on rvt.audit_unsealed to handslag_sealer');
    const positions = await Promise.all(leaves.map(async ({ id }) => (await stage.place(id))?.position));
    expect([...positions].sort()).toEqual([0, 1, 2]);
    const restarted = await stage.sealer();
    expect(await restarted.sealer.sealOnce()).toBe(3);
    expect(await Promise.all(leaves.map(async ({ id }) => (await stage.place(id))?.position))).toEqual(
      positions,
    );
    expect((await newest('between')).size).toBe(3);
  });

  it('killed before its head is there, has placed nothing', async () => {
    const [leaf] = await stage.write('bou', 'headless');
    await stage.admin.query('revoke insert on audit.tree_head from handslag_sealer');
    await expect(one.sealer.sealOnce()).rejects.toThrow('permission denied');
    await stage.admin.query('grant insert on audit.tree_head to handslag_sealer');
    expect(await stage.place(leaf?.id ?? '')).toBeNull();
    expect(await one.waiting.unsealed()).toMatchObject({ count: 1 });
  });

  it('killed at any moment, again and again while leaves are written, leaves no gap and no double', async () => {
    const victim = await stage.sealer({ batch: 2 });
    let isWriting = true;
    const writing = (async () => {
      for (let round = 0; round < 40; round += 1) await stage.write(round % 2 ? 'rvt' : 'bou', 'unlucky', 2);
    })().finally(() => {
      isWriting = false;
    });
    let killed = 0;
    const killing = (async () => {
      while (isWriting) {
        const ended: unknown[] = await stage.admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where usename = 'handslag_sealer' and datname = current_database() and state <> 'idle'`,
        );
        killed += ended.length;
      }
    })();
    while (isWriting) {
      // What ends a connection in the middle ends the round, as the death of the process would.
      await victim.sealer.sealOnce().catch(() => undefined);
    }
    await Promise.all([writing, killing]);
    expect(killed).toBeGreaterThan(0);
    await sealAll();
    expect((await newest('unlucky')).size).toBe(80);
  }, 60_000);

  it('seals a leaf that was forged as it stands, and tells', async () => {
    const forged = { ...aLeaf({ authority: 'forged' }), code: 'FORBIDDEN' };
    await stage.writer.query(
      'insert into bou.audit_leaf select (jsonb_populate_record(null::bou.audit_leaf, $1)).*',
      [JSON.stringify(forged)],
    );
    await sealAll();
    expect(stage.logged.some((line) => line.includes('leaf.differs') && line.includes(forged.id))).toBe(true);
    expect(await stage.place(forged.id)).toEqual({ authority: 'forged', position: 0 });
  });
});

describe('the trees', () => {
  beforeEach(async () => {
    await stage.write('rvt', 'guarded', 2);
    await sealAll();
  });

  it.each(['tree_leaf', 'tree_node', 'tree_head', 'tree_key'])(
    'are append-only for every role: %s',
    async (table) => {
      for (const sql of [
        `update audit.${table} set ${table === 'tree_key' ? 'since = now()' : `authority = ''`}`,
        `delete from audit.${table}`,
        `truncate audit.${table}`,
      ]) {
        await expect(one.database.query(sql)).rejects.toThrow(/permission denied/);
        await expect(
          stage.admin.transaction(async (manager) => {
            await manager.query('set local session_replication_role = replica');
            await manager.query(sql);
          }),
        ).rejects.toThrow(/append-only/);
      }
    },
  );

  it('are read by a party for its own authorities alone, without whose leaf stands where and without private keys', async () => {
    const rvt = await stage.as('rvt');
    await stage.admin.query(`
      insert into directory.party values ('rvt', '', '', true) on conflict do nothing;
      insert into directory.authority values ('guarded', 'guarded') on conflict do nothing;
      insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
        values ('rvt-guarded', '', '', '', 'rvt', '', 'S', '', '') on conflict do nothing;
      insert into directory.unit_authority values ('rvt-guarded', 'guarded') on conflict do nothing`);
    await stage.write('rvt', 'service:rvt');
    await stage.write('rvt', 'service:bou');
    await sealAll();
    for (const table of ['tree_head', 'tree_node', 'tree_leaf']) {
      const rows: { authority: string }[] = await rvt.query(
        `select distinct authority from audit.${table} order by 1`,
      );
      const own = table === 'tree_node' ? ['guarded'] : ['guarded', 'service:rvt'];
      expect(rows.map(({ authority }) => authority)).toEqual(own);
    }
    expect(await rvt.query('select kid, public_jwk from audit.tree_key')).toHaveLength(1);
    for (const sql of [
      'select private_sealed from audit.tree_key',
      'select leaf_id from audit.tree_leaf',
      'select schema_name from audit.tree_leaf',
      `insert into audit.tree_head values ('guarded', 99, repeat('0', 64), now(), '')`,
    ])
      await expect(rvt.query(sql)).rejects.toThrow(/permission denied/);
  });

  it('are not built on when what is stored is not what was signed', async () => {
    await stage.write('rvt', 'tampered', 3);
    await sealAll();
    const bend = (hash: string) => `
      alter table audit.tree_node disable trigger tree_node_append_only;
      update audit.tree_node set hash = ${hash} where authority = 'tampered';
      alter table audit.tree_node enable always trigger tree_node_append_only`;
    const [node]: { hash: string }[] = await stage.admin.query(
      `select hash from audit.tree_node where authority = 'tampered'`,
    );
    await stage.admin.query(bend(`repeat('0', 64)`));
    await stage.write('rvt', 'tampered');
    await expect(one.sealer.sealOnce()).rejects.toThrow('not the one whose head was signed');
    await stage.admin.query(bend(`'${node?.hash}'`));
    await sealAll();
    expect(await stage.faults()).toEqual([]);
  });
});

describe('the keys of the sealer', () => {
  it('are made once by however many sealers, and not without their master key', async () => {
    const processes = await Promise.all([1, 2, 3].map(() => stage.sealer()));
    const kids = await Promise.all(processes.map(async ({ keys }) => (await keys.current()).kid));
    expect(new Set(kids).size).toBe(1);
    const stranger = await stage.sealer({ masterKey: randomBytes(32) });
    await expect(stranger.keys.current()).rejects.toThrow('HANDSLAG_MASTER_KEY');
  });

  it('are made anew when they are old, or when told, and the heads of the old ones stay checkable', async () => {
    const kid = (await one.keys.current()).kid;
    await stage.write('rvt', 'rotated');
    await sealAll();
    const hourly = await stage.sealer({ days: 1e-9 });
    const next = (await hourly.keys.current()).kid;
    expect(next).not.toBe(kid);
    const stranger = await stage.sealer({ masterKey: randomBytes(32) });
    await stranger.keys.renew();
    await stage.write('rvt', 'rotated');
    await sealAll(stranger);
    const jws: { jws: string }[] = await stage.admin.query(
      `select jws from audit.tree_head where authority = 'rotated' order by size`,
    );
    const verdicts = await Promise.all(jws.map(async (row) => verifyTreeHead(row.jws, await reader.keys())));
    expect(verdicts).toMatchObject([{ ok: true, kid }, { ok: true }]);
    const kids = (await reader.keys()).map((key) => key.kid);
    expect(kids).toEqual(expect.arrayContaining([kid, next]));
    expect(kids).toHaveLength(3);
  });
});

describe('the process', () => {
  let process: RunningSealer;
  const ready = async (): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`http://127.0.0.1:${process.port}/health/ready`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('seals by itself, tells how much waits, and ends when it is told to', async () => {
    const fresh = await SealerStage.open();
    try {
      const [leaf] = await fresh.write('rvt', 'running');
      process = await startSealer(
        SealerConfigSchema.parse({
          DATABASE_URL: fresh.database.urlFor('sealer'),
          HANDSLAG_MASTER_KEY: fresh.masterKey.toString('base64'),
          SEAL_EVERY_MS: '20',
          PORT: '0',
        }),
        fresh.log,
      );
      while ((await fresh.place(leaf?.id ?? '')) === null);
      let answer = await ready();
      while (answer.body['unsealed'] !== 0) answer = await ready();
      expect(answer).toEqual({ status: 200, body: { status: 'ready', unsealed: 0, unsealedSeconds: 0 } });
      await process.stop();
      await expect(ready()).rejects.toThrow();
      await fresh.write('rvt', 'running');
      const idle = await fresh.sealer();
      expect((await idle.waiting.unsealed()).count).toBe(1);
      expect((await idle.waiting.unsealed()).seconds).toBeGreaterThan(0);
    } finally {
      await fresh.close();
    }
  }, 60_000);
});
