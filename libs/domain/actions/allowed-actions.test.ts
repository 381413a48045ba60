import { describe, expect, it } from '@jest/globals';
import { HANDOFF_PHASES, type HandoffPhase, type HandoffSide } from '../handoff/index.js';
import type { Route, RouteId } from '../routes/index.js';
import { routeById } from '../routes/index.js';
import { ACTIONS, handoffAction, matterAction } from './actions.js';
import {
  explainHandoffActions,
  explainMatterActions,
  type HandoffSituation,
  type MatterSituation,
  mayActOnHandoff,
  mayActOnMatter,
} from './allowed-actions.js';

function route(id: RouteId): Route {
  const found = routeById(id);
  if (found === undefined) throw new Error(`no route ${id}`);
  return found;
}

const offer = (
  phase: HandoffPhase,
  side: HandoffSide,
  id: RouteId = 'adult-safety.police.socialjouren',
): HandoffSituation => ({
  phase,
  route: route(id),
  sides: { [side]: ['case-worker'] },
  matterIsOpen: true,
  acceptorStillHolds: true,
  cancellationRequested: false,
});

const matter: MatterSituation = {
  phase: 'held',
  kind: 'adult-safety',
  flags: new Set(),
  roles: ['case-worker'],
  hasOpenOffer: false,
};

const CHILD = 'child-protection.police.socialjouren';

describe('the table of actions', () => {
  it('has the actions of DESIGN 12 at the door', () => {
    const names = (machine: string) =>
      ACTIONS.filter((action) => action.atTheDoor && action.machine === machine).map((action) => action.name);
    expect(names('handoff')).toEqual(
      'open accept decline redirect request-information answer withdraw enter-in-error request-cancellation attest'.split(
        ' ',
      ),
    );
    expect(names('matter')).toEqual(
      'assign take-over note contact-attempt contact-made schedule attend no-show event-cancelled hold resume confirm-cancellation refuse-cancellation close'.split(
        ' ',
      ),
    );
  });

  it('moves no version by delivering or opening, so that a sender can withdraw with what it read', () => {
    const still = ACTIONS.filter((action) => action.machine === 'handoff' && !action.movesVersion);
    expect(still.map((action) => action.name)).toEqual(['deliver', 'open']);
  });
});

describe('a concern report (C9)', () => {
  it.each([
    ['decline', 'opened', 'receiver', 'CANNOT_DECLINE_REPORT'],
    ['withdraw', 'sent', 'sender', 'CANNOT_WITHDRAW_REPORT'],
    ['enter-in-error', 'delivered', 'sender', 'CANNOT_ERASE_REPORT'],
    ['request-cancellation', 'accepted', 'sender', 'CANNOT_CANCEL_REPORT'],
  ] as const)('refuses %s in %s by the %s', (action, phase, side, refusal) => {
    expect(mayActOnHandoff(handoffAction(action), offer(phase, side, CHILD))).toEqual({
      allowed: false,
      refusal,
    });
    expect(mayActOnHandoff(handoffAction(action), offer(phase, side))).toEqual({ allowed: true });
  });

  it('can be accepted, redirected, and asked about', () => {
    for (const action of ['accept', 'redirect', 'request-information'] as const) {
      expect(mayActOnHandoff(handoffAction(action), offer('opened', 'receiver', CHILD))).toEqual({
        allowed: true,
      });
    }
  });

  it('is not put on hold, and not closed while an offer is open', () => {
    const child: MatterSituation = { ...matter, kind: 'child-protection', roles: ['unit-head'] };
    expect(mayActOnMatter(matterAction('hold'), child)).toEqual({
      allowed: false,
      refusal: 'CANNOT_HOLD_REPORT',
    });
    expect(mayActOnMatter(matterAction('close'), { ...child, hasOpenOffer: true })).toEqual({
      allowed: false,
      refusal: 'HOLDS_OPEN_OFFER',
    });
    expect(mayActOnMatter(matterAction('close'), { ...matter, hasOpenOffer: true })).toEqual({
      allowed: true,
    });
  });
});

describe('who may act on an offer', () => {
  it('is the side whose move it is', () => {
    expect(mayActOnHandoff(handoffAction('accept'), offer('opened', 'sender'))).toEqual({
      allowed: false,
      refusal: 'NOT_YOUR_UNIT',
    });
    expect(mayActOnHandoff(handoffAction('withdraw'), offer('opened', 'receiver'))).toEqual({
      allowed: false,
      refusal: 'NOT_YOUR_UNIT',
    });
  });

  it('is somebody with a fitting mandate: an auditor or a coordinator accepts nothing', () => {
    for (const role of ['auditor', 'coordinator', 'administrator'] as const) {
      const situation = { ...offer('opened', 'receiver'), sides: { receiver: [role] } };
      expect(mayActOnHandoff(handoffAction('accept'), situation)).toEqual({
        allowed: false,
        refusal: 'NO_MANDATE',
      });
    }
  });

  it('is told what came between', () => {
    expect(mayActOnHandoff(handoffAction('accept'), offer('accepted', 'receiver'))).toMatchObject({
      refusal: 'ALREADY_ACCEPTED',
    });
    expect(mayActOnHandoff(handoffAction('accept'), offer('withdrawn', 'receiver'))).toMatchObject({
      refusal: 'HANDOFF_WITHDRAWN',
    });
    expect(mayActOnHandoff(handoffAction('accept'), offer('sent', 'receiver'))).toMatchObject({
      refusal: 'ILLEGAL_TRANSITION',
    });
  });

  it('attests only for a unit outside Handslag', () => {
    expect(mayActOnHandoff(handoffAction('attest'), offer('sent', 'sender'))).toMatchObject({
      refusal: 'UNIT_NOT_EXTERNAL',
    });
    const outside = offer('sent', 'sender', 'adult-safety.socialjouren.other-municipality');
    expect(mayActOnHandoff(handoffAction('attest'), outside)).toEqual({ allowed: true });
  });

  it('asks for cancellation once, while the unit that accepted still holds an open matter', () => {
    const ask = (change: Partial<HandoffSituation>) =>
      mayActOnHandoff(handoffAction('request-cancellation'), { ...offer('accepted', 'sender'), ...change });
    expect(ask({})).toEqual({ allowed: true });
    expect(ask({ cancellationRequested: true })).toMatchObject({ refusal: 'CANCELLATION_ALREADY_REQUESTED' });
    expect(ask({ acceptorStillHolds: false })).toMatchObject({ refusal: 'ACCEPTOR_NO_LONGER_HOLDS' });
    expect(ask({ matterIsOpen: false })).toMatchObject({ refusal: 'ACCEPTOR_NO_LONGER_HOLDS' });
  });
});

describe('work on a matter', () => {
  it('is the responsible unit’s alone', () => {
    expect(mayActOnMatter(matterAction('note'), { ...matter, roles: [] })).toMatchObject({
      refusal: 'NOT_RESPONSIBLE',
    });
  });

  it('is held by the unit head only, once, and resumed only from a hold', () => {
    const head: MatterSituation = { ...matter, roles: ['unit-head'] };
    const resting: MatterSituation = { ...head, flags: new Set(['on-hold']) };
    expect(mayActOnMatter(matterAction('hold'), matter)).toMatchObject({ refusal: 'NO_MANDATE' });
    expect(mayActOnMatter(matterAction('hold'), head)).toEqual({ allowed: true });
    expect(mayActOnMatter(matterAction('hold'), resting)).toMatchObject({ refusal: 'ALREADY_ON_HOLD' });
    expect(mayActOnMatter(matterAction('resume'), head)).toMatchObject({ refusal: 'NOT_ON_HOLD' });
    expect(mayActOnMatter(matterAction('resume'), resting)).toEqual({ allowed: true });
  });

  it('answers a cancellation only when one was asked', () => {
    for (const action of ['confirm-cancellation', 'refuse-cancellation'] as const) {
      expect(mayActOnMatter(matterAction(action), matter)).toMatchObject({
        refusal: 'NO_CANCELLATION_REQUESTED',
      });
      const asked: MatterSituation = { ...matter, flags: new Set(['cancellation-requested']) };
      expect(mayActOnMatter(matterAction(action), asked)).toEqual({ allowed: true });
    }
  });

  it('ends with the matter', () => {
    expect(explainMatterActions({ ...matter, phase: 'closed' }).some((one) => one.allowed)).toBe(false);
  });
});

describe('the explanation', () => {
  it.each(HANDOFF_PHASES)('names every action in %s, allowed or with the refusal it would meet', (phase) => {
    const explained = explainHandoffActions(offer(phase, 'receiver'));
    expect(explained).toHaveLength(10);
    for (const one of explained) {
      expect(mayActOnHandoff(handoffAction(one.action), offer(phase, 'receiver')).allowed).toBe(one.allowed);
    }
  });
});
