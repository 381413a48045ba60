import { describe, expect, it } from '@jest/globals';
import { findTransition, type Machine } from './machine.js';
import { machineDefects } from './machine-defects.js';

type Toy = Machine<'start' | 'middle' | 'loop' | 'end', 'go' | 'turn' | 'mark', 'a' | 'b'>;

const SOUND: Toy = {
  name: 'toy',
  initial: 'start',
  phases: ['start', 'middle', 'end'],
  terminal: ['end'],
  transitions: [
    { action: 'go', from: 'start', to: 'middle', side: 'a' },
    { action: 'go', from: 'middle', to: 'end', side: 'b' },
    { action: 'mark', from: 'end', to: 'end', side: 'a' },
  ],
};

describe('the validator of machines', () => {
  it('finds nothing in a sound machine, marks on a terminal phase included', () => {
    expect(machineDefects(SOUND)).toEqual([]);
  });

  it('finds a phase that nothing leads to', () => {
    expect(machineDefects({ ...SOUND, phases: [...SOUND.phases, 'loop'] })).toContain(
      'toy: phase loop is unreachable',
    );
  });

  it('finds a dead end', () => {
    const transitions: Toy['transitions'] = [
      ...SOUND.transitions,
      { action: 'turn', from: 'start', to: 'loop', side: 'a' },
    ];
    expect(machineDefects({ ...SOUND, phases: [...SOUND.phases, 'loop'], transitions })).toEqual([
      'toy: phase loop is a dead end',
    ]);
  });

  it('finds phases that turn in a circle and never come to an end', () => {
    const transitions: Toy['transitions'] = [
      { action: 'go', from: 'start', to: 'middle', side: 'a' },
      { action: 'turn', from: 'middle', to: 'start', side: 'a' },
    ];
    expect(machineDefects({ ...SOUND, transitions })).toEqual([
      'toy: phase start never comes to an end',
      'toy: phase middle never comes to an end',
      'toy: phase end is unreachable',
    ]);
  });

  it('finds a way out of a terminal phase, an undeclared phase, and two steps for one act', () => {
    const transitions: Toy['transitions'] = [
      ...SOUND.transitions,
      { action: 'turn', from: 'end', to: 'start', side: 'a' },
      { action: 'go', from: 'start', to: 'loop', side: 'a' },
    ];
    expect(machineDefects({ ...SOUND, transitions })).toEqual([
      'toy: phase loop is used but not declared',
      'toy: two steps for "start go a"',
      'toy: terminal phase end can be left',
    ]);
  });
});

describe('asking a machine', () => {
  it('finds a step by phase, action and side, and none for the other side', () => {
    expect(findTransition(SOUND, { phase: 'middle', action: 'go', side: 'b' })?.to).toBe('end');
    expect(findTransition(SOUND, { phase: 'middle', action: 'go', side: 'a' })).toBeUndefined();
  });
});
