import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyParts,
  inclusionParts,
  proofOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.js';
import {
  EMPTY_ROOT,
  type Hash,
  hashChildren,
  hashLeaf,
  peaksOf,
  TreeEdge,
  type TreeNode,
} from './merkle-tree.js';

/**
 * The reference tree of Certificate Transparency: its eight inputs, the root of each size, and its proofs. From
 * google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc, and transparency-dev/merkle, testonly/constants.go and
 * log_verifier_test.go (both Apache-2.0).
 */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const N = {
  first: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  fourth: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  sixth: 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
  twoThree: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  fourFive: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  sixSeven: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  leftHalf: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  rightHalf: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
};
const INCLUSION: [position: number, size: number, proof: Hash[]][] = [
  [0, 1, []],
  [0, 8, [N.first, N.twoThree, N.rightHalf]],
  [5, 8, [N.fourth, N.sixSeven, N.leftHalf]],
  [2, 3, [ROOTS[2] ?? '']],
  [1, 5, [ROOTS[1] ?? '', N.twoThree, N.fourth]],
];
const CONSISTENCY: [first: number, second: number, proof: Hash[]][] = [
  [1, 1, []],
  [1, 8, [N.first, N.twoThree, N.rightHalf]],
  [6, 8, [N.fourFive, N.sixSeven, N.leftHalf]],
  [2, 5, [N.twoThree, N.fourth]],
  [6, 7, [N.fourFive, N.sixth, N.leftHalf]],
];

const hashOfInput = (hex: string): Hash => hashLeaf(Buffer.from(hex, 'hex'));

/** A tree with every full subtree at hand, as the sealer stores it. */
function grown(leaves: readonly Hash[]) {
  const edge = new TreeEdge();
  const nodes = new Map<string, Hash>();
  const roots = [edge.root];
  for (const leaf of leaves) {
    for (const { level, position, hash } of edge.append(leaf)) nodes.set(`${level} ${position}`, hash);
    roots.push(edge.root);
  }
  const hashOf = ({ level, position }: TreeNode): Hash => {
    const hash = nodes.get(`${level} ${position}`);
    if (hash === undefined) throw new Error(`no full subtree ${level} ${position}`);
    return hash;
  };
  return { edge, hashOf, roots, root: (size: number): Hash => roots[size] ?? '' };
}

/** RFC 6962 2.1 as it is written there. */
function merkleTreeHash(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hashChildren(merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)));
}

describe('the tree of RFC 6962', () => {
  const reference = grown(INPUTS.map(hashOfInput));

  it('has the published roots at every size', () => {
    expect(reference.roots).toEqual(ROOTS);
  });

  it.each(INCLUSION)('has the published proof that leaf %i is in a tree of %i', (position, size, proof) => {
    expect(proofOf(inclusionParts(position, size), reference.hashOf)).toEqual(proof);
    expect(
      verifyInclusion(hashOfInput(INPUTS[position] ?? ''), { position, size, proof }, ROOTS[size] ?? ''),
    ).toBe(true);
  });

  it.each(CONSISTENCY)(
    'has the published proof that a tree of %i became one of %i',
    (first, second, proof) => {
      expect(proofOf(consistencyParts(first, second), reference.hashOf)).toEqual(proof);
      const at = (size: number) => ({ size, root: ROOTS[size] ?? '' });
      expect(verifyConsistency(at(first), at(second), proof)).toBe(true);
    },
  );

  it('has no proof of what is not there', () => {
    for (const [position, size] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
    ] as const)
      expect(() => inclusionParts(position, size)).toThrow(RangeError);
    for (const [first, second] of [
      [0, 3],
      [4, 3],
      [1.5, 3],
    ] as const)
      expect(() => consistencyParts(first, second)).toThrow(RangeError);
    expect(verifyInclusion(EMPTY_ROOT, { position: 0, size: 0, proof: [] }, EMPTY_ROOT)).toBe(false);
  });

  it('goes on from its edge alone, and refuses an edge of another size', () => {
    const { hashOf, root } = reference;
    const peaks = peaksOf(5).map((node) => ({ ...node, hash: hashOf(node) }));
    const edge = new TreeEdge(5, peaks);
    expect(edge.root).toBe(root(5));
    for (const input of INPUTS.slice(5)) edge.append(hashOfInput(input));
    expect([edge.size, edge.root]).toEqual([8, root(8)]);
    expect(() => new TreeEdge(6, peaks)).toThrow(/edge/);
    expect(() => new TreeEdge(5, [...peaks].reverse())).toThrow(/edge/);
  });
});

const leaves = (size: number): Hash[] =>
  Array.from({ length: size }, (_, at) => hashLeaf(Buffer.from(`leaf ${at}`)));
const sizes = fc.integer({ min: 1, max: 130 });

describe('proofs in trees of any size', () => {
  it('every root is the one that the RFC defines', () => {
    const all = leaves(70);
    const { root } = grown(all);
    for (let size = 0; size <= 70; size += 1) expect(root(size)).toBe(merkleTreeHash(all.slice(0, size)));
  });

  it('every leaf is proved at its place, and nothing else is: not another leaf, place, size, root or proof', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, some, other) => {
        const { hashOf, root } = grown(leaves(size));
        const position = some % size;
        const proof = proofOf(inclusionParts(position, size), hashOf);
        const leaf = leaves(size)[position] ?? '';
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyInclusion(leaf, { position, size, proof }, root(size))).toBe(true);
        const otherPosition = other % size;
        if (otherPosition !== position)
          expect(verifyInclusion(leaf, { position: otherPosition, size, proof }, root(size))).toBe(false);
        expect(verifyInclusion(EMPTY_ROOT, { position, size, proof }, root(size))).toBe(false);
        expect(verifyInclusion(leaf, { position, size, proof }, EMPTY_ROOT)).toBe(false);
        expect(verifyInclusion(leaf, { position, size, proof: [...proof, EMPTY_ROOT] }, root(size))).toBe(
          false,
        );
        if (proof.length > 0) {
          expect(verifyInclusion(leaf, { position, size, proof: proof.slice(1) }, root(size))).toBe(false);
          const bent = proof.with(other % proof.length, EMPTY_ROOT);
          expect(verifyInclusion(leaf, { position, size, proof: bent }, root(size))).toBe(false);
        }
      }),
    );
  });

  it('every tree is proved to hold its own beginning, and no rewritten one is', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (second, some, where) => {
        const first = 1 + (some % second);
        const { hashOf, root } = grown(leaves(second));
        const proof = proofOf(consistencyParts(first, second), hashOf);
        const before = { size: first, root: root(first) };
        const after = { size: second, root: root(second) };
        expect(verifyConsistency(before, after, proof)).toBe(true);
        // One leaf of the past is another, and every hash above it was computed anew.
        const rewritten = grown(leaves(second).with(where % first, EMPTY_ROOT));
        const forged = proofOf(consistencyParts(first, second), rewritten.hashOf);
        expect(verifyConsistency(before, { size: second, root: rewritten.root(second) }, forged)).toBe(false);
        expect(verifyConsistency(before, { size: second, root: rewritten.root(second) }, proof)).toBe(false);
        expect(verifyConsistency(before, after, [...proof, EMPTY_ROOT])).toBe(false);
        if (first < second) expect(verifyConsistency(after, before, proof)).toBe(false);
        if (proof.length > 0) {
          expect(verifyConsistency(before, after, proof.slice(1))).toBe(false);
          expect(verifyConsistency(before, after, proof.with(where % proof.length, EMPTY_ROOT))).toBe(false);
        }
      }),
    );
  });

  it('a proof reads few stored hashes, however large the tree is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.nat(), (size, some) => {
        const read = (parts: readonly (readonly TreeNode[])[]) => parts.flat().length;
        expect(read(inclusionParts(some % size, size))).toBeLessThanOrEqual(62);
        expect(read(consistencyParts(1 + (some % size), size))).toBeLessThanOrEqual(93);
      }),
    );
  });
});
