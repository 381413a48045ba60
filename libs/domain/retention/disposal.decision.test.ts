import { describe, expect, it } from '@jest/globals';
import { type DisposalFacts, decideDisposal, decideProposal } from './disposal.decision.js';

const [DIGEST, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];
const listed: DisposalFacts = { state: 'listed', listDigest: DIGEST, goes: 2, proposedBy: null };
const proposed: DisposalFacts = { ...listed, state: 'proposed', proposedBy: 'p-one' };
const verdict = { person: 'p-two', approves: true, readDigest: DIGEST, digestNow: DIGEST };
const codeOf = (result: ReturnType<typeof decideDisposal | typeof decideProposal>) =>
  result.ok ? result.value : result.refusal.code;

describe('a disposal', () => {
  it('is proposed as the list that was read, and only once', () => {
    expect(codeOf(decideProposal(listed, DIGEST))).toBe('proposed');
    expect(codeOf(decideProposal(listed, OTHER))).toBe('DISPOSAL_LIST_CHANGED');
    expect(codeOf(decideProposal({ ...listed, goes: 0 }, DIGEST))).toBe('NOTHING_TO_DISPOSE');
    for (const state of ['proposed', 'approved', 'rejected', 'erased'] as const) {
      expect(codeOf(decideProposal({ ...listed, state }, DIGEST))).toBe('DISPOSAL_NOT_OPEN');
    }
  });

  it('is approved by a second person, of the list that both read and that still holds', () => {
    expect(codeOf(decideDisposal(proposed, verdict))).toBe('approved');
    expect(codeOf(decideDisposal(proposed, { ...verdict, person: 'p-one' }))).toBe('SECOND_PERSON_REQUIRED');
    expect(codeOf(decideDisposal(proposed, { ...verdict, readDigest: OTHER }))).toBe('DISPOSAL_LIST_CHANGED');
    expect(codeOf(decideDisposal(proposed, { ...verdict, digestNow: OTHER }))).toBe('DISPOSAL_LIST_CHANGED');
    for (const state of ['listed', 'approved', 'rejected', 'erased'] as const) {
      expect(codeOf(decideDisposal({ ...proposed, state }, verdict))).toBe('DISPOSAL_NOT_OPEN');
    }
  });

  it('is rejected by a second person whatever the list has become, and not by the first', () => {
    const no = { ...verdict, approves: false, digestNow: OTHER };
    expect(codeOf(decideDisposal(proposed, no))).toBe('rejected');
    expect(codeOf(decideDisposal(proposed, { ...no, person: 'p-one' }))).toBe('SECOND_PERSON_REQUIRED');
  });
});
