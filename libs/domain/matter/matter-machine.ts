import type { Machine, Transition } from '../machine/index.js';

/** The phases of work on a matter. Everything between `held` and `closed` happens in any order (DESIGN 5). */
export const MATTER_PHASES = [
  'held',
  'contact-attempted',
  'contact-made',
  'scheduled',
  'attended',
  'no-show',
  'event-cancelled',
  'closed',
] as const;
export type MatterPhase = (typeof MATTER_PHASES)[number];
export type OpenMatterPhase = Exclude<MatterPhase, 'closed'>;

/** Flags, not phases: work goes on beside them, and statutory times do not move. */
export const MATTER_FLAGS = ['on-hold', 'cancellation-requested'] as const;
export type MatterFlag = (typeof MATTER_FLAGS)[number];

export const MATTER_ACTIONS = [
  'assign',
  'take-over',
  'note',
  'contact-attempt',
  'contact-made',
  'schedule',
  'attend',
  'no-show',
  'event-cancelled',
  'hold',
  'resume',
  'confirm-cancellation',
  'refuse-cancellation',
  'close',
] as const;
export type MatterAction = (typeof MATTER_ACTIONS)[number];

/** Only the responsible unit works on a matter. */
export const MATTER_SIDES = ['holder'] as const;
export type MatterSide = (typeof MATTER_SIDES)[number];

type MatterTransition = Transition<MatterPhase, MatterAction, MatterSide>;

const OPEN_PHASES = [
  'held',
  'contact-attempted',
  'contact-made',
  'scheduled',
  'attended',
  'no-show',
  'event-cancelled',
] as const satisfies readonly OpenMatterPhase[];

const MARKS = ['assign', 'take-over', 'note', 'hold', 'resume', 'refuse-cancellation'] as const;

/** What a flag must be for an action: resuming needs a hold, answering needs a question. */
export const FLAG_CONDITIONS: Partial<Record<MatterAction, { flag: MatterFlag; mustBe: boolean }>> = {
  hold: { flag: 'on-hold', mustBe: false },
  resume: { flag: 'on-hold', mustBe: true },
  'confirm-cancellation': { flag: 'cancellation-requested', mustBe: true },
  'refuse-cancellation': { flag: 'cancellation-requested', mustBe: true },
};

/** Confirming a cancellation closes the matter with an outcome, or opens a hand-back and goes on until accepted. */
export const CONFIRM_CANCELLATION_VARIANTS = ['with-outcome', 'with-hand-back'] as const;
export type ConfirmCancellationVariant = (typeof CONFIRM_CANCELLATION_VARIANTS)[number];

const stepsFrom = (from: OpenMatterPhase): MatterTransition[] => [
  { action: 'contact-attempt', from, to: 'contact-attempted', side: 'holder' },
  { action: 'contact-made', from, to: 'contact-made', side: 'holder' },
  { action: 'schedule', from, to: 'scheduled', side: 'holder' },
  { action: 'attend', from, to: 'attended', side: 'holder' },
  { action: 'no-show', from, to: 'no-show', side: 'holder' },
  { action: 'event-cancelled', from, to: 'event-cancelled', side: 'holder' },
  { action: 'close', from, to: 'closed', side: 'holder' },
  ...MARKS.map((action): MatterTransition => ({ action, from, to: from, side: 'holder' })),
  { action: 'confirm-cancellation', from, to: 'closed', side: 'holder', variant: 'with-outcome' },
  { action: 'confirm-cancellation', from, to: from, side: 'holder', variant: 'with-hand-back' },
];

export const MATTER_TRANSITIONS: readonly MatterTransition[] = OPEN_PHASES.flatMap(stepsFrom);

export const MATTER_MACHINE: Machine<MatterPhase, MatterAction, MatterSide> = {
  name: 'matter',
  initial: 'held',
  phases: MATTER_PHASES,
  terminal: ['closed'],
  transitions: MATTER_TRANSITIONS,
};

/** True until the matter is closed; an open matter has exactly one responsible unit (C1). */
export function isOpenMatter(phase: MatterPhase): phase is OpenMatterPhase {
  return phase !== 'closed';
}
