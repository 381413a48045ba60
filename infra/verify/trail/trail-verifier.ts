import { type HashedNode, TreeEdge, type TreePublicKey, verifyTreeHead } from '#audit';
import type { Defects } from '../defects.js';

/** A head as somebody keeps it: what it says beside the signature must be what was signed. */
export interface SignedHead {
  readonly authority: string;
  readonly size: number;
  readonly root: string;
  readonly jws: string;
}

/** A position in a tree, and the leaf that is there now; null when it is gone. */
export interface SealedPlace {
  readonly authority: string;
  readonly position: number;
  readonly schema: string;
  readonly leafId: string;
  readonly leafHash: string;
  readonly leaf: { readonly authority: string; readonly leaf_hash: string } | null;
}

interface Expected {
  readonly root: string;
  /** Whose word it is, as it stands in the report. */
  readonly of: string;
}

interface Tree {
  readonly edge: TreeEdge;
  /** Roots that were promised, by size. */
  readonly expected: Map<number, Expected[]>;
  newestHead: number;
  /** The position that comes next; the edge is behind it once one was missing. */
  next: number;
}

/**
 * Computes the trees of the audit anew from their leaves and holds them against every head there is: those of the sealer, those
 * that the parties kept, and those that somebody keeps elsewhere. The same over a live record and over an export. First
 * the heads, then the places of each authority in their order, then `finish`.
 */
export class TrailVerifier {
  readonly #trees = new Map<string, Tree>();
  #heads = 0;
  #leaves = 0;

  constructor(
    private readonly defects: Defects,
    private readonly keys: readonly TreePublicKey[],
  ) {}

  get figures(): { readonly trees: number; readonly heads: number; readonly leaves: number } {
    return { trees: this.#trees.size, heads: this.#heads, leaves: this.#leaves };
  }

  /** A head that the sealer's table has. */
  async head(head: SignedHead): Promise<void> {
    await this.expect(head, 'signed head');
    const tree = this.treeOf(head.authority);
    tree.newestHead = Math.max(tree.newestHead, head.size);
  }

  /** A head that a party kept because it followed the one before. */
  async kept(head: SignedHead, by: string): Promise<void> {
    await this.expect(head, `head kept by ${by}`);
  }

  /** A head that somebody kept outside of the record: on paper, in an earlier export. */
  async known(head: SignedHead): Promise<void> {
    await this.expect(head, 'head known elsewhere');
  }

  /** The next place of its authority; answers the subtrees above the leaf that it completed. */
  place({ authority, position, schema, leafId, leafHash, leaf }: SealedPlace): readonly HashedNode[] {
    const tree = this.treeOf(authority);
    const { edge, expected } = tree;
    const id = `${schema} ${leafId}`;
    this.#leaves += 1;
    if (position !== tree.next)
      this.defects.add('C7', 'tree: position is missing', 'position', `${authority} ${tree.next}`);
    tree.next = position + 1;
    if (leaf === null) this.defects.add('C7', 'tree: sealed leaf is gone', 'audit leaf', id);
    else if (leaf.leaf_hash !== leafHash || leaf.authority !== authority)
      this.defects.add('C7', 'tree: leaf is not what was sealed', 'audit leaf', id);
    const completed = edge.append(leafHash).filter(({ level }) => level > 0);
    const promised = expected.get(edge.size);
    if (promised !== undefined) {
      const { root } = edge;
      for (const one of promised)
        if (one.root !== root)
          this.defects.add('C7', `tree: ${one.of} has another root`, 'head', `${authority} ${edge.size}`);
      expected.delete(edge.size);
    }
    return completed;
  }

  /** After the last place: what was promised of more leaves than there are, and leaves that no head speaks for. */
  finish(): void {
    for (const [authority, { edge, expected, newestHead }] of this.#trees) {
      for (const [size, promised] of expected)
        for (const { of } of promised)
          this.defects.add('C7', `tree: is shorter than a ${of}`, 'head', `${authority} ${size}`);
      if (newestHead < edge.size)
        this.defects.add('C7', 'tree: goes on beyond its newest head', 'head', `${authority} ${newestHead}`);
    }
  }

  private async expect({ authority, size, root, jws }: SignedHead, of: string): Promise<void> {
    this.#heads += 1;
    const id = `${authority} ${size}`;
    const verdict = await verifyTreeHead(jws, this.keys);
    if (!verdict.ok) this.defects.add('C7', `tree: ${of} ${verdict.code}`, 'head', id);
    else if (verdict.head.authority !== authority || verdict.head.size !== size || verdict.head.root !== root)
      this.defects.add('C7', `tree: ${of} says something else than was signed`, 'head', id);
    const { expected } = this.treeOf(authority);
    expected.set(size, [...(expected.get(size) ?? []), { root, of }]);
  }

  private treeOf(authority: string): Tree {
    const known = this.#trees.get(authority);
    if (known !== undefined) return known;
    const tree = { edge: new TreeEdge(), expected: new Map<number, Expected[]>(), newestHead: 0, next: 0 };
    this.#trees.set(authority, tree);
    return tree;
  }
}
