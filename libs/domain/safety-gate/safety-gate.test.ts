import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keysOf } from '../wording/index.js';
import { GATED_CONTACTS, REACHED_RELATIONS, type SafetyGateFacts, safetyGate } from './safety-gate.js';

const ANY_FACTS = fc.record<SafetyGateFacts>({
  contact: fc.constantFrom(...keysOf(GATED_CONTACTS)),
  relation: fc.constantFrom(...keysOf(REACHED_RELATIONS)),
  honourRelated: fc.constantFrom('yes', 'no', 'unknown'),
  isAutomatic: fc.boolean(),
  assessmentIsDue: fc.boolean(),
  decided: fc.option(
    fc.record({
      decision: fc.constantFrom('now' as const, 'postponed' as const),
      reviewAt: fc.option(fc.date({ noInvalidDate: true })),
    }),
  ),
});

describe('the safety gate', () => {
  it('opens for an alleged perpetrator or a guardian only by a decision about that person that says now', () => {
    fc.assert(
      fc.property(ANY_FACTS, (facts) => {
        fc.pre(facts.relation === 'alleged-perpetrator' || facts.relation === 'guardian');
        if (safetyGate(facts).open) expect(facts.decided?.decision).toBe('now');
      }),
    );
  });

  it('is closed by a postponed decision, whenever its day of review is', () => {
    fc.assert(
      fc.property(ANY_FACTS, (facts) => {
        fc.pre(facts.relation !== 'self' && facts.decided?.decision === 'postponed');
        expect(safetyGate(facts).open).toBe(false);
      }),
    );
  });

  it('never lets a consent request go by itself to an alleged perpetrator, whatever was decided', () => {
    fc.assert(
      fc.property(ANY_FACTS, (facts) => {
        const asked = {
          ...facts,
          relation: 'alleged-perpetrator',
          contact: 'consent-request',
          isAutomatic: true,
        } as const;
        expect(safetyGate(asked)).toEqual({ open: false, because: 'never-automatically' });
      }),
    );
  });

  it('lets nobody but the person herself be reached before the protection assessment', () => {
    fc.assert(
      fc.property(ANY_FACTS, (facts) => {
        fc.pre(facts.assessmentIsDue && facts.relation !== 'self');
        expect(safetyGate(facts).open).toBe(false);
      }),
    );
  });

  it.each([
    ['yes', false],
    ['unknown', false],
    ['no', true],
  ] as const)(
    'for a relative, with honour in question %s and nothing decided, is open: %s',
    (honourRelated, open) => {
      const answer = safetyGate({
        contact: 'notice',
        relation: 'relative',
        honourRelated,
        isAutomatic: false,
        assessmentIsDue: false,
        decided: null,
      });
      expect(answer.open).toBe(open);
    },
  );
});
