import { describe, expect, it } from '@jest/globals';
import { handoffAction } from '../actions/index.js';
import { HANDOFF_ACTIONS, HANDOFF_PHASES, HANDOFF_SIDES, HANDOFF_TRANSITIONS } from '../handoff/index.js';
import { ROUTES } from '../routes/index.js';
import { type UnitId, unitId } from '../routing/index.js';
import { ROLES, type Role } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import type { HandoffFacts, MatterFacts } from './facts.js';
import { decideHandoffAction, type HandoffCommand } from './handoff-action.decision.js';
import { at, codeOf, contextAt, deadlineOf, granted, handoffOf, matterOf } from './test/builders.js';

const NOW = at('2026-01-12T23:40');
const SIDES = {
  sender: { unit: 'lpo', person: 'p-1' },
  receiver: { unit: 'socialjouren', person: 'p-2' },
  'receiver-system': { unit: 'socialjouren', person: null },
} as const;
const SAID: Partial<Record<HandoffCommand['action'], Partial<HandoffCommand>>> = {
  decline: { reason: 'NOT_TARGET_GROUP' },
  redirect: { reason: 'WRONG_DISTRICT' },
};

function offered(some: Partial<HandoffFacts> = {}, about: Partial<MatterFacts> = {}) {
  const matter = matterOf({ openedAt: at('2026-01-12T23:20'), ...about });
  const route =
    matter.kind === 'child-protection'
      ? 'child-protection.police.socialjouren'
      : 'adult-safety.police.socialjouren';
  const handoff = handoffOf(matter, route, 'socialjouren', { sentAt: at('2026-01-12T23:30'), ...some });
  return { handoff, matter: { ...matter, openHandoffId: handoff.id } };
}

function act(
  { handoff, matter }: { handoff: HandoffFacts; matter: MatterFacts },
  action: HandoffCommand['action'],
  some: Partial<HandoffCommand> & { side?: keyof typeof SIDES; roles?: readonly Role[]; now?: Date } = {},
) {
  const { side = 'receiver', roles = ['case-worker'], now = NOW, ...command } = some;
  const { unit, person } = SIDES[side];
  return decideHandoffAction(contextAt(now, unit, { roles, person }), handoff, matter, {
    action,
    expectedVersion: null,
    ...SAID[action],
    ...command,
  });
}

describe('the machine, decided', () => {
  const ways = HANDOFF_ACTIONS.filter((action) => action !== 'attest' && action !== 'supersede').flatMap(
    (action) => HANDOFF_PHASES.flatMap((phase) => HANDOFF_SIDES.map((side) => ({ action, phase, side }))),
  );

  it('grants an action on an adult’s offer exactly where the machine has the step', () => {
    for (const { action, phase, side } of ways) {
      const isStep = HANDOFF_TRANSITIONS.some(
        (one) => one.action === action && one.from === phase && one.side === side,
      );
      const seenAgain =
        action === 'open' && side === 'receiver' && (phase === 'opened' || phase === 'awaiting-information');
      const pair = offered({ phase });
      const taken: typeof pair = {
        ...pair,
        matter: { ...pair.matter, holderUnit: unitId('socialjouren'), acceptedHandoffId: pair.handoff.id },
      };
      const result = act(phase === 'accepted' ? taken : pair, action, { side });
      expect([action, phase, side, result.ok]).toEqual([action, phase, side, isStep || seenAgain]);
    }
  });

  it('asks for a role, of each of those there are', () => {
    for (const action of HANDOFF_ACTIONS) {
      for (const { side, roles } of handoffAction(action).doers) {
        if (roles.length === 0) continue;
        for (const role of keysOf(ROLES).filter((one) => !roles.includes(one))) {
          expect(codeOf(act(offered(), action, { side, roles: [role] }))).toBe('NO_MANDATE');
        }
        expect(codeOf(act(offered(), action, { side, roles: [] }))).toBe('NO_MANDATE');
      }
    }
  });

  it('tells another unit nothing, not even that there is an offer', () => {
    const { handoff, matter } = offered();
    const stranger = contextAt(NOW, 'rvt-a');
    expect(
      codeOf(decideHandoffAction(stranger, handoff, matter, { action: 'open', expectedVersion: null })),
    ).toBe('NOT_FOUND');
  });

  it('tells who lost a race what came between', () => {
    expect(act(offered({ phase: 'withdrawn', version: 2 }), 'accept')).toMatchObject({
      refusal: { code: 'HANDOFF_WITHDRAWN', current: { phase: 'withdrawn', version: 2 } },
    });
    expect(codeOf(act(offered({ phase: 'superseded' }), 'accept'))).toBe('HANDOFF_WITHDRAWN');
    expect(codeOf(act(offered({ phase: 'accepted' }), 'accept'))).toBe('ALREADY_ACCEPTED');
    expect(act(offered({ version: 3 }), 'accept', { expectedVersion: 2 })).toMatchObject({
      refusal: { code: 'STALE_VERSION', current: { version: 3 } },
    });
  });

  it('changes nothing when the same unit opens twice', () => {
    const again = granted(act(offered({ phase: 'opened' }), 'open'));
    expect([again.handoffChanges, again.events, again.deadlinesOpened]).toEqual([[], [], []]);
  });
});

describe('a report about a child (C9)', () => {
  it.each([
    ['decline', 'receiver', 'opened', 'CANNOT_DECLINE_REPORT'],
    ['withdraw', 'sender', 'sent', 'CANNOT_WITHDRAW_REPORT'],
    ['enter-in-error', 'sender', 'sent', 'CANNOT_ERASE_REPORT'],
    ['request-cancellation', 'sender', 'accepted', 'CANNOT_CANCEL_REPORT'],
  ] as const)('refuses %s by its own code, on every route it travels', (action, side, phase, code) => {
    for (const route of ROUTES.filter(({ matterKind }) => matterKind === 'child-protection')) {
      const pair = offered({ phase, route: route.id }, { kind: 'child-protection' });
      expect([route.id, codeOf(act(pair, action, { side }))]).toEqual([route.id, code]);
    }
  });

  it('is redirected, which leaves the duties running', () => {
    const pair = offered({}, { kind: 'child-protection', deadlines: [deadlineOf({ rule: 'D-01' })] });
    const redirected = granted(act(pair, 'redirect', { proposedUnit: unitId('bou-a') }));
    expect(redirected.handoffChanges).toMatchObject([{ phase: 'redirected', proposedUnit: 'bou-a' }]);
    expect(redirected.deadlinesEnded).toEqual([]);
  });
});

describe('an answer that moves nothing', () => {
  const withTimes = () => {
    const pair = offered();
    const acceptance = deadlineOf({ rule: 'acceptance-acute', handoffId: pair.handoff.id });
    return { ...pair, acceptance, matter: { ...pair.matter, deadlines: [acceptance] } };
  };

  it.each([
    ['decline', 'receiver'],
    ['redirect', 'receiver'],
    ['withdraw', 'sender'],
    ['enter-in-error', 'sender'],
  ] as const)(
    '%s lifts the offer’s times and gives the sender 15 minutes to review, acute',
    (action, side) => {
      const pair = withTimes();
      const decided = granted(act(pair, action, { side }));
      expect(decided.deadlinesEnded).toMatchObject([{ id: pair.acceptance.id, as: 'lifted' }]);
      expect(decided.deadlinesOpened).toMatchObject([
        { rule: 'review-after-decline-acute', askedOf: 'lpo', dueAt: at('2026-01-12T23:55') },
      ]);
      expect(decided.spells).toEqual([]);
      expect(decided.notifications.map(({ unitId: told, kind }) => [told, kind])).toEqual([
        side === 'sender' ? ['socialjouren', 'withdrawn'] : ['lpo', 'answered'],
      ]);
    },
  );

  it('gives an ordinary sender one of its office hours', () => {
    const matter = matterOf({ holderUnit: unitId('rvt-a') });
    const handoff = handoffOf(matter, 'adult-safety.rvt.rvt', 'rvt-b');
    const command = { action: 'decline', expectedVersion: null, reason: 'NOT_TARGET_GROUP' } as const;
    const decide = (now: Date) =>
      granted(decideHandoffAction(contextAt(now, 'rvt-b'), handoff, matter, command)).deadlinesOpened;
    expect(decide(at('2026-01-12T10:00'))).toMatchObject([
      { rule: 'review-after-decline', askedOf: 'rvt-a', dueAt: at('2026-01-12T11:00') },
    ]);
    expect(decide(at('2026-01-12T16:00'))).toMatchObject([{ dueAt: at('2026-01-13T08:30') }]);
  });

  it('names a coded reason of the route', () => {
    const withReason = (action: 'decline' | 'redirect', reason: string) =>
      codeOf(act(offered(), action, { reason }));
    expect(withReason('decline', 'WRONG_DISTRICT')).toBe('REASON_NOT_ALLOWED');
    expect(withReason('decline', 'LACK_OF_CAPACITY')).toBe('REASON_NOT_ALLOWED');
    expect(withReason('redirect', 'CHILD_TO_BOU')).toBe('REASON_NOT_ALLOWED');
    const { handoff, matter } = offered();
    const command = { action: 'decline', expectedVersion: null } as const;
    expect(codeOf(decideHandoffAction(contextAt(NOW, 'socialjouren'), handoff, matter, command))).toBe(
      'REASON_REQUIRED',
    );
    expect(codeOf(act(offered(), 'redirect', { proposedUnit: 'rvt-ended' as UnitId }))).toBe('UNKNOWN_UNIT');
  });
});

describe('a question and its answer', () => {
  it('never stops the acceptance clock', () => {
    const pair = offered();
    const acceptance = deadlineOf({ rule: 'acceptance-acute', handoffId: pair.handoff.id });
    const matter = { ...pair.matter, deadlines: [acceptance] };
    const asked = granted(act({ ...pair, matter }, 'request-information'));
    expect([asked.deadlinesEnded, asked.deadlinesMoved]).toEqual([[], []]);
    expect(asked.deadlinesOpened).toMatchObject([
      { rule: 'answer-information-acute', askedOf: 'lpo', dueAt: at('2026-01-13T00:10') },
    ]);
  });

  it('is met by the answer alone', () => {
    const pair = offered({ phase: 'awaiting-information' });
    const [owed, acceptance] = [
      deadlineOf({ rule: 'answer-information-acute', handoffId: pair.handoff.id }),
      deadlineOf({ rule: 'acceptance-acute', handoffId: pair.handoff.id }),
    ];
    const matter = { ...pair.matter, deadlines: [owed, acceptance] };
    const answered = granted(act({ ...pair, matter }, 'answer', { side: 'sender' }));
    expect(answered.deadlinesEnded).toEqual([{ id: owed.id, as: 'met', endedAt: null }]);
  });
});

describe('opening', () => {
  it('meets delivery and opening, so that nobody is rung', () => {
    const pair = offered({ phase: 'sent' });
    const rules = ['delivery', 'opening', 'acceptance-acute'] as const;
    const deadlines = rules.map((rule) => deadlineOf({ rule, handoffId: pair.handoff.id }));
    const met = (action: 'open' | 'deliver') =>
      granted(
        act({ ...pair, matter: { ...pair.matter, deadlines } }, action, {
          side: action === 'open' ? 'receiver' : 'receiver-system',
        }),
      ).deadlinesEnded.map(({ id }) => rules[deadlines.findIndex((one) => one.id === id)]);
    expect(met('deliver')).toEqual(['delivery']);
    expect(met('open')).toEqual(['delivery', 'opening']);
  });
});

describe('asking for cancellation', () => {
  const taken = (some: Partial<MatterFacts> = {}) => {
    const { handoff, matter } = offered({ phase: 'accepted' });
    return {
      handoff,
      matter: { ...matter, holderUnit: unitId('socialjouren'), acceptedHandoffId: handoff.id, ...some },
    };
  };

  it('flags the matter and gives the holder one office day', () => {
    const asked = granted(act(taken(), 'request-cancellation', { side: 'sender' }));
    expect(asked.matterChanges).toMatchObject([{ setsCancellation: true }]);
    expect(asked.deadlinesOpened).toMatchObject([{ rule: 'answer-cancellation', askedOf: 'socialjouren' }]);
    expect(asked.spells).toEqual([]);
  });

  it('is refused once the acceptor holds no longer, the matter is closed, or it was asked', () => {
    const code = (some: Partial<MatterFacts>) =>
      codeOf(act(taken(some), 'request-cancellation', { side: 'sender' }));
    expect(code({ holderUnit: unitId('rvt-a') })).toBe('ACCEPTOR_NO_LONGER_HOLDS');
    // That it is closed, and not handed on, is not the sender's to know.
    expect(code({ closedAt: NOW })).toBe('ACCEPTOR_NO_LONGER_HOLDS');
    expect(code({ cancellationHandoffId: taken().handoff.id })).toBe('CANCELLATION_ALREADY_REQUESTED');
  });

  it('marks an error on what has been closed since, and arms nothing', () => {
    const marked = granted(
      act(taken({ closedAt: NOW, phase: 'closed', deadlines: [] }), 'enter-in-error', { side: 'sender' }),
    );
    expect(marked.deadlinesOpened).toEqual([]);
  });

  it('entering in error after acceptance is a mark, and moves no custody', () => {
    const marked = granted(act(taken(), 'enter-in-error', { side: 'sender' }));
    expect(marked.handoffChanges).toMatchObject([{ phase: 'accepted' }]);
    expect([marked.spells, marked.matterChanges, marked.deadlinesEnded]).toEqual([[], [], []]);
  });
});

describe('attesting for a unit outside', () => {
  const outside = () => {
    const matter = matterOf();
    const handoff = handoffOf(matter, 'adult-safety.police.other-municipality', 'solna', { phase: 'sent' });
    const acceptance = deadlineOf({ rule: 'acceptance-acute', handoffId: handoff.id });
    return { handoff, matter: { ...matter, openHandoffId: handoff.id, deadlines: [acceptance] }, acceptance };
  };
  const attestation = { function: 'duty-officer', at: NOW } as const;

  it('makes a receipt, leaves the sender responsible, and asks for a check on the next office day', () => {
    const pair = outside();
    const attested = granted(act(pair, 'attest', { side: 'sender', attestation }));
    expect(attested.receipts).toMatchObject([{ kind: 'attested', attestation }]);
    expect(attested.spells).toEqual([]);
    expect(attested.deadlinesEnded).toEqual([{ id: pair.acceptance.id, as: 'met', endedAt: null }]);
    expect(attested.deadlinesOpened).toMatchObject([{ rule: 'attested-check', askedOf: 'lpo' }]);
  });

  it('needs what was told, and not of the future', () => {
    const later = { ...attestation, at: new Date(NOW.getTime() + 1) };
    expect(codeOf(act(outside(), 'attest', { side: 'sender' }))).toBe('INVALID_INPUT');
    expect(codeOf(act(outside(), 'attest', { side: 'sender', attestation: later }))).toBe('INVALID_INPUT');
    expect(codeOf(act(offered({ phase: 'sent' }), 'attest', { side: 'sender', attestation }))).toBe(
      'UNIT_NOT_EXTERNAL',
    );
  });
});
