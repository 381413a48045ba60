import { describe, expect, it } from '@jest/globals';
import { findTransition } from '../machine/index.js';
import { keysOf } from '../wording/index.js';
import { isSafeForChild, missingForClosing, outcomesFor } from './closing.js';
import { MATTER_KINDS, type MatterKind, matterKind, SUBJECT_ROLES } from './matter-kinds.js';
import { isOpenMatter, MATTER_ACTIONS, MATTER_MACHINE, MATTER_PHASES } from './matter-machine.js';

const OPEN = MATTER_PHASES.filter(isOpenMatter);

describe('the work on a matter', () => {
  it('allows every action in every open phase, in any order, and none once closed', () => {
    for (const action of MATTER_ACTIONS) {
      for (const phase of MATTER_PHASES) {
        const step = findTransition(MATTER_MACHINE, { phase, action, side: 'holder' });
        expect(step !== undefined).toBe(phase !== 'closed');
      }
    }
  });

  it('confirms a cancellation by closing, or by a hand-back that leaves the work where it is', () => {
    for (const phase of OPEN) {
      const confirm = { phase, action: 'confirm-cancellation', side: 'holder' } as const;
      expect(findTransition(MATTER_MACHINE, { ...confirm, variant: 'with-outcome' })?.to).toBe('closed');
      expect(findTransition(MATTER_MACHINE, { ...confirm, variant: 'with-hand-back' })?.to).toBe(phase);
    }
  });

  it('moves no phase by a hold, a note or an assignment', () => {
    for (const action of ['hold', 'resume', 'note', 'assign', 'take-over', 'refuse-cancellation'] as const) {
      expect(findTransition(MATTER_MACHINE, { phase: 'scheduled', action, side: 'holder' })?.to).toBe(
        'scheduled',
      );
    }
  });
});

describe('closing a matter', () => {
  it('lets a child go only with a successor or a recorded decision (C1), whatever the kind', () => {
    for (const kind of keysOf<MatterKind>(MATTER_KINDS)) {
      if (!matterKind(kind).subjects.includes('child')) continue;
      const outcomes = outcomesFor(kind, 'child');
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.every(isSafeForChild)).toBe(true);
    }
  });

  it('does not let a child-protection matter be cancelled, entered in error, or closed as unreachable', () => {
    const outcomes: readonly string[] = outcomesFor('child-protection', 'child');
    expect(outcomes).toEqual(['SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE']);
  });

  it('offers an adult what it does not offer a child of the same kind of matter', () => {
    expect(outcomesFor('mental-health', 'victim')).toContain('PERSON_DECLINED');
    expect(outcomesFor('mental-health', 'child')).not.toContain('PERSON_DECLINED');
  });

  it('names what is still missing', () => {
    expect(missingForClosing('CHILD_TAKEN_OUTSIDE', new Set(['attested-and-rechecked']))).toEqual([
      'nothing-further-decision',
    ]);
    expect(missingForClosing('SUCCESSOR', new Set(['successor-matter']))).toEqual([]);
  });

  it('is opened at the alarm for each victim and each child, and for nobody else', () => {
    const opened = keysOf(SUBJECT_ROLES).map((role) =>
      keysOf<MatterKind>(MATTER_KINDS).filter((kind) => matterKind(kind).openedAtAlarmFor === role),
    );
    expect(opened).toEqual([['adult-safety'], ['child-protection'], []]);
  });
});
