import { describe, expect, it } from '@jest/globals';
import type { RouteId } from '../routes/index.js';
import { unitId } from '../routing/index.js';
import type { DispatchPlanItem, MatterFacts } from './facts.js';
import type { DispatchId } from './ids.js';
import { decideOpenIncident } from './open-incident.decision.js';
import { decideOpenMatter } from './open-matter.decision.js';
import { decideSendDispatch } from './send-dispatch.decision.js';
import {
  after,
  at,
  codeOf,
  contextAt,
  deadlineOf,
  factsOf,
  freshId,
  granted,
  handoffOf,
  itemOf,
  matterOf,
  previewOf,
} from './test/builders.js';

// A Monday: the offices open again on Tuesday at 08:00.
const NIGHT = at('2026-01-12T23:30');
const OFFICE = at('2026-01-12T10:00');

function send(
  matter: MatterFacts,
  route: RouteId,
  to: string,
  now: Date,
  item: Partial<DispatchPlanItem> = {},
  handoffs = [] as ReturnType<typeof handoffOf>[],
) {
  const preview = previewOf(matter.holderUnit, now, [itemOf(matter, route, to, item)]);
  const facts = factsOf(now, { matters: [matter], preview, handoffs });
  return decideSendDispatch(contextAt(now, matter.holderUnit), facts, freshId<DispatchId>());
}

const child = (some: Partial<MatterFacts> = {}) => matterOf({ kind: 'child-protection', ...some });
const heldBy = (unit: string, some: Partial<MatterFacts> = {}) =>
  matterOf({ holderUnit: unitId(unit), ...some });

describe('opening an incident', () => {
  const incident = (occurredAt: Date) => ({
    id: freshId<MatterFacts['incidentId']>(),
    kind: 'call-out' as const,
    occurredAt,
    subjects: (['victim', 'child', 'child', 'alleged-perpetrator'] as const).map((role) => ({
      id: freshId<MatterFacts['subjectId']>(),
      role,
    })),
  });

  it('opens one matter for the victim and each child, none for the alleged perpetrator, each due to be sent in 15 minutes', () => {
    const opened = granted(decideOpenIncident(contextAt(NIGHT, 'lpo'), incident(NIGHT)));
    expect(opened.subjects).toHaveLength(4);
    expect(opened.mattersOpened.map(({ kind }) => kind)).toEqual([
      'adult-safety',
      'child-protection',
      'child-protection',
    ]);
    expect(opened.deadlinesOpened.map(({ rule, dueAt, matterId }) => [rule, dueAt, matterId])).toEqual(
      opened.mattersOpened.map(({ id }) => ['send', at('2026-01-12T23:45'), id]),
    );
  });

  it('by herself at RVC is support that RVC holds and reviews; a child is reported as ever (R-004, R-008, C-11)', () => {
    const selfReferral = { ...incident(NIGHT), kind: 'self-referral' as const };
    const rulesAt = (unit: 'rvc-a' | 'lpo') => {
      const opened = granted(decideOpenIncident(contextAt(NIGHT, unit), selfReferral));
      const kindOf = new Map(opened.mattersOpened.map(({ id, kind }) => [id, kind]));
      return opened.deadlinesOpened.map(({ rule, matterId }) => [
        matterId === null ? null : kindOf.get(matterId),
        rule,
      ]);
    };
    expect(rulesAt('rvc-a')).toEqual([
      ['adult-support', 'review'],
      ['child-protection', 'send'],
      ['child-protection', 'send'],
    ]);
    expect(rulesAt('lpo')[0]).toEqual(['adult-safety', 'send']);
  });

  it('refuses what has not happened yet', () => {
    const later = new Date(NIGHT.getTime() + 1);
    expect(codeOf(decideOpenIncident(contextAt(NIGHT, 'lpo'), incident(later)))).toBe('FUTURE_INCIDENT');
  });
});

describe('opening a matter', () => {
  const open = (kind: MatterFacts['kind'], subjectRole: MatterFacts['subjectRole']) =>
    decideOpenMatter(contextAt(OFFICE, 'rvt-a'), { ...matterOf(), kind, subjectRole, continuesId: null });

  it('is of a kind that concerns the person, and is reviewed within 14 days', () => {
    expect(codeOf(open('child-protection', 'victim'))).toBe('SUBJECT_NOT_OF_KIND');
    expect(granted(open('adult-support', 'victim')).deadlinesOpened).toMatchObject([
      { rule: 'review', askedOf: 'rvt-a' },
    ]);
  });
});

describe('sending', () => {
  it('starts the four duties of a report once, at the sending, and binds the authority it reaches', () => {
    const sent = granted(send(child(), 'child-protection.police.socialjouren', 'socialjouren', NIGHT));
    const duties = sent.deadlinesOpened.filter(({ rule }) => rule.startsWith('D-'));
    expect(duties.map(({ rule }) => rule)).toEqual(['D-01', 'D-02', 'D-03', 'D-04']);
    for (const duty of duties) {
      expect(duty).toMatchObject({ startAt: NIGHT, askedOf: 'socialjouren', handoffId: null });
      expect(duty.dutyHolder).toBe('board-of-socialjouren');
    }
  });

  it('starts no duty a second time, not even one that was met', () => {
    const again = child({ dutiesOpened: ['D-01', 'D-02', 'D-03', 'D-04'] });
    const sent = granted(send(again, 'child-protection.police.socialjouren', 'socialjouren', NIGHT));
    expect(sent.deadlinesOpened.filter(({ rule }) => rule.startsWith('D-'))).toEqual([]);
  });

  it.each([
    ['2026-01-12T23:30', '2026-01-12T23:20', '2026-01-13T10:00'],
    ['2026-01-13T03:00', '2026-01-13T02:40', '2026-01-13T10:00'],
    ['2026-01-17T12:00', '2026-01-17T11:00', '2026-01-19T10:00'],
    ['2026-06-19T09:00', '2026-06-19T08:00', '2026-06-22T10:00'],
  ])('from socialjouren at %s is due to be accepted %s → %s', (sentAt, openedAt, due) => {
    const matter = heldBy('socialjouren', { openedAt: at(openedAt) });
    const sent = granted(send(matter, 'adult-safety.socialjouren.rvt', 'rvt-a', at(sentAt)));
    const acceptance = sent.deadlinesOpened.find(({ rule }) => rule === 'acceptance-office');
    expect(acceptance?.dueAt).toEqual(at(due));
  });

  it('is due to be accepted before what it is needed for, if that is earlier', () => {
    const matter = heldBy('socialjouren', { openedAt: at('2026-01-12T23:20') });
    const needed = (when: string) =>
      granted(
        send(matter, 'adult-safety.socialjouren.rvt', 'rvt-a', NIGHT, {
          neededBefore: at(when).toISOString(),
        }),
      ).deadlinesOpened.find(({ rule }) => rule === 'acceptance-office')?.dueAt;
    expect(needed('2026-01-13T08:30')).toEqual(at('2026-01-13T08:30'));
    expect(needed('2026-01-13T14:00')).toEqual(at('2026-01-13T10:00'));
  });

  it('supersedes the open offer in the same act, lifts its times and keeps the duties', () => {
    const matter = child({ dutiesOpened: ['D-01'] });
    const old = handoffOf(matter, 'child-protection.police.socialjouren', 'socialjouren', { phase: 'sent' });
    const [acceptance, duty] = [
      deadlineOf({ rule: 'acceptance-acute', handoffId: old.id }),
      deadlineOf({ rule: 'D-01' }),
    ];
    const offered = { ...matter, openHandoffId: old.id, deadlines: [acceptance, duty] };
    const sent = granted(send(offered, 'child-protection.police.bou', 'bou-a', OFFICE, {}, [old]));
    expect(sent.handoffChanges).toMatchObject([{ id: old.id, action: 'supersede', phase: 'superseded' }]);
    expect(sent.deadlinesEnded.map(({ id, as }) => [id, as])).toEqual([[acceptance.id, 'lifted']]);
    expect(sent.events.map(({ kind }) => kind)).toEqual(['superseded', 'sent']);
  });

  it('meets what asked for it, and nothing else', () => {
    const asked = (
      ['send', 'D-18', 'contact-offered', 'review-after-decline', 'hand-back-confirmed'] as const
    ).map((rule) => deadlineOf({ rule }));
    const other = (['review', 'D-03', 'first-contact', 'answer-cancellation'] as const).map((rule) =>
      deadlineOf({ rule }),
    );
    const matter = heldBy('socialjouren', { deadlines: [...asked, ...other] });
    const sent = granted(send(matter, 'adult-safety.socialjouren.rvt', 'rvt-a', NIGHT));
    expect(sent.deadlinesEnded.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
  });

  it('tells a unit of Handslag, and nobody outside', () => {
    const inside = granted(send(matterOf(), 'adult-safety.police.socialjouren', 'socialjouren', NIGHT));
    expect(inside.notifications.map(({ unitId: unit, kind }) => [unit, kind])).toEqual([
      ['socialjouren', 'offer.acute'],
    ]);
    const outside = granted(send(matterOf(), 'adult-safety.police.other-municipality', 'solna', NIGHT));
    expect(outside.notifications).toEqual([]);
  });
});

describe('sending is refused', () => {
  const matter = matterOf();
  const item = itemOf(matter, 'adult-safety.police.socialjouren', 'socialjouren');
  const preview = previewOf('lpo', NIGHT, [item]);
  const code = (
    some: Partial<typeof preview> | null,
    about: readonly MatterFacts[] = [matter],
    unit = 'lpo',
  ) =>
    codeOf(
      decideSendDispatch(
        contextAt(NIGHT, unit),
        factsOf(NIGHT, { matters: about, preview: some === null ? null : { ...preview, ...some } }),
        freshId<DispatchId>(),
      ),
    );

  it('by its preview: none, another unit’s, used, old, or of another directory', () => {
    expect(code({})).toBe('granted');
    expect(code(null)).toBe('NOT_FOUND');
    expect(code({}, [matter], 'lpo-b')).toBe('NOT_FOUND');
    expect(code({ used: true })).toBe('PREVIEW_USED');
    expect(code({ expiresAt: NIGHT })).toBe('PREVIEW_EXPIRED');
    expect(code({ plan: { ...preview.plan, directoryVersion: 'city-0' } })).toBe('PREVIEW_OUTDATED');
  });

  it('by its matter: none, closed, another unit’s, or changed since', () => {
    expect(code({}, [])).toBe('NOT_FOUND');
    expect(code({}, [{ ...matter, closedAt: NIGHT }])).toBe('MATTER_CLOSED');
    expect(code({}, [{ ...matter, holderUnit: unitId('rvt-a') }])).toBe('NOT_RESPONSIBLE');
    expect(code({}, [{ ...matter, version: 2 }])).toBe('PREVIEW_OUTDATED');
  });

  it.each([
    ['adult-safety.police.rvt', 'socialjouren', 'NO_ROUTE'],
    ['adult-safety.socialjouren.rvt', 'rvt-a', 'NO_ROUTE'],
    ['child-protection.police.bou', 'bou-a', 'NO_ROUTE'],
    ['adult-safety.police.rvt', 'rvt-nowhere', 'UNKNOWN_UNIT'],
    ['adult-safety.police.rvt', 'rvt-ended', 'UNIT_ENDED'],
    ['adult-safety.police.rvt', 'rvt-later', 'UNIT_NOT_YET'],
    ['adult-safety.police.rvt', 'rvt-outside', 'UNIT_EXTERNAL'],
  ] as const)('by %s to %s with %s', (route, to, refusal) => {
    expect(codeOf(send(matterOf(), route, to, OFFICE))).toBe(refusal);
  });

  it.each([
    ['2026-01-12T07:59', 'RECEIVER_CLOSED'],
    ['2026-01-12T08:00', 'granted'],
    ['2026-01-12T15:59', 'granted'],
    ['2026-01-12T16:00', 'RECEIVER_CLOSED'],
    ['2026-01-12T23:30', 'RECEIVER_CLOSED'],
  ])('to an ordinary unit at %s: %s, with socialjouren named instead', (now, expected) => {
    const result = send(child(), 'child-protection.police.bou', 'bou-a', at(now));
    expect(codeOf(result)).toBe(expected);
    if (!result.ok) {
      expect(result.refusal.current).toEqual({ otherwise: 'child-protection.police.socialjouren' });
    }
  });

  it('as a whole when one of two cannot go', () => {
    const [one, other] = [matterOf(), child({ version: 4 })];
    const items = [
      itemOf(one, 'adult-safety.police.socialjouren', 'socialjouren'),
      itemOf(other, 'child-protection.police.socialjouren', 'socialjouren', { matterVersion: 3 }),
    ];
    const facts = factsOf(NIGHT, { matters: [one, other], preview: previewOf('lpo', NIGHT, items) });
    expect(codeOf(decideSendDispatch(contextAt(NIGHT, 'lpo'), facts, freshId<DispatchId>()))).toBe(
      'PREVIEW_OUTDATED',
    );
  });
});

describe('handing back and on', () => {
  const taken = { route: 'adult-safety.socialjouren.rvt', fromUnit: unitId('socialjouren') } as const;
  const held = heldBy('rvt-a', { taken });
  const back = (reason: string | null, to = 'socialjouren', matter = held) =>
    codeOf(send(matter, 'adult-safety.rvt.socialjouren', to, OFFICE, { reason }));

  it('names a reason that the way back has', () => {
    expect(back('UNREACHABLE')).toBe('granted');
    expect(back(null)).toBe('REASON_REQUIRED');
    expect(back('NOT_TARGET_GROUP')).toBe('REASON_NOT_ALLOWED');
  });

  it('goes back only the way it came', () => {
    expect(back('UNREACHABLE', 'socialjouren', heldBy('rvt-a'))).toBe('HAND_BACK_NOT_ALLOWED');
    const fromPolice = heldBy('rvt-a', {
      taken: { route: 'adult-safety.police.rvt', fromUnit: unitId('lpo') },
    });
    expect(back('UNREACHABLE', 'socialjouren', fromPolice)).toBe('HAND_BACK_NOT_ALLOWED');
    const toPolice = (to: string, reason: string) =>
      codeOf(send(fromPolice, 'adult-safety.rvt.police', to, OFFICE, { reason }));
    expect(toPolice('lpo', 'SAFETY_CHANGED')).toBe('granted');
    expect(toPolice('lpo', 'UNREACHABLE')).toBe('REASON_NOT_ALLOWED');
    expect(toPolice('lpo-b', 'SAFETY_CHANGED')).toBe('HAND_BACK_NOT_ALLOWED');
  });

  it('goes to the successor of the unit it came from', () => {
    const fromEnded = heldBy('rvc-a', {
      kind: 'perpetrator-change',
      subjectRole: 'alleged-perpetrator',
      taken: { route: 'perpetrator-change.rvt.rvc', fromUnit: unitId('rvt-ended') },
    });
    const to = (unit: string) =>
      codeOf(send(fromEnded, 'perpetrator-change.rvc.rvt', unit, OFFICE, { reason: 'MOVED' }));
    expect([to('rvt-a'), to('rvt-b')]).toEqual(['granted', 'HAND_BACK_NOT_ALLOWED']);
  });

  it('goes from RVC to the RVT of her new district, and back for a coded reason only (R-011, REC-1)', () => {
    const hers = heldBy('rvc-a', {
      kind: 'adult-support',
      taken: { route: 'adult-support.rvt.rvc', fromUnit: unitId('rvt-a') },
    });
    const to = (unit: string, reason: string | null) =>
      codeOf(send(hers, 'adult-support.rvc.rvt', unit, OFFICE, { reason }));
    expect([to('rvt-b', null), to('rvt-a', 'MOVED'), to('rvt-a', 'NOT_TARGET_GROUP')]).toEqual([
      'granted',
      'granted',
      'REASON_NOT_ALLOWED',
    ]);
  });

  it('is a route of another person’s only: a child’s matter takes no way that is about adults', () => {
    const childs = heldBy('rvt-a', { kind: 'mental-health', subjectRole: 'child' });
    expect(codeOf(send(childs, 'mental-health.rvt.region', 'rvc-a', OFFICE))).toBe('NO_ROUTE');
  });

  it('goes on to another district for a reason, and a child never for want of consent', () => {
    const on = (reason: string | null) =>
      codeOf(
        send(child({ holderUnit: unitId('bou-a') }), 'child-protection.bou.bou', 'bou-b', OFFICE, { reason }),
      );
    expect([on('MOVED'), on('CONSENT_WITHDRAWN'), on(null)]).toEqual([
      'granted',
      'REASON_NOT_ALLOWED',
      'REASON_REQUIRED',
    ]);
  });

  it('never goes to the unit that holds it', () => {
    expect(codeOf(send(held, 'adult-safety.rvt.rvt', 'rvt-a', OFFICE, { reason: 'MOVED' }))).toBe('NO_ROUTE');
  });

  it('remembers what it hands back, and leaves responsibility where it is', () => {
    const acceptedHandoffId = handoffOf(held, 'adult-safety.socialjouren.rvt', 'rvt-a').id;
    const sent = granted(
      send({ ...held, acceptedHandoffId }, 'adult-safety.rvt.socialjouren', 'socialjouren', OFFICE, {
        reason: 'UNREACHABLE',
      }),
    );
    expect(sent.handoffsSent).toMatchObject([{ handBackOf: acceptedHandoffId }]);
    expect(sent.spells).toEqual([]);
    expect(after({ matter: held, handoffs: [] }, sent, OFFICE).matter.holderUnit).toBe('rvt-a');
  });
});
