import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SubjectRole } from '../matter/index.js';
import type { Result } from '../refusals/index.js';
import { keysOf } from '../wording/index.js';
import {
  conversationsSpent,
  decideBooking,
  decideInvestigationStep,
  FREE_CONVERSATIONS,
  INVESTIGATION_STEPS,
  type InvestigationStanding,
  isInvestigationOfferDue,
  SESSION_STATES,
  type SessionOfEpisode,
} from './conversations.js';
import { decideSupportOpening } from './eligibility.js';
import {
  isInterventionFor,
  RVC_INTERVENTIONS,
  SUPPORT_CHANNELS,
  SUPPORT_MODALITIES,
} from './interventions.js';

const codeOf = (result: Result<null>) => (result.ok ? 'OK' : result.refusal.code);
const STARTS_AT = new Date('2026-12-10T09:00:00Z');
const individual = { modality: 'individual', startsAt: STARTS_AT } as const;
const held = (count: number): SessionOfEpisode[] =>
  Array.from({ length: count }, () => ({ modality: 'individual', state: 'ATTENDED' }));
const anySession: fc.Arbitrary<SessionOfEpisode> = fc.record({
  modality: fc.constantFrom(...keysOf(SUPPORT_MODALITIES)),
  state: fc.constantFrom(...keysOf(SESSION_STATES)),
});
const anyInvestigation: fc.Arbitrary<InvestigationStanding | null> = fc.option(
  fc.record({
    step: fc.constantFrom(...keysOf(INVESTIGATION_STEPS)),
    bridgedUntil: fc.option(fc.date({ noInvalidDate: true })),
  }),
);

describe('five conversations without an investigation (R-004, R-005)', () => {
  it('never let more than five be held or booked without a decision of RVT or a bridge, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anySession, { maxLength: 20 }), (asked) => {
        const sessions: SessionOfEpisode[] = [];
        for (const session of asked) {
          const { modality } = session;
          const may = decideBooking({ sessions, investigation: null }, { modality, startsAt: STARTS_AT });
          if (may.ok) sessions.push(session);
        }
        expect(conversationsSpent(sessions)).toBeLessThanOrEqual(FREE_CONVERSATIONS);
      }),
    );
  });

  it('are refused from the sixth on by nothing but a missing decision', () => {
    fc.assert(
      fc.property(fc.array(anySession, { maxLength: 12 }), anyInvestigation, (sessions, investigation) => {
        const spent = conversationsSpent(sessions) >= FREE_CONVERSATIONS;
        const goesOn =
          investigation?.step === 'GRANTED' ||
          (investigation?.step === 'BRIDGED' &&
            investigation.bridgedUntil !== null &&
            STARTS_AT < investigation.bridgedUntil);
        expect(decideBooking({ sessions, investigation }, individual).ok).toBe(!spent || goesOn);
      }),
    );
  });

  it('are not spent by telephone advice, unless the configuration counts it', () => {
    const sessions: SessionOfEpisode[] = Array.from({ length: 9 }, () => ({
      ...{ modality: 'telephone', state: 'ATTENDED' },
    }));
    expect(conversationsSpent(sessions)).toBe(0);
    expect(conversationsSpent(sessions, ['telephone'])).toBe(9);
    const asked = { modality: 'telephone', startsAt: STARTS_AT } as const;
    expect(codeOf(decideBooking({ sessions, investigation: null }, asked))).toBe('OK');
    expect(codeOf(decideBooking({ sessions, investigation: null }, asked, ['telephone']))).toBe(
      'FIVE_CONVERSATIONS_SPENT',
    );
  });

  it.each(['NO_SHOW', 'CANCELLED', 'IN_ERROR'] as const)('are not spent by one that was %s', (state) => {
    expect(conversationsSpent([{ modality: 'individual', state }])).toBe(0);
  });

  it('bring the offer of an investigation at the fourth, and not again once it was made', () => {
    expect([3, 4, 5].map((n) => isInvestigationOfferDue({ sessions: held(n), investigation: null }))).toEqual(
      [false, true, true],
    );
    const investigation = { step: 'OFFERED', bridgedUntil: null } as const;
    expect(isInvestigationOfferDue({ sessions: held(5), investigation })).toBe(false);
  });

  it('are bridged only for what begins before the day that the unit head set', () => {
    const until = (bridgedUntil: Date) => ({ step: 'BRIDGED', bridgedUntil }) as const;
    const booked = (bridgedUntil: Date) =>
      codeOf(decideBooking({ sessions: held(5), investigation: until(bridgedUntil) }, individual));
    expect(booked(new Date(STARTS_AT.getTime() + 1))).toBe('OK');
    expect(booked(STARTS_AT)).toBe('FIVE_CONVERSATIONS_SPENT');
  });

  it.each([
    [null, 'OFFERED', {}, 'OK'],
    [null, 'ACCEPTED', {}, 'INVESTIGATION_STEP_ORDER'],
    ['OFFERED', 'ACCEPTED', {}, 'OK'],
    ['OFFERED', 'BRIDGED', { isUnitHead: true }, 'INVESTIGATION_STEP_ORDER'],
    ['DECLINED', 'BRIDGED', { isUnitHead: true }, 'INVESTIGATION_STEP_ORDER'],
    ['ACCEPTED', 'BRIDGED', {}, 'BRIDGE_BY_UNIT_HEAD'],
    ['ACCEPTED', 'BRIDGED', { isUnitHead: true }, 'OK'],
    ['ACCEPTED', 'GRANTED', {}, 'DECISION_REFERENCE'],
    ['ACCEPTED', 'GRANTED', { hasDecision: true }, 'OK'],
    [null, 'GRANTED', { hasDecision: true }, 'OK'],
    ['GRANTED', 'BRIDGED', { isUnitHead: true }, 'INVESTIGATION_STEP_ORDER'],
  ] as const)('after %s a step %s by %j is answered %s', (before, step, by, code) => {
    const standing = before === null ? null : { step: before, bridgedUntil: null };
    expect(
      codeOf(decideInvestigationStep(standing, { step, isUnitHead: false, hasDecision: false, ...by })),
    ).toBe(code);
  });
});

describe('who is given support (R-001, R-006, R-024)', () => {
  const asked = { role: 'victim', channel: 'self-referral', isAdult: true, hasDecision: false } as const;
  it.each([
    ['an adult who was hurt', {}, 'OK'],
    ['an adult who hurts', { role: 'alleged-perpetrator' }, 'OK'],
    ['somebody who does not say who she is', { isAdult: 'unknown' }, 'OK'],
    ['a person under 18', { isAdult: false }, 'SUPPORT_FROM_18'],
    ['a child who came without BoU', { role: 'child' }, 'CHILD_SUPPORT_BY_DECISION'],
    [
      'a child whose decision is not named',
      { role: 'child', channel: 'bou-decision' },
      'CHILD_SUPPORT_BY_DECISION',
    ],
    ['a child by decision of BoU', { role: 'child', channel: 'bou-decision', hasDecision: true }, 'OK'],
    ['an adult by a decision that is not named', { channel: 'rvt-decision' }, 'DECISION_REFERENCE'],
    ['an adult by decision of BoU', { channel: 'bou-decision', hasDecision: true }, 'SUBJECT_NOT_OF_KIND'],
  ] as const)('%s: %j is %s', (_who, some, code) => {
    expect(codeOf(decideSupportOpening({ ...asked, ...some }))).toBe(code);
  });

  it('is a child by decision alone, however she came', () => {
    for (const channel of keysOf(SUPPORT_CHANNELS)) {
      const child = { role: 'child', channel, isAdult: 'unknown', hasDecision: false } as const;
      expect(codeOf(decideSupportOpening(child))).toBe('CHILD_SUPPORT_BY_DECISION');
    }
  });
});

describe('the catalogue of interventions (R-003, R-009, C3)', () => {
  const forWhom = (role: SubjectRole) =>
    keysOf(RVC_INTERVENTIONS).filter((intervention) =>
      keysOf(SUPPORT_MODALITIES).some((modality) => isInterventionFor(intervention, { role, modality })),
    );

  it('supports victims alone through the legal process, and takes nobody else into their group', () => {
    expect(forWhom('victim')).toEqual(expect.arrayContaining(['LEGAL_PROCESS', 'VICTIM_GROUP']));
    expect(forWhom('alleged-perpetrator')).toEqual([
      'INDIVIDUAL_ATV',
      'NON_VIOLENCE_GROUP',
      'TELEPHONE_ADVICE',
      'COUPLE_SESSION',
    ]);
  });

  it('gives a child Trappan or Här och nu and nothing else', () => {
    expect(forWhom('child')).toEqual(['TRAPPAN', 'HERE_AND_NOW']);
  });
});
