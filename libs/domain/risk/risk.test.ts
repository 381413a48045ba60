import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MATTER_KINDS, type MatterKind } from '../matter/index.js';
import { PUBLISHED_FACTS, type PublishedFactCode } from '../published-facts/index.js';
import { UNIT_KINDS, type UnitKind } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { repeatIncidents } from './repeat-incidents.js';
import { factsOfRisk, RISK_EVENTS, type RiskEvent } from './risk-events.js';
import { mayOfferSupport, type SupportOffer, type TriageFacts } from './risk-triage.js';

const OFFER: SupportOffer = { matterKind: 'adult-support', from: 'rvt', to: 'rvc', direction: 'forward' };
const code = (offer: SupportOffer, facts: TriageFacts) => {
  const may = mayOfferSupport(offer, facts);
  return may.ok ? 'may' : may.refusal.code;
};
const triaged = (outcome: NonNullable<TriageFacts['triage']>['outcome']): TriageFacts => ({
  triage: { outcome },
  isAssessed: false,
});
const NONE: TriageFacts = { triage: null, isAssessed: false };

describe('triage before any offer of support at RVC (R-011)', () => {
  it.each([
    ['nobody triaged', NONE, 'RISK_TRIAGE_FIRST'],
    ['an assessment is needed', triaged('ASSESSMENT_NEEDED'), 'RISK_ASSESSMENT_FIRST'],
    ['it cannot be said yet', triaged('CANNOT_YET_BE_SAID'), 'RISK_ASSESSMENT_FIRST'],
    ['none is needed', triaged('NOT_NEEDED'), 'may'],
    ['it is made', { ...triaged('ASSESSMENT_NEEDED'), isAssessed: true }, 'may'],
  ] as const)('where %s: %s', (_, facts, expected) => {
    expect(code(OFFER, facts)).toBe(expected);
  });

  it('never stops the way back to RVT, where the assessment is made', () => {
    const back: SupportOffer = { ...OFFER, from: 'rvc', to: 'rvt', direction: 'hand-back' };
    for (const facts of [NONE, triaged('ASSESSMENT_NEEDED')]) expect(code(back, facts)).toBe('may');
  });

  it('lets a contact go on at another RVC after a move, unless a triage asks for more (REC-1)', () => {
    const move: SupportOffer = { ...OFFER, from: 'rvc', direction: 'hand-on' };
    expect(code(move, NONE)).toBe('may');
    expect(code(move, triaged('ASSESSMENT_NEEDED'))).toBe('RISK_ASSESSMENT_FIRST');
  });

  it('stands before support at RVC and before nothing else', () => {
    const offers = fc.record({
      matterKind: fc.constantFrom(...keysOf<MatterKind>(MATTER_KINDS)),
      from: fc.constantFrom(...keysOf<UnitKind>(UNIT_KINDS)),
      to: fc.constantFrom(...keysOf<UnitKind>(UNIT_KINDS)),
      direction: fc.constantFrom('forward', 'hand-back', 'hand-on'),
    });
    fc.assert(
      fc.property(offers, (offer) => {
        const isStopped = code(offer, triaged('ASSESSMENT_NEEDED')) !== 'may';
        expect(isStopped).toBe(offer.matterKind === 'adult-support' && offer.to === 'rvc');
      }),
    );
  });
});

describe('what asks for a review of the risk (forms 4)', () => {
  it('is every published fact of that name, and no other', () => {
    const codes = keysOf<PublishedFactCode>(PUBLISHED_FACTS);
    expect(factsOfRisk(codes)).toEqual(codes.filter((one) => Object.hasOwn(RISK_EVENTS, one)));
    expect(factsOfRisk(codes)).toContain('suspect-arrested');
  });

  it('comes ahead of a hearing and a visit, and the same day for what has happened', () => {
    const ahead = keysOf<RiskEvent>(RISK_EVENTS).filter((event) => RISK_EVENTS[event].ahead);
    expect(ahead).toEqual(['custody-hearing', 'contact-visit']);
  });
});

describe('repeated incidents of one person in the unit (E-3)', () => {
  const now = new Date('2026-12-01T10:00:00Z');
  const on = (incidentId: string, day: string) => ({ incidentId, at: new Date(`${day}T09:00:00Z`) });

  it('are those of the twelve months before, each once, the newest first', () => {
    const days = repeatIncidents(
      [on('a', '2026-03-01'), on('b', '2026-11-30'), on('a', '2026-03-02'), on('old', '2025-11-30')],
      now,
    );
    expect(days.map((at) => at.toISOString().slice(0, 10))).toEqual(['2026-11-30', '2026-03-01']);
  });

  it('never count what lies ahead, and are never more than the incidents', () => {
    const some = fc.array(
      fc.record({
        incidentId: fc.constantFrom('a', 'b', 'c'),
        at: fc.date({ min: new Date('2024-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      }),
    );
    fc.assert(
      fc.property(some, (others) => {
        const days = repeatIncidents(others, now);
        expect(days.length).toBeLessThanOrEqual(new Set(others.map(({ incidentId }) => incidentId)).size);
        expect(days.every((at) => at <= now)).toBe(true);
      }),
    );
  });
});
