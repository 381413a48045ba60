import type { Machine, Transition } from '../machine/index.js';

/** The phases of an offer, in the order they are met (DESIGN 5). */
export const HANDOFF_PHASES = [
  'sent',
  'delivered',
  'opened',
  'awaiting-information',
  'accepted',
  'declined',
  'redirected',
  'withdrawn',
  'superseded',
  'entered-in-error',
] as const;
export type HandoffPhase = (typeof HANDOFF_PHASES)[number];

export const OPEN_HANDOFF_PHASES = ['sent', 'delivered', 'opened', 'awaiting-information'] as const;
export type OpenHandoffPhase = (typeof OPEN_HANDOFF_PHASES)[number];

const TERMINAL_HANDOFF_PHASES = [
  'accepted',
  'declined',
  'redirected',
  'withdrawn',
  'superseded',
  'entered-in-error',
] as const satisfies readonly Exclude<HandoffPhase, OpenHandoffPhase>[];

/** The names of DESIGN 12; `deliver` and `supersede` are never asked for by name over HTTP. */
export const HANDOFF_ACTIONS = [
  'deliver',
  'open',
  'accept',
  'decline',
  'redirect',
  'request-information',
  'answer',
  'withdraw',
  'supersede',
  'enter-in-error',
  'request-cancellation',
  'attest',
] as const;
export type HandoffAction = (typeof HANDOFF_ACTIONS)[number];

/** `receiver-system` is the receiving service's own poller, which has verified the envelope and its wrap. */
export const HANDOFF_SIDES = ['sender', 'receiver', 'receiver-system'] as const;
export type HandoffSide = (typeof HANDOFF_SIDES)[number];

type HandoffTransition = Transition<HandoffPhase, HandoffAction, HandoffSide>;

const receiverAnswers = (from: HandoffPhase): HandoffTransition[] => [
  { action: 'accept', from, to: 'accepted', side: 'receiver' },
  { action: 'decline', from, to: 'declined', side: 'receiver' },
  { action: 'redirect', from, to: 'redirected', side: 'receiver' },
];

const senderTakesBack = (from: OpenHandoffPhase): HandoffTransition[] => [
  { action: 'withdraw', from, to: 'withdrawn', side: 'sender' },
  { action: 'supersede', from, to: 'superseded', side: 'sender' },
  { action: 'enter-in-error', from, to: 'entered-in-error', side: 'sender' },
];

export const HANDOFF_TRANSITIONS: readonly HandoffTransition[] = [
  { action: 'deliver', from: 'sent', to: 'delivered', side: 'receiver-system' },
  // The system may be slower than the person: opening an undelivered offer is lawful.
  { action: 'open', from: 'sent', to: 'opened', side: 'receiver' },
  { action: 'open', from: 'delivered', to: 'opened', side: 'receiver' },
  { action: 'request-information', from: 'opened', to: 'awaiting-information', side: 'receiver' },
  { action: 'answer', from: 'awaiting-information', to: 'opened', side: 'sender' },
  ...receiverAnswers('opened'),
  ...receiverAnswers('awaiting-information'),
  ...OPEN_HANDOFF_PHASES.flatMap(senderTakesBack),
  // A unit outside Handslag has no service that could deliver or open: the sender attests what it was told.
  // Responsibility stays with the sender until it has re-checked and closes the matter as taken outside (DESIGN 2).
  { action: 'attest', from: 'sent', to: 'accepted', side: 'sender' },
  // Marks: after acceptance neither moves the phase, and neither ever moves responsibility.
  { action: 'enter-in-error', from: 'accepted', to: 'accepted', side: 'sender' },
  { action: 'request-cancellation', from: 'accepted', to: 'accepted', side: 'sender' },
];

export const HANDOFF_MACHINE: Machine<HandoffPhase, HandoffAction, HandoffSide> = {
  name: 'handoff',
  initial: 'sent',
  phases: HANDOFF_PHASES,
  terminal: TERMINAL_HANDOFF_PHASES,
  transitions: HANDOFF_TRANSITIONS,
};

/** True while the offer waits for somebody; a matter has at most one such handoff. */
export function isOpenPhase(phase: HandoffPhase): phase is OpenHandoffPhase {
  return OPEN_HANDOFF_PHASES.some((open) => open === phase);
}

/** True when no command changes the phase any more. */
export function isTerminal(phase: HandoffPhase): boolean {
  return !isOpenPhase(phase);
}
