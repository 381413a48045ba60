import { createHash } from 'node:crypto';

/** A SHA-256 hash as 64 hexadecimal digits, in small letters. */
export type Hash = string;

/** A full subtree: of 2^level leaves, the `position`-th of its level. Once there it never changes. */
export interface TreeNode {
  readonly level: number;
  readonly position: number;
}

/** A full subtree with its hash, as it is stored. */
export interface HashedNode extends TreeNode {
  readonly hash: Hash;
}

const LEAF_PREFIX = Buffer.of(0x00);
const NODE_PREFIX = Buffer.of(0x01);

/** The root of a tree without leaves: the hash of nothing (RFC 6962 2.1). */
export const EMPTY_ROOT: Hash = createHash('sha256').digest('hex');

/** RFC 6962 2.1: a leaf, with 0x00 before it. */
export function hashLeaf(data: Uint8Array): Hash {
  return createHash('sha256').update(LEAF_PREFIX).update(data).digest('hex');
}

/** RFC 6962 2.1: a node, with 0x01 before its children, so that a node never passes for a leaf. */
export function hashChildren(left: Hash, right: Hash): Hash {
  return createHash('sha256')
    .update(NODE_PREFIX)
    .update(Buffer.from(left, 'hex'))
    .update(Buffer.from(right, 'hex'))
    .digest('hex');
}

/** The full subtrees that a tree of this size is made of, the largest and leftmost first: one for each bit of the size. */
export function peaksOf(size: number): TreeNode[] {
  const peaks: TreeNode[] = [];
  let start = 0;
  for (let level = levelOf(size); level >= 0; level -= 1) {
    const width = 2 ** level;
    if (size - start < width) continue;
    peaks.push({ level, position: start / width });
    start += width;
  }
  return peaks;
}

/** The root above full subtrees that lie beside one another, as `peaksOf` orders them. */
export function rootOfPeaks(hashes: readonly Hash[]): Hash {
  const [last, ...rest] = [...hashes].reverse();
  return last === undefined
    ? EMPTY_ROOT
    : rest.reduce<Hash>((right, left) => hashChildren(left, right), last);
}

/**
 * The right edge of a growing tree: all that must be known of a tree of any size to go on appending to it and to know
 * its root. Holds at most one hash for each bit of its size.
 */
export class TreeEdge {
  readonly #peaks: HashedNode[];
  #size: number;

  /** `peaks` are the stored nodes that `peaksOf(size)` names; throws when they are others. */
  constructor(size = 0, peaks: readonly HashedNode[] = []) {
    const wanted = peaksOf(size);
    const fits =
      wanted.length === peaks.length &&
      wanted.every(
        ({ level, position }, at) => peaks[at]?.level === level && peaks[at]?.position === position,
      );
    if (!fits) throw new Error(`the nodes given are not the edge of a tree of ${size}`);
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  get root(): Hash {
    return rootOfPeaks(this.#peaks.map(({ hash }) => hash));
  }

  /** Adds a leaf by its hash; answers every subtree that it completed, the leaf itself first. */
  append(leafHash: Hash): HashedNode[] {
    let node: HashedNode = { level: 0, position: this.#size, hash: leafHash };
    const completed = [node];
    for (let left = this.#peaks.at(-1); left?.level === node.level; left = this.#peaks.at(-1)) {
      this.#peaks.pop();
      node = {
        level: node.level + 1,
        position: left.position / 2,
        hash: hashChildren(left.hash, node.hash),
      };
      completed.push(node);
    }
    this.#peaks.push(node);
    this.#size += 1;
    return completed;
  }
}

/** The level of the largest full subtree in `size` leaves; -1 for none. */
function levelOf(size: number): number {
  return size === 0 ? -1 : Math.floor(Math.log2(size));
}
