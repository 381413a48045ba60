import { describe, expect, it } from '@jest/globals';
import type { RouteId } from '../routes/index.js';
import { authorityId, unitId } from '../routing/index.js';
import type { HandoffFacts, MatterFacts } from './facts.js';
import { decideHandoffAction } from './handoff-action.decision.js';
import { at, codeOf, contextAt, deadlineOf, freshId, granted, handoffOf, matterOf } from './test/builders.js';

function accept(
  matter: MatterFacts,
  route: RouteId,
  to: string,
  now: Date,
  some: Partial<HandoffFacts> = {},
  rules: MatterFacts['deadlines'] = [],
) {
  const handoff = handoffOf(matter, route, to, { sentAt: now, ...some });
  const deadlines = rules.map((one) =>
    one.rule.startsWith('acceptance') ? { ...one, handoffId: handoff.id } : one,
  );
  const context = contextAt(now, to, { person: 'p-2' });
  return {
    handoff,
    result: decideHandoffAction(
      context,
      handoff,
      { ...matter, deadlines: [...matter.deadlines, ...deadlines], openHandoffId: handoff.id },
      { action: 'accept', expectedVersion: handoff.version },
    ),
  };
}

const NIGHT = at('2026-01-13T02:50');

describe('accepting', () => {
  it('moves responsibility at one instant, with a signed receipt, and lifts what asked the sender', () => {
    const [acceptance, opening] = [
      deadlineOf({ rule: 'acceptance-acute', dueAt: at('2026-01-13T03:10') }),
      deadlineOf({ rule: 'opening' }),
    ];
    const { handoff, result } = accept(
      matterOf(),
      'adult-safety.police.socialjouren',
      'socialjouren',
      NIGHT,
      {},
      [acceptance, opening],
    );
    const taken = granted(result);
    expect(taken.spells).toMatchObject([
      { unitId: 'socialjouren', handoffId: handoff.id, successionId: null },
    ]);
    expect(taken.receipts).toMatchObject([{ kind: 'signed', function: 'case-worker' }]);
    expect(taken.deadlinesEnded).toEqual([
      { id: acceptance.id, as: 'met', endedAt: null },
      { id: opening.id, as: 'lifted', endedAt: null },
    ]);
  });

  it('is followed by first contact by the end of the day acceptance was due, not of the day it came', () => {
    const acceptance = deadlineOf({ rule: 'acceptance-acute', dueAt: at('2026-01-12T23:50') });
    const { result } = accept(matterOf(), 'adult-safety.police.socialjouren', 'socialjouren', NIGHT, {}, [
      acceptance,
    ]);
    const contact = granted(result).deadlinesOpened.find(({ rule }) => rule === 'first-contact');
    expect([contact?.dueAt, contact?.askedOf]).toEqual([
      new Date(at('2026-01-13T00:00').getTime() - 1),
      'socialjouren',
    ]);
  });

  it('passes D-03 and D-04 on with their start, and leaves D-01 and D-02 with the first authority', () => {
    const first = { dutyHolder: authorityId('board-of-socialjouren'), askedOf: unitId('socialjouren') };
    const duties = (['D-01', 'D-02', 'D-03', 'D-04'] as const).map((rule) => deadlineOf({ rule, ...first }));
    const matter = matterOf({
      kind: 'child-protection',
      holderUnit: unitId('socialjouren'),
      deadlines: duties,
    });
    const { result } = accept(matter, 'child-protection.socialjouren.bou', 'bou-a', at('2026-01-13T09:00'));
    const taken = granted(result);
    expect(taken.deadlinesEnded).toEqual([]);
    expect(taken.deadlinesMoved).toEqual(
      duties.slice(2).map(({ id }) => ({
        id,
        dueAt: null,
        because: null,
        nextCallAt: null,
        dutyHolder: 'board-of-bou-a',
        askedOf: 'bou-a',
      })),
    );
  });

  it.each([
    ['2026-01-13T02:50', '2026-01-13T02:50', '2026-01-13T08:00'],
    ['2026-01-16T23:50', '2026-01-17T00:10', '2026-01-19T08:00'],
    ['2026-01-13T07:50', '2026-01-13T08:10', '2026-01-13T08:00'],
  ])('by socialjouren of what came at %s, taken at %s, is to be handed on at %s', (sentAt, now, due) => {
    const { result } = accept(matterOf(), 'adult-safety.police.socialjouren', 'socialjouren', at(now), {
      sentAt: at(sentAt),
    });
    const taken = granted(result);
    const handover = taken.deadlinesOpened.find(({ rule }) => rule === 'D-18');
    expect([handover?.dueAt, handover?.askedOf]).toEqual([at(due), 'socialjouren']);
    expect(taken.stepsOpened).toMatchObject([{ stepKey: 'morning-handover', deadlineId: handover?.id }]);
  });

  it('by an ordinary unit opens no morning handover', () => {
    const matter = matterOf({ holderUnit: unitId('socialjouren') });
    const { result } = accept(matter, 'adult-safety.socialjouren.rvt', 'rvt-a', at('2026-01-13T09:00'));
    expect(granted(result).deadlinesOpened.map(({ rule }) => rule)).toEqual(['first-contact']);
  });

  it('answers a pending request to cancel as superseded', () => {
    const asked = deadlineOf({ rule: 'answer-cancellation' });
    const cancellationHandoffId = freshId<HandoffFacts['id']>();
    const matter = matterOf({
      holderUnit: unitId('socialjouren'),
      cancellationHandoffId,
      deadlines: [asked],
    });
    const { result } = accept(matter, 'adult-safety.socialjouren.rvt', 'rvt-a', at('2026-01-13T09:00'));
    const taken = granted(result);
    expect(taken.deadlinesEnded).toEqual([{ id: asked.id, as: 'lifted', endedAt: null }]);
    expect(taken.events.map(({ kind }) => kind)).toContain('cancellation-superseded');
  });
});

describe('accepting is refused', () => {
  it('to a unit outside, and to one that has ended', () => {
    const matter = matterOf({ holderUnit: unitId('socialjouren') });
    const code = (route: RouteId, to: string) => codeOf(accept(matter, route, to, NIGHT).result);
    expect(code('adult-safety.socialjouren.other-municipality', 'solna')).toBe('UNIT_EXTERNAL');
    expect(code('adult-safety.socialjouren.rvt', 'rvt-ended')).toBe('UNIT_ENDED');
  });

  it('of a closed matter', () => {
    const closed = matterOf({ closedAt: NIGHT });
    const { result } = accept(closed, 'adult-safety.police.socialjouren', 'socialjouren', NIGHT);
    expect(codeOf(result)).toBe('MATTER_CLOSED');
  });

  it('to who decided on the commission, and to nobody else (R-007)', () => {
    const matter = matterOf({ kind: 'adult-support', holderUnit: unitId('rvt-a') });
    const code = (decidedByCaller: boolean) =>
      codeOf(
        accept(matter, 'adult-support.rvt.rvc', 'rvc-a', at('2026-01-13T09:00'), { decidedByCaller }).result,
      );
    expect([code(true), code(false)]).toEqual(['DECIDER_MAY_NOT_ACCEPT', 'granted']);
  });
});
