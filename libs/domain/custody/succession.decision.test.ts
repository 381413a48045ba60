import { describe, expect, it } from '@jest/globals';
import { authorityId, unitId } from '../routing/index.js';
import type { CommandFacts, MatterFacts, SuccessionFacts } from './facts.js';
import type { PersonId, SuccessionId } from './ids.js';
import { decideApproveSuccession, decideProposeSuccession } from './succession.decision.js';
import {
  at,
  codeOf,
  contextAt,
  deadlineOf,
  factsOf,
  freshId,
  granted,
  handoffOf,
  matterOf,
} from './test/builders.js';

const NOW = at('2026-01-13T10:00');
const HEAD = { roles: ['unit-head'], person: 'head-b' } as const;

describe('proposing', () => {
  const propose = (
    from: string,
    to: string,
    roles: readonly ('unit-head' | 'case-worker')[] = ['unit-head'],
  ) => codeOf(decideProposeSuccession(contextAt(NOW, from, { roles }), freshId<SuccessionId>(), unitId(to)));

  it('is a head’s, to the successor that the directory names', () => {
    expect(propose('rvt-a', 'rvt-b')).toBe('granted');
    expect(propose('rvt-a', 'rvt-b', ['case-worker'])).toBe('NO_MANDATE');
    expect(propose('rvt-a', 'bou-a')).toBe('NO_SUCCESSOR');
    expect(propose('rvt-a', 'rvt-ended')).toBe('UNIT_ENDED');
  });
});

describe('approving', () => {
  const proposed: SuccessionFacts = {
    id: freshId<SuccessionId>(),
    fromUnit: unitId('rvt-a'),
    toUnit: unitId('rvt-b'),
    proposedBy: 'head-a' as PersonId,
    approvedBy: null,
  };
  const held = (some: Partial<MatterFacts> = {}) =>
    matterOf({ holderUnit: unitId('rvt-a'), deadlines: [deadlineOf({ rule: 'review' })], ...some });
  const approve = (
    matters: readonly MatterFacts[],
    some: Partial<SuccessionFacts> = {},
    handoffs: CommandFacts['handoffs'] = [],
    {
      unit = 'rvt-b',
      ...who
    }: { unit?: string; roles?: readonly ('unit-head' | 'case-worker')[]; person?: string } = HEAD,
  ) =>
    decideApproveSuccession(
      contextAt(NOW, unit, who),
      factsOf(NOW, { matters, handoffs, succession: { ...proposed, ...some } }),
    );

  it('needs a second person, a head, at the successor, once', () => {
    expect(codeOf(approve([held()]))).toBe('granted');
    expect(codeOf(approve([], { proposedBy: 'head-b' as PersonId }))).toBe('SECOND_PERSON_REQUIRED');
    expect(codeOf(approve([], {}, [], { ...HEAD, roles: ['case-worker'] }))).toBe('NO_MANDATE');
    expect(codeOf(approve([], {}, [], { ...HEAD, unit: 'rvt-a' }))).toBe('NOT_FOUND');
    expect(codeOf(approve([], { approvedBy: 'x' as PersonId }))).toBe('NOT_FOUND');
    expect(codeOf(approve([], { toUnit: unitId('rvt-ended') }, [], { ...HEAD, unit: 'rvt-ended' }))).toBe(
      'UNIT_ENDED',
    );
  });

  it('moves all that the old unit holds, and nothing that it does not', () => {
    const [one, other] = [held(), held()];
    const not = [held({ closedAt: NOW }), held({ holderUnit: unitId('bou-a') })];
    const moved = granted(approve([one, other, ...not]));
    expect(moved.spells.map(({ matterId, unitId: unit }) => [matterId, unit])).toEqual([
      [one.id, 'rvt-b'],
      [other.id, 'rvt-b'],
    ]);
  });

  it('asks the successor what was asked of the old unit, and leaves a receiver bound by what binds it', () => {
    const old = { askedOf: unitId('rvt-a'), dutyHolder: authorityId('board-of-rvt-a') };
    const mine = deadlineOf({ rule: 'review', ...old });
    const delivery = deadlineOf({ rule: 'delivery', ...old, dutyHolder: authorityId('board-of-bou-a') });
    const theirs = deadlineOf({ rule: 'acceptance-office', askedOf: unitId('bou-a') });
    const moved = granted(approve([held({ deadlines: [mine, delivery, theirs] })]));
    expect(moved.deadlinesMoved.map(({ id, askedOf, dutyHolder }) => [id, askedOf, dutyHolder])).toEqual([
      [mine.id, 'rvt-b', 'board-of-rvt-b'],
      [delivery.id, 'rvt-b', null],
    ]);
  });

  it('ends a hold and a request to cancel, which were the old unit’s, and stays armed', () => {
    const ends = [
      deadlineOf({ rule: 'answer-cancellation' }),
      deadlineOf({ rule: 'review', startEvent: 'on-hold' }),
    ];
    const moved = granted(
      approve([held({ deadlines: ends, holdReviewAt: NOW, cancellationHandoffId: freshId() })]),
    );
    expect(moved.deadlinesEnded.map(({ id }) => id)).toEqual(ends.map(({ id }) => id));
    expect(moved.deadlinesOpened).toMatchObject([{ rule: 'review', askedOf: 'rvt-b' }]);
    expect(moved.events.map(({ kind }) => kind)).toContain('cancellation-superseded');
  });

  it('lets the old unit’s offers go on, save one to the successor itself', () => {
    const matter = held();
    const to = (unit: string) => handoffOf(matter, 'adult-safety.rvt.rvt', unit, { phase: 'sent' });
    const [own, others] = [to('rvt-b'), to('rvt-later')];
    const kinds = (offer: typeof own) =>
      granted(approve([{ ...matter, openHandoffId: offer.id }], {}, [offer])).events.map(({ kind }) => kind);
    expect(kinds(own)).toEqual(['superseded', 'succeeded']);
    expect(kinds(others)).toEqual(['succeeded']);
  });
});
