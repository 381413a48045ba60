import { type Hash, hashChildren, peaksOf, rootOfPeaks, type TreeNode } from './merkle-tree.js';

/** One hash of a proof: the root above these full subtrees, which lie beside one another. */
export type ProofPart = readonly TreeNode[];

/**
 * What an inclusion proof (RFC 9162 2.1.3.1) of the leaf at `position` in a tree of `size` is made of. Throws a RangeError
 * when there is no such leaf.
 */
export function inclusionParts(position: number, size: number): ProofPart[] {
  if (!isCount(position) || !isCount(size) || position >= size)
    throw new RangeError(`no leaf ${position} in a tree of ${size}`);
  const parts: ProofPart[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (position < middle) {
      parts.unshift(partOf(middle, end));
      end = middle;
    } else {
      parts.unshift(partOf(begin, middle));
      begin = middle;
    }
  }
  return parts;
}

/**
 * What a consistency proof (RFC 9162 2.1.4.1) from a tree of `first` to one of `second` leaves is made of. Throws a RangeError
 * unless 0 < first ≤ second.
 */
export function consistencyParts(first: number, second: number): ProofPart[] {
  if (!isCount(first) || !isCount(second) || first === 0 || first > second)
    throw new RangeError(`a tree of ${second} does not follow one of ${first}`);
  const parts: ProofPart[] = [];
  let begin = 0;
  let end = second;
  let isWholeOfFirst = true;
  while (first < end) {
    const middle = begin + splitOf(end - begin);
    if (first <= middle) {
      parts.unshift(partOf(middle, end));
      end = middle;
    } else {
      parts.unshift(partOf(begin, middle));
      begin = middle;
      isWholeOfFirst = false;
    }
  }
  return isWholeOfFirst ? parts : [partOf(begin, end), ...parts];
}

/** The proof, once the hash of every full subtree in its parts is at hand. */
export function proofOf(parts: readonly ProofPart[], hashOf: (node: TreeNode) => Hash): Hash[] {
  return parts.map((part) => rootOfPeaks(part.map(hashOf)));
}

/** RFC 9162 2.1.3.2: whether the leaf is the one at `position` in the tree of `size` with this root. */
export function verifyInclusion(
  leaf: Hash,
  { position, size, proof }: { position: number; size: number; proof: readonly Hash[] },
  root: Hash,
): boolean {
  if (!isCount(position) || !isCount(size) || position >= size) return false;
  let at = position;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = hashChildren(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else {
      hash = hashChildren(hash, sibling);
    }
    at = half(at);
    last = half(last);
  }
  return last === 0 && hash === root;
}

/** RFC 9162 2.1.4.2: whether the second tree holds the first unchanged, at its beginning. */
export function verifyConsistency(
  first: { readonly size: number; readonly root: Hash },
  second: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!isCount(first.size) || !isCount(second.size) || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && first.root === second.root;
  if (first.size === 0) return proof.length === 0;
  const path = Number.isInteger(Math.log2(first.size)) ? [first.root, ...proof] : [...proof];
  const [seed, ...rest] = path;
  if (seed === undefined) return false;
  let at = first.size - 1;
  let last = second.size - 1;
  while (at % 2 === 1) {
    at = half(at);
    last = half(last);
  }
  let firstHash = seed;
  let secondHash = seed;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      firstHash = hashChildren(sibling, firstHash);
      secondHash = hashChildren(sibling, secondHash);
      while (at % 2 === 0 && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else {
      secondHash = hashChildren(secondHash, sibling);
    }
    at = half(at);
    last = half(last);
  }
  return last === 0 && firstHash === first.root && secondHash === second.root;
}

const half = (count: number): number => Math.floor(count / 2);
const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 0;

/** The largest power of two that is smaller than the size, where RFC 6962 splits a tree. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

/** The full subtrees over the leaves from `begin` to before `end`; `begin` is where a split put it. */
function partOf(begin: number, end: number): ProofPart {
  return peaksOf(end - begin).map(({ level, position }) => ({
    level,
    position: position + begin / 2 ** level,
  }));
}
