import type { Logger } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { EMPTY_ROOT, type StoredTreeHead, TreeReader, verifyConsistency, verifyTreeHead } from '#audit';
import type { PartyName } from '../party.port.js';
import type { HeadVerdict } from './kept-tree-head.entity.js';

const AuthoritiesSchema = z.tuple([z.object({ authorities: z.array(z.string()) })]);
const KeptSchema = z.array(z.object({ authority: z.string(), size: z.number(), root: z.string() }));
type Kept = z.infer<typeof KeptSchema>[number];

/**
 * Keeps the heads of the trees of this party's authorities in the party's own schema, each after it has been shown to follow
 * the one kept before (RFC 9162 2.1.4). Whoever rewrites the audit, with every hash and signature made anew, is told from
 * here: what does not follow is kept as well, as evidence, and is an alarm.
 */
export class TreeHeadWitness {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
    private readonly log: Logger,
  ) {}

  /** Looks once at the newest head of each tree; answers how many were kept. Two at once do no harm. */
  async look(): Promise<number> {
    const { manager } = this.database;
    const [{ authorities }] = AuthoritiesSchema.parse(
      await manager.query('select audit.my_authorities() as authorities'),
    );
    const reader = new TreeReader(manager);
    const heads = new Map((await reader.newestHeads(authorities)).map((head) => [head.authority, head]));
    const kept = new Map((await this.newestKept()).map((head) => [head.authority, head]));
    let count = 0;
    for (const authority of new Set([...heads.keys(), ...kept.keys()])) {
      const [head, last] = [heads.get(authority), kept.get(authority)];
      const verdict = await this.judge(reader, head, last);
      if (verdict === null) continue;
      if (await this.keep(authority, head, verdict)) count += 1;
    }
    return count;
  }

  /** Null: nothing that is not known already. */
  private async judge(
    reader: TreeReader,
    head: StoredTreeHead | undefined,
    last: Kept | undefined,
  ): Promise<HeadVerdict | null> {
    if (head === undefined) return 'shrunk';
    if (last !== undefined && last.size === head.size && last.root === head.root) return null;
    const signed = await verifyTreeHead(head.jws, await reader.keys());
    const { authority, size, root } = head;
    if (!signed.ok) return 'unsigned';
    if (signed.head.authority !== authority || signed.head.size !== size || signed.head.root !== root)
      return 'unsigned';
    if (last === undefined) return 'consistent';
    if (size < last.size) return 'shrunk';
    if (size === last.size) return 'forked';
    const proof = await reader.consistency(authority, last.size, size).catch(() => null);
    if (proof === null) return 'unproven';
    return verifyConsistency(last, head, proof) ? 'consistent' : 'forked';
  }

  private async newestKept(): Promise<Kept[]> {
    return KeptSchema.parse(
      await this.database.query(
        `select distinct on (authority) authority, size, root from ${this.party}.kept_tree_head
         where verdict = 'consistent' order by authority, size desc`,
      ),
    );
  }

  private async keep(
    authority: string,
    head: StoredTreeHead | undefined,
    verdict: HeadVerdict,
  ): Promise<boolean> {
    const { size, root, jws } = head ?? { size: 0, root: EMPTY_ROOT, jws: '' };
    const rows: unknown[] = await this.database.query(
      `insert into ${this.party}.kept_tree_head (authority, size, root, verdict, jws, seen_at)
       values ($1, $2, $3, $4, $5, clock_timestamp()) on conflict do nothing returning 1`,
      [authority, size, root, verdict, jws],
    );
    if (rows.length > 0 && verdict !== 'consistent')
      this.log.error('tree-head.alarm', { party: this.party, authority, size, code: verdict });
    return rows.length > 0;
  }
}
