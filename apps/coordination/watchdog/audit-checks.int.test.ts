import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { treeHeadTables } from '../../../libs/party/audit/tree-heads.tables.js';
import { SealerStage } from '../../sealer/test/sealer-stage.js';
import { lookAtAudit } from './audit-checks.js';

describe('what the watchdog sees of the audit', () => {
  let stage: SealerStage;
  let coordination: DataSource;
  beforeAll(async () => {
    stage = await SealerStage.open();
    await stage.admin.query('grant usage on schema rvt, bou to handslag_coordination');
    for (const migration of treeHeadTables('rvt').migrations) {
      const made = new migration();
      if ('sql' in made) await stage.admin.query(String(made.sql));
    }
    coordination = await new DataSource({
      type: 'postgres',
      url: stage.database.urlFor('coordination'),
      installExtensions: false,
    }).initialize();
  }, 60_000);
  afterAll(async () => {
    await coordination?.destroy();
    await stage?.close();
  });

  it('is nothing while leaves wait no longer than the grace, and which schema waits when they do', async () => {
    await stage.write('rvt', 'farsta', 3);
    expect(await lookAtAudit(coordination.manager, 60)).toEqual([]);
    await stage.admin.query(
      `update rvt.audit_unsealed set since = since - interval '2 minutes' where seq < 3`,
    );
    expect(await lookAtAudit(coordination.manager, 60)).toEqual([
      { kind: 'not-sealed', place: 'rvt', count: 2, oldest: expect.any(Date) },
    ]);
    const { sealer } = await stage.sealer();
    await sealer.sealOnce();
    expect(await lookAtAudit(coordination.manager, 60)).toEqual([]);
  });

  it('is a tree that a party was shown and that does not follow the one it kept', async () => {
    const keep = (verdict: string) =>
      stage.admin.query(
        `insert into rvt.kept_tree_head values ('farsta', 3, repeat('0', 64), $1, '', now())`,
        [verdict],
      );
    await keep('consistent');
    expect(await lookAtAudit(coordination.manager, 60)).toEqual([]);
    await keep('forked');
    expect(await lookAtAudit(coordination.manager, 60)).toEqual([
      { kind: 'tree-forked', place: 'rvt', count: 1, oldest: expect.any(Date) },
    ]);
  });
});
