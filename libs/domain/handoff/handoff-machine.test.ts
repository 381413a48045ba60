import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTransition } from '../machine/index.js';
import {
  HANDOFF_ACTIONS,
  HANDOFF_MACHINE,
  HANDOFF_PHASES,
  HANDOFF_SIDES,
  isOpenPhase,
  isTerminal,
} from './handoff-machine.js';
import { FHIR_TASK_STATUS } from './handoff-phases.js';

/** The table of DESIGN 5, written down a second time and by hand, since the machine builds it from parts. */
const DESIGN_5: Readonly<Record<string, readonly string[]>> = {
  sent: [
    'receiver-system deliver delivered',
    'receiver open opened',
    'sender withdraw withdrawn',
    'sender supersede superseded',
    'sender enter-in-error entered-in-error',
    'sender attest accepted',
  ],
  delivered: [
    'receiver open opened',
    'sender withdraw withdrawn',
    'sender supersede superseded',
    'sender enter-in-error entered-in-error',
  ],
  opened: [
    'receiver accept accepted',
    'receiver decline declined',
    'receiver redirect redirected',
    'receiver request-information awaiting-information',
    'sender withdraw withdrawn',
    'sender supersede superseded',
    'sender enter-in-error entered-in-error',
  ],
  'awaiting-information': [
    'sender answer opened',
    'receiver accept accepted',
    'receiver decline declined',
    'receiver redirect redirected',
    'sender withdraw withdrawn',
    'sender supersede superseded',
    'sender enter-in-error entered-in-error',
  ],
  accepted: ['sender enter-in-error accepted', 'sender request-cancellation accepted'],
};

const told = (phase: string) =>
  HANDOFF_MACHINE.transitions
    .filter(({ from }) => from === phase)
    .map(({ side, action, to }) => `${side} ${action} ${to}`);

describe('the offer', () => {
  it.each(HANDOFF_PHASES)('has in %s the steps of DESIGN 5 and no others', (phase) => {
    expect(told(phase).toSorted()).toEqual((DESIGN_5[phase] ?? []).toSorted());
  });

  it('is open or at an end, never both', () => {
    expect(HANDOFF_PHASES.filter(isOpenPhase)).toEqual([
      'sent',
      'delivered',
      'opened',
      'awaiting-information',
    ]);
    expect(HANDOFF_PHASES.filter(isTerminal)).toEqual([...HANDOFF_MACHINE.terminal]);
  });

  it('never leaves its last phase, whatever anybody does, and is never accepted without being opened or attested', () => {
    const act = fc.record({
      action: fc.constantFrom(...HANDOFF_ACTIONS),
      side: fc.constantFrom(...HANDOFF_SIDES),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let phase = HANDOFF_MACHINE.initial;
        let opened = false;
        for (const { action, side } of acts) {
          const step = findTransition(HANDOFF_MACHINE, { phase, action, side });
          if (step === undefined) continue;
          if (isTerminal(phase)) expect(step.to).toBe(phase);
          opened ||= step.to === 'opened';
          if (step.to === 'accepted' && phase !== 'accepted')
            expect(opened || action === 'attest').toBe(true);
          phase = step.to;
        }
      }),
    );
  });

  it('reads as a FHIR Task in each phase', () => {
    expect(HANDOFF_PHASES.map((phase) => FHIR_TASK_STATUS[phase])).toEqual([
      'requested',
      'requested',
      'received',
      'received',
      'accepted',
      'rejected',
      'rejected',
      'cancelled',
      'cancelled',
      'entered-in-error',
    ]);
  });
});
