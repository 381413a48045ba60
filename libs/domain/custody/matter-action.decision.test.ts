import { describe, expect, it } from '@jest/globals';
import {
  type ClosingNeed,
  MATTER_ACTIONS,
  MATTER_KINDS,
  MATTER_PHASES,
  type MatterKind,
  OUTCOMES,
  type Outcome,
  outcomesFor,
} from '../matter/index.js';
import { unitId } from '../routing/index.js';
import { keysOf } from '../wording/index.js';
import type { HandoffFacts, MatterFacts } from './facts.js';
import type { PersonId } from './ids.js';
import { decideMatterAction, type MatterCommand } from './matter-action.decision.js';
import { decideMeetDuty } from './meet-duty.decision.js';
import {
  after,
  at,
  codeOf,
  contextAt,
  deadlineOf,
  freshId,
  granted,
  handoffOf,
  matterOf,
} from './test/builders.js';

const NOW = at('2026-01-13T10:00');
const SHOWN = new Set<ClosingNeed>([
  'successor-matter',
  'nothing-further-decision',
  'attested-and-rechecked',
  'person-reason',
  'note-of-attempts',
]);

function act(
  matter: MatterFacts,
  action: MatterCommand['action'],
  {
    now = NOW,
    unit = matter.holderUnit,
    handoffs = [],
    roles = ['unit-head'],
    ...command
  }: Partial<MatterCommand> & {
    now?: Date;
    unit?: string;
    handoffs?: readonly HandoffFacts[];
    roles?: readonly ('unit-head' | 'case-worker' | 'auditor')[];
  } = {},
) {
  return decideMatterAction(contextAt(now, unit, { roles }), { handoffs }, matter, {
    action,
    expectedVersion: null,
    ...command,
  });
}

const held = (some: Partial<MatterFacts> = {}) => matterOf({ holderUnit: unitId('rvt-a'), ...some });
const child = (some: Partial<MatterFacts> = {}) =>
  matterOf({ kind: 'child-protection', holderUnit: unitId('bou-a'), ...some });
const SAID: Partial<Record<MatterCommand['action'], Partial<MatterCommand>>> = {
  hold: { reason: 'CAPACITY', reviewAt: at('2026-01-15T10:00') },
  close: { outcome: 'SAFETY_ARRANGED' },
};

describe('work on a matter', () => {
  it('is refused to other units, without a fitting role, on another version, and once closed', () => {
    for (const action of MATTER_ACTIONS) {
      const flagged = held({
        holdReviewAt: action === 'resume' ? NOW : null,
        cancellationHandoffId: action.endsWith('cancellation') ? freshId() : null,
        version: 3,
      });
      const said = SAID[action] ?? {};
      expect([action, codeOf(act(flagged, action, said))]).toEqual([action, 'granted']);
      expect(codeOf(act(flagged, action, { ...said, unit: 'rvt-b' }))).toBe('NOT_RESPONSIBLE');
      expect(codeOf(act(flagged, action, { ...said, roles: ['auditor'] }))).toBe('NO_MANDATE');
      expect(codeOf(act(flagged, action, { ...said, expectedVersion: 2 }))).toBe('STALE_VERSION');
      expect(codeOf(act({ ...flagged, closedAt: NOW, phase: 'closed' }, action, said))).toBe('MATTER_CLOSED');
    }
  });

  it('goes in any order', () => {
    const steps = [
      'contact-attempt',
      'contact-made',
      'schedule',
      'attend',
      'no-show',
      'event-cancelled',
    ] as const;
    for (const phase of MATTER_PHASES.filter((one) => one !== 'closed')) {
      for (const step of steps) expect(codeOf(act(held({ phase }), step))).toBe('granted');
    }
  });

  it('assigns, re-assigns and takes over, while the unit answers all the same', () => {
    const assigned = granted(act(held(), 'assign', { assignTo: 'p-9' as PersonId })).matterChanges;
    expect(assigned).toMatchObject([{ setsAssigned: true, assignedTo: 'p-9' }]);
    expect(granted(act(held(), 'take-over')).matterChanges).toMatchObject([{ assignedTo: 'p-1' }]);
  });

  it.each([
    ['assign', 'other-side', 'CANNOT_WORK_ON_MATTER'],
    ['assign', 'no-colleague', 'CANNOT_WORK_ON_MATTER'],
    ['take-over', 'investigates-and-treats', 'CANNOT_WORK_ON_MATTER'],
    ['contact-made', 'other-side', 'CANNOT_WORK_ON_MATTER'],
    ['schedule', 'other-side', 'CANNOT_WORK_ON_MATTER'],
    // A deputy or a liaison may call in the unit's name without a mandate of her own on that day.
    ['contact-made', 'no-colleague', 'granted'],
    ['note', 'other-side', 'granted'],
    ['close', 'other-side', 'granted'],
  ] as const)(
    '%s with the conflict %s: %s, in the same words whatever it is',
    (action, workConflict, code) => {
      const decided = decideMatterAction(
        contextAt(NOW, held().holderUnit, { roles: ['unit-head'] }),
        { handoffs: [], workConflict },
        held(),
        {
          action,
          expectedVersion: null,
          outcome: 'NOTHING_FURTHER',
          shown: SHOWN,
          ...(action === 'assign' ? { assignTo: 'p-9' as PersonId } : {}),
        },
      );
      expect(codeOf(decided)).toBe(code);
    },
  );

  it('appends a note that outdates nobody’s reading', () => {
    expect(granted(act(held(), 'note')).matterChanges).toMatchObject([{ bumpsVersion: false }]);
  });

  it('meets first contact by reaching her, not by trying; an attempt offers contact', () => {
    const deadlines = [deadlineOf({ rule: 'first-contact' }), deadlineOf({ rule: 'contact-offered' })];
    const met = (action: 'contact-made' | 'contact-attempt') =>
      granted(act(held({ deadlines }), action))
        .deadlinesEnded.filter(({ as }) => as === 'met')
        .map(({ id }) => deadlines.find((one) => one.id === id)?.rule);
    expect(met('contact-made')).toEqual(['first-contact', 'contact-offered']);
    expect(met('contact-attempt')).toEqual(['contact-offered']);
  });
});

describe('three failed contacts in two days', () => {
  const attempt = (failedContacts: readonly Date[], some: Partial<MatterFacts> = {}) =>
    granted(act(held({ failedContacts, ...some }), 'contact-attempt')).deadlinesOpened.filter(
      ({ rule }) => rule === 'decide-after-attempts',
    );
  const earlier = [at('2026-01-12T10:00'), at('2026-01-13T09:00')];

  it('ask the holder to decide, the same day; nothing closes by itself', () => {
    const [asked] = attempt(earlier);
    expect(asked).toMatchObject({ askedOf: 'rvt-a', startEvent: 'third-attempt' });
    expect(asked?.dueAt).toEqual(new Date(at('2026-01-14T00:00').getTime() - 1));
  });

  it('ask once, and not for two, nor for three in a week', () => {
    expect(attempt(earlier, { deadlines: [deadlineOf({ rule: 'decide-after-attempts' })] })).toEqual([]);
    expect(attempt(earlier.slice(1))).toEqual([]);
    expect(attempt([at('2026-01-07T10:00'), at('2026-01-13T09:00')])).toEqual([]);
  });

  it('are answered by a decision or by reaching her, not by any note', () => {
    const asked = deadlineOf({ rule: 'decide-after-attempts' });
    const ends = (action: 'note' | 'contact-made', reason?: string) =>
      granted(
        act(held({ deadlines: [asked] }), action, reason === undefined ? {} : { reason }),
      ).deadlinesEnded.map(({ id }) => id);
    expect(ends('note')).toEqual([]);
    expect(ends('note', 'NO_WELFARE_CHECK')).toEqual([asked.id]);
    expect(ends('contact-made')).toEqual([asked.id]);
  });
});

describe('a hold', () => {
  const hold = (matter: MatterFacts, some: Partial<MatterCommand> = {}) =>
    act(matter, 'hold', { ...SAID.hold, ...some });

  it('is the unit head’s, with a reason and a later review, and moves no statutory time', () => {
    expect(codeOf(act(held(), 'hold', { ...SAID.hold, roles: ['case-worker'] }))).toBe('NO_MANDATE');
    expect(codeOf(act(held(), 'hold', { reviewAt: at('2026-01-15T10:00') }))).toBe('REASON_REQUIRED');
    expect(codeOf(act(held(), 'hold', { reason: 'CAPACITY' }))).toBe('INVALID_INPUT');
    expect(codeOf(hold(held(), { reviewAt: NOW }))).toBe('INVALID_INPUT');
    const kept = deadlineOf({ rule: 'first-contact' });
    const rested = granted(hold(held({ deadlines: [kept] })));
    expect([rested.deadlinesEnded, rested.deadlinesMoved]).toEqual([[], []]);
    expect(rested.deadlinesOpened).toMatchObject([{ rule: 'review', dueAt: at('2026-01-15T10:00') }]);
  });

  it('is reviewed after 14 days at the latest', () => {
    const far = granted(hold(held(), { reviewAt: at('2026-03-01T10:00') })).deadlinesOpened[0];
    expect(far?.dueAt.getTime()).toBeLessThan(at('2026-01-28T00:00').getTime());
  });

  it('is never laid on a report, nor twice, and ends by being resumed', () => {
    expect(codeOf(hold(child()))).toBe('CANNOT_HOLD_REPORT');
    const resting = held({
      holdReviewAt: NOW,
      deadlines: [deadlineOf({ rule: 'review', startEvent: 'on-hold' })],
    });
    expect(codeOf(hold(resting))).toBe('ALREADY_ON_HOLD');
    expect(codeOf(act(held(), 'resume'))).toBe('NOT_ON_HOLD');
    const resumed = granted(act(resting, 'resume'));
    expect(resumed.matterChanges).toMatchObject([{ setsHold: true, holdReason: null, holdReviewAt: null }]);
    expect(resumed.deadlinesEnded).toMatchObject([{ as: 'lifted' }]);
  });
});

describe('a request to cancel', () => {
  const answer = deadlineOf({ rule: 'answer-cancellation' });
  const asked = (some: Partial<MatterFacts> = {}) =>
    held({ cancellationHandoffId: freshId(), deadlines: [answer], ...some });

  it('is confirmed by closing', () => {
    const closed = granted(act(asked(), 'confirm-cancellation', { outcome: 'CANCELLED' }));
    expect(closed.matterChanges).toMatchObject([{ closes: true, outcome: 'CANCELLED' }]);
    expect(closed.deadlinesEnded).toEqual([{ id: answer.id, as: 'met', endedAt: null }]);
  });

  it('is confirmed by handing back, within an office hour, while the holder still answers', () => {
    const confirmed = granted(act(asked(), 'confirm-cancellation'));
    expect(confirmed.matterChanges).toMatchObject([{ closes: false, setsCancellation: true }]);
    expect(confirmed.deadlinesOpened).toMatchObject([
      { rule: 'hand-back-confirmed', askedOf: 'rvt-a', dueAt: at('2026-01-13T11:00') },
    ]);
  });

  it('is refused, and answered only when it was asked', () => {
    expect(granted(act(asked(), 'refuse-cancellation')).deadlinesEnded).toMatchObject([{ as: 'met' }]);
    for (const action of ['confirm-cancellation', 'refuse-cancellation'] as const)
      expect(codeOf(act(held(), action))).toBe('NO_CANCELLATION_REQUESTED');
    expect(codeOf(act(held(), 'close', { outcome: 'CANCELLED' }))).toBe('NO_CANCELLATION_REQUESTED');
  });
});

describe('closing', () => {
  const ready = (kind: MatterKind, subjectRole: MatterFacts['subjectRole']) =>
    matterOf({
      kind,
      subjectRole,
      holderUnit: unitId('rvt-a'),
      hasSuccessor: true,
      cancellationHandoffId: freshId(),
      deadlines: [deadlineOf({ rule: 'attested-check', dueAt: NOW })],
    });

  it('takes exactly the outcomes of the kind and the subject', () => {
    for (const kind of keysOf(MATTER_KINDS)) {
      for (const role of MATTER_KINDS[kind].subjects) {
        const taken = keysOf(OUTCOMES).filter(
          (outcome) => act(ready(kind, role), 'close', { outcome, shown: SHOWN }).ok,
        );
        expect([kind, role, taken.sort()]).toEqual([kind, role, [...outcomesFor(kind, role)].sort()]);
      }
    }
  });

  it('of a child needs a successor on record, or a decision: the caller’s word for a successor is nothing', () => {
    const close = (outcome: Outcome, some: Partial<MatterFacts> = {}, shown = SHOWN) =>
      codeOf(act(child(some), 'close', { outcome, shown }));
    expect(close('SUCCESSOR')).toBe('CHILD_NEEDS_SUCCESSOR');
    expect(close('SUCCESSOR', { hasSuccessor: true })).toBe('granted');
    expect(close('UNREACHABLE')).toBe('CHILD_NEEDS_SUCCESSOR');
    expect(close('NOTHING_FURTHER', {}, new Set())).toBe('CLOSING_NEEDS_MORE');
    expect(close('NOTHING_FURTHER')).toBe('granted');
  });

  it.each([
    ['D-01', 'NOTHING_FURTHER', 'DUTY_NOT_MET'],
    ['D-03', 'NOTHING_FURTHER', 'DUTY_NOT_MET'],
    ['D-01', 'MERGED', 'DUTY_NOT_MET'],
    ['D-03', 'MERGED', 'granted'],
    ['D-03', 'SUCCESSOR', 'DUTY_NOT_MET'],
    ['D-02', 'CHILD_TAKEN_OUTSIDE', 'DUTY_NOT_MET'],
    ['D-04', 'CHILD_TAKEN_OUTSIDE', 'granted'],
  ] as const)('with %s unmet as %s: %s', (rule, outcome, expected) => {
    const deadlines = [deadlineOf({ rule }), deadlineOf({ rule: 'attested-check', dueAt: NOW })];
    expect(codeOf(act(child({ hasSuccessor: true, deadlines }), 'close', { outcome, shown: SHOWN }))).toBe(
      expected,
    );
  });

  it('as taken outside waits for the re-check on the next office day', () => {
    const attested = held({
      deadlines: [deadlineOf({ rule: 'attested-check', dueAt: at('2026-01-13T16:30') })],
    });
    const close = (matter: MatterFacts, now: Date, shown = SHOWN) =>
      codeOf(act(matter, 'close', { outcome: 'TAKEN_OUTSIDE', shown, now }));
    expect(close(attested, at('2026-01-12T23:59'))).toBe('RECHECK_TOO_EARLY');
    expect(close(attested, at('2026-01-13T08:05'))).toBe('granted');
    expect(close(attested, at('2026-01-13T08:05'), new Set())).toBe('CLOSING_NEEDS_MORE');
    expect(close(held(), NOW)).toBe('CLOSING_NEEDS_MORE');
  });

  it('withdraws an adult’s open offer in the same act and tells the receiver; a child’s waits', () => {
    const withOffer = (matter: MatterFacts, route: HandoffFacts['route'], to: string) => {
      const offer = handoffOf(matter, route, to, { phase: 'sent' });
      return { matter: { ...matter, openHandoffId: offer.id }, offer };
    };
    const { matter, offer } = withOffer(held(), 'adult-safety.rvt.rvt', 'rvt-b');
    const closed = granted(act(matter, 'close', { outcome: 'SAFETY_ARRANGED', handoffs: [offer] }));
    expect(closed.handoffChanges).toMatchObject([{ id: offer.id, phase: 'withdrawn' }]);
    expect(closed.events.map(({ kind, handoffId }) => [kind, handoffId])).toContainEqual([
      'withdraw',
      offer.id,
    ]);
    expect(closed.notifications).toMatchObject([{ unitId: 'rvt-b', kind: 'withdrawn' }]);
    const report = withOffer(child(), 'child-protection.bou.bou', 'bou-b');
    expect(
      codeOf(
        act(report.matter, 'close', { outcome: 'NOTHING_FURTHER', shown: SHOWN, handoffs: [report.offer] }),
      ),
    ).toBe('HOLDS_OPEN_OFFER');
  });

  it('ends every deadline, and arms none', () => {
    const deadlines = [deadlineOf({ rule: 'review' }), deadlineOf({ rule: 'first-contact' })];
    const matter = held({ deadlines });
    const closed = granted(act(matter, 'close', { outcome: 'SAFETY_ARRANGED' }));
    expect(after({ matter, handoffs: [] }, closed, NOW).matter.deadlines).toEqual([]);
  });
});

describe('a duty met', () => {
  const duty = { rules: ['D-01', 'D-02'] as const, at: NOW, outcome: 'SAFE', causeId: 'c-1' };
  const asked = () =>
    child({
      deadlines: (['D-01', 'D-03'] as const).map((rule) =>
        deadlineOf({ rule, askedOf: unitId('socialjouren'), startAt: at('2026-01-13T02:00') }),
      ),
    });
  const meet = (matter: MatterFacts, some: object = {}, unit = 'socialjouren') =>
    decideMeetDuty(contextAt(NOW, unit, { person: null }), matter, { ...duty, ...some });

  it('carries the time of the act, never before the duty began, and leaves the others', () => {
    const at3 = at('2026-01-13T03:00');
    const matter = asked();
    const first = matter.deadlines[0];
    expect(granted(meet(matter, { at: at3 })).deadlinesEnded).toEqual([
      { id: first?.id, as: 'met', endedAt: at3 },
    ]);
    expect(granted(meet(matter, { at: at('2026-01-13T01:00') })).deadlinesEnded).toMatchObject([
      { endedAt: first?.startAt },
    ]);
  });

  it('is for the unit asked or the holder, and not of the future', () => {
    expect(codeOf(meet(asked(), {}, 'bou-a'))).toBe('granted');
    expect(codeOf(meet(asked(), {}, 'rvt-a'))).toBe('NOT_RESPONSIBLE');
    expect(codeOf(meet(asked(), { at: new Date(NOW.getTime() + 1) }))).toBe('INVALID_INPUT');
  });

  it('twice changes nothing', () => {
    const matter = asked();
    const once = granted(meet(matter));
    const again = granted(meet(after({ matter, handoffs: [] }, once, NOW).matter));
    expect([again.deadlinesEnded, again.events]).toEqual([[], []]);
  });

  it.each(['CONSENT_REFUSED', 'CONSENT_NOT_ASKED'])(
    'by %s in the morning: she stays with socialjouren, and contact is offered by noon of the first office day',
    (outcome) => {
      const matter = matterOf({
        holderUnit: unitId('socialjouren'),
        openedAt: at('2026-01-16T23:00'),
        deadlines: [deadlineOf({ rule: 'D-18', askedOf: unitId('socialjouren') })],
      });
      const now = at('2026-01-17T02:00');
      const stays = granted(
        decideMeetDuty(contextAt(now, 'socialjouren'), matter, {
          ...duty,
          rules: ['D-18'],
          at: now,
          outcome,
        }),
      );
      expect(stays.deadlinesEnded).toMatchObject([{ as: 'met' }]);
      expect(stays.deadlinesOpened).toMatchObject([
        { rule: 'contact-offered', askedOf: 'socialjouren', dueAt: at('2026-01-19T12:00') },
      ]);
      expect(stays.spells).toEqual([]);
    },
  );
});
