import type { Label } from '../wording/index.js';

/**
 * Whom a rung reaches. `coordinator-or-fallback` is the coordinator when open, else the function that the directory
 * names as staffed at that hour; it is the only rung a ladder may end with (C3).
 */
export const RUNG_RECEIVERS = {
  'asked-of': { sv: 'den funktion som uppgiften gäller', en: 'the function asked' },
  'responsible-unit': { sv: 'enheten som svarar för ärendet', en: 'the responsible unit' },
  'late-unit': { sv: 'enheten som dröjer', en: 'the late unit' },
  'unit-heads': { sv: 'båda enhetscheferna', en: 'both unit heads' },
  'coordinator-or-fallback': {
    sv: 'samordnaren, annars den reserv som är bemannad',
    en: 'the coordinator, else the fallback that is staffed',
  },
} as const satisfies Record<string, Label>;
export type RungReceiver = keyof typeof RUNG_RECEIVERS;

/** Staffed at every hour: where a ladder must end. */
export const STAFFED_AT_ANY_HOUR: readonly RungReceiver[] = ['coordinator-or-fallback'];

/** One step of the ladder of an unmet deadline. */
export interface Rung {
  /** Minutes of running time after the due instant; the first rung is 0. Configuration, unconfirmed. */
  readonly minutesAfterDue: number;
  readonly tells: readonly [RungReceiver, ...RungReceiver[]];
  /** `ring`: those told are asked to pick up the telephone, with the number (C3). */
  readonly how: 'notify' | 'ring';
}
export type Ladder = readonly [Rung, ...Rung[]];

/** Minutes between rungs, unconfirmed configuration: acute work is counted in minutes, the rest in half hours. */
const ACUTE_STEP = 5;
const OFFICE_STEP = 30;

/** The usual climb (DESIGN 6.1): responsible unit, late unit, unit heads, coordinator, spaced by one step. */
function climb(stepMinutes: number, firstRungs: Rung['how']): Ladder {
  return [
    // The responsible unit is told with whoever is asked, on the first rung (C3).
    { minutesAfterDue: 0, tells: ['asked-of', 'responsible-unit'], how: firstRungs },
    { minutesAfterDue: stepMinutes, tells: ['late-unit', 'responsible-unit'], how: firstRungs },
    { minutesAfterDue: 2 * stepMinutes, tells: ['unit-heads'], how: 'notify' },
    { minutesAfterDue: 3 * stepMinutes, tells: ['coordinator-or-fallback'], how: 'notify' },
  ];
}

/** The ladders by the name that a stored deadline keeps; an operator's change of one reaches what is already armed. */
export const LADDERS = {
  acute: climb(ACUTE_STEP, 'notify'),
  'acute-ring': climb(ACUTE_STEP, 'ring'),
  office: climb(OFFICE_STEP, 'notify'),
  /** What is asked of the head herself, such as a review of her own unit's accesses. */
  heads: [
    { minutesAfterDue: 0, tells: ['asked-of', 'responsible-unit', 'unit-heads'], how: 'notify' },
    { minutesAfterDue: OFFICE_STEP, tells: ['unit-heads'], how: 'notify' },
    { minutesAfterDue: 2 * OFFICE_STEP, tells: ['coordinator-or-fallback'], how: 'notify' },
  ],
} as const satisfies Record<string, Ladder>;
export type LadderName = keyof typeof LADDERS;
