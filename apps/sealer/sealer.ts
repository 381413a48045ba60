import type { Logger } from '@temporalio/common';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  type HashedNode,
  signTreeHead,
  type TreeEdge,
  TreeReader,
  type TreeSigningKey,
  verifyLeaf,
} from '#audit';
import type { WaitingLeaf, WaitingLeaves } from './waiting-leaves.js';

const LockSchema = z.tuple([z.object({ got: z.boolean() })]);
const PlacesSchema = z.array(z.object({ schema: z.string(), id: z.string() }));

export interface SealerDeps {
  readonly database: DataSource;
  readonly waiting: WaitingLeaves;
  readonly key: () => Promise<TreeSigningKey>;
  readonly log: Logger;
  /** At most so many leaves of each schema in a round. */
  readonly batch: number;
}

interface Grown {
  readonly authority: string;
  readonly before: number;
  readonly edge: TreeEdge;
  readonly leaves: readonly WaitingLeaf[];
  readonly nodes: readonly HashedNode[];
}

/**
 * Puts leaves into the tree of their authority, in batches, and signs the new heads (C7). Which leaf gets which position is
 * decided here alone, by what waits and is not in a tree yet: no instant and no sequence is compared, so what commits
 * late is sealed late. Killed at any moment, the next round does what is left: positions, nodes and head are one transaction,
 * and a leaf that is still in its queue although it has a position is only taken out of it.
 */
export class Sealer {
  constructor(private readonly deps: SealerDeps) {}

  /** One round; answers how many leaves it took from the queues. 0 also while another sealer is at it. */
  async sealOnce(): Promise<number> {
    const { database, waiting, batch } = this.deps;
    const key = await this.deps.key();
    const taken = await database.transaction(async (manager) => {
      const [{ got }] = LockSchema.parse(
        await manager.query(`select pg_try_advisory_xact_lock(hashtext('handslag sealer')) as got`),
      );
      if (!got) return [];
      const found = await waiting.first(manager, batch);
      const placed = await this.alreadyPlaced(manager, found);
      const fresh = found.filter(({ schema, id }) => !placed.has(`${schema} ${id}`));
      if (fresh.length > 0) await this.seal(manager, fresh, key);
      return found;
    });
    if (taken.length > 0) await waiting.remove(taken);
    return taken.length;
  }

  private async alreadyPlaced(manager: EntityManager, leaves: readonly WaitingLeaf[]): Promise<Set<string>> {
    if (leaves.length === 0) return new Set();
    const placed = PlacesSchema.parse(
      await manager.query(
        `select w.schema, w.id from unnest($1::text[], $2::uuid[]) as w(schema, id)
         join audit.tree_leaf t on t.leaf_id = w.id and t.schema_name = w.schema`,
        [leaves.map(({ schema }) => schema), leaves.map(({ id }) => id)],
      ),
    );
    return new Set(placed.map(({ schema, id }) => `${schema} ${id}`));
  }

  private async seal(
    manager: EntityManager,
    leaves: readonly WaitingLeaf[],
    key: TreeSigningKey,
  ): Promise<void> {
    this.tellOfForged(leaves);
    const grown = await this.grow(manager, leaves);
    const placed = grown.flatMap(({ authority, before, leaves: ofTree }) =>
      ofTree.map((leaf, at) => ({ authority, position: before + at, leaf })),
    );
    await manager.query(
      `insert into audit.tree_leaf (authority, position, schema_name, leaf_id, leaf_hash)
       select * from unnest($1::text[], $2::integer[], $3::text[], $4::uuid[], $5::text[])`,
      [
        placed.map(({ authority }) => authority),
        placed.map(({ position }) => position),
        placed.map(({ leaf }) => leaf.schema),
        placed.map(({ leaf }) => leaf.id),
        placed.map(({ leaf }) => leaf.leaf_hash),
      ],
    );
    const nodes = grown.flatMap(({ authority, nodes: ofTree }) =>
      ofTree.map((node) => ({ authority, ...node })),
    );
    await manager.query(
      `insert into audit.tree_node (authority, level, position, hash)
       select * from unnest($1::text[], $2::integer[], $3::integer[], $4::text[])`,
      [
        nodes.map(({ authority }) => authority),
        nodes.map(({ level }) => level),
        nodes.map(({ position }) => position),
        nodes.map(({ hash }) => hash),
      ],
    );
    const sealedAt = new Date();
    for (const { authority, edge } of grown) {
      const { size, root } = edge;
      const head = { kind: 'tree-head', authority, size, root, sealedAt: sealedAt.toISOString() } as const;
      await manager.query(
        'insert into audit.tree_head (authority, size, root, sealed_at, jws) values ($1, $2, $3, $4, $5)',
        [authority, size, root, sealedAt, await signTreeHead(key, head)],
      );
    }
  }

  /** Appends each authority's leaves to its tree in the order of their record time, where they came in together. */
  private async grow(manager: EntityManager, leaves: readonly WaitingLeaf[]): Promise<Grown[]> {
    const byAuthority = new Map<string, WaitingLeaf[]>();
    for (const leaf of leaves) {
      const ofTree = byAuthority.get(leaf.authority);
      if (ofTree === undefined) byAuthority.set(leaf.authority, [leaf]);
      else ofTree.push(leaf);
    }
    const reader = new TreeReader(manager);
    const heads = new Map(
      (await reader.newestHeads([...byAuthority.keys()])).map((head) => [head.authority, head]),
    );
    const grown: Grown[] = [];
    for (const [authority, ofTree] of byAuthority) {
      const head = heads.get(authority);
      const before = head?.size ?? 0;
      const edge = await reader.edge(authority, before);
      // Never build on what was tampered with: a new head over it would give it the sealer's word.
      if (head !== undefined && edge.root !== head.root)
        throw new Error(`the stored tree of ${authority} is not the one whose head was signed`);
      const ordered = [...ofTree].sort((one, other) => one.at.getTime() - other.at.getTime());
      const nodes = ordered
        .flatMap(({ leaf_hash }) => edge.append(leaf_hash))
        .filter(({ level }) => level > 0);
      grown.push({ authority, before, edge, leaves: ordered, nodes });
    }
    return grown;
  }

  /** A leaf whose hash is not of its header is sealed as it stands, as evidence; `verify` finds it, and it is told at once. */
  private tellOfForged(leaves: readonly WaitingLeaf[]): void {
    for (const leaf of leaves) {
      const verdict = verifyLeaf({ ...leaf, salt: null, personal: null });
      if (!verdict.ok)
        this.deps.log.error('leaf.differs', { schema: leaf.schema, leafId: leaf.id, code: verdict.code });
    }
  }
}
