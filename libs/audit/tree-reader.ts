import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { consistencyParts, inclusionParts, type ProofPart, proofOf } from './merkle-proof.js';
import { type Hash, type HashedNode, peaksOf, TreeEdge, type TreeNode } from './merkle-tree.js';
import { type TreePublicKey, TreePublicKeySchema } from './tree-head.js';

const HeadsSchema = z.array(
  z.object({
    authority: z.string(),
    size: z.number(),
    root: z.string(),
    sealed_at: z.date(),
    jws: z.string(),
  }),
);
export type StoredTreeHead = z.infer<typeof HeadsSchema>[number];
const NodesSchema = z.array(z.object({ level: z.number(), position: z.number(), hash: z.string() }));
const PlacesSchema = z.array(
  z.object({ authority: z.string(), position: z.number(), leaf_hash: z.string() }),
);
const KeysSchema = z.array(z.object({ kid: z.string(), public_jwk: z.unknown() }));

export interface InclusionProof {
  readonly authority: string;
  readonly position: number;
  readonly size: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
}

/** Reads the sealer's tables as any role that may: heads, keys, and proofs from a few stored rows. */
export class TreeReader {
  constructor(private readonly manager: EntityManager) {}

  /** The newest head of each of these authorities that has one. */
  async newestHeads(authorities: readonly string[]): Promise<StoredTreeHead[]> {
    return HeadsSchema.parse(
      await this.manager.query(
        `select h.* from unnest($1::text[]) as a(authority) cross join lateral (
           select authority, size, root, sealed_at, jws from audit.tree_head where authority = a.authority
           order by size desc limit 1) h`,
        [authorities],
      ),
    );
  }

  /** Every public key that the sealer has signed with. */
  async keys(): Promise<TreePublicKey[]> {
    return KeysSchema.parse(
      await this.manager.query('select kid, public_jwk from audit.tree_key order by kid'),
    ).map(({ kid, public_jwk }) => TreePublicKeySchema.parse({ kid, publicJwk: public_jwk }));
  }

  /** The edge of a tree of this size, to go on from. Throws when stored nodes are missing. */
  async edge(authority: string, size: number): Promise<TreeEdge> {
    const peaks = peaksOf(size);
    const hashOf = await this.hashes(authority, peaks);
    return new TreeEdge(
      size,
      peaks.map((node) => ({ ...node, hash: hashOf(node) })),
    );
  }

  /**
   * The proof that a leaf is in the tree of `size` (RFC 9162 2.1.3). Null when it is not sealed, or later than that. Throws when
   * stored nodes are missing.
   */
  async inclusion(schema: string, leafId: string, size: number): Promise<InclusionProof | null> {
    const [place] = PlacesSchema.parse(
      await this.manager.query(
        'select authority, position, leaf_hash from audit.tree_leaf where leaf_id = $1 and schema_name = $2',
        [leafId, schema],
      ),
    );
    if (place === undefined || place.position >= size) return null;
    const { authority, position, leaf_hash } = place;
    const proof = await this.proof(authority, inclusionParts(position, size));
    return { authority, position, size, leafHash: leaf_hash, proof };
  }

  /** The proof that the tree of `second` leaves begins with that of `first` (RFC 9162 2.1.4). Throws as `consistencyParts` does. */
  async consistency(authority: string, first: number, second: number): Promise<Hash[]> {
    return this.proof(authority, consistencyParts(first, second));
  }

  private async proof(authority: string, parts: readonly ProofPart[]): Promise<Hash[]> {
    return proofOf(parts, await this.hashes(authority, parts.flat()));
  }

  private async hashes(authority: string, nodes: readonly TreeNode[]): Promise<(node: TreeNode) => Hash> {
    const stored: HashedNode[] = NodesSchema.parse(
      await this.manager.query(
        `with wanted as (select * from unnest($2::integer[], $3::integer[]) as w(level, position))
         select w.level, w.position, n.hash from wanted w
           join audit.tree_node n on n.authority = $1 and n.level = w.level and n.position = w.position
         union all
         select w.level, w.position, l.leaf_hash from wanted w
           join audit.tree_leaf l on w.level = 0 and l.authority = $1 and l.position = w.position`,
        [authority, nodes.map(({ level }) => level), nodes.map(({ position }) => position)],
      ),
    );
    const byPlace = new Map(stored.map(({ level, position, hash }) => [`${level} ${position}`, hash]));
    return ({ level, position }) => {
      const hash = byPlace.get(`${level} ${position}`);
      if (hash === undefined) throw new Error(`the tree of ${authority} lacks its node ${level}/${position}`);
      return hash;
    };
  }
}
