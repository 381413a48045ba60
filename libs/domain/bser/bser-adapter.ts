import type { HandoffAction } from '../handoff/index.js';
import type { MatterAction } from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { BserActor, BserEvent, BserNode, BserTrigger } from './bser-nodes.js';

/** The command of ours that a BSeR trigger asks for; route, basis and mandate are judged by the command itself. */
export type BserCommand =
  | { readonly on: 'dispatch'; readonly as: 'forward' | 'hand-back' }
  | {
      readonly on: 'handoff';
      readonly action: Extract<HandoffAction, 'accept' | 'decline' | 'withdraw' | 'request-cancellation'>;
    }
  | {
      readonly on: 'matter';
      readonly action: Extract<
        MatterAction,
        'schedule' | 'no-show' | 'event-cancelled' | 'note' | 'close' | 'confirm-cancellation'
      >;
    };

/** Where a trigger may lead in BSeR, and what we answer by ourselves at once. */
export interface BserMapping {
  readonly command: BserCommand;
  /** The first is what we show; two where the published table has two rows for one trigger (06/31, 08/32). */
  readonly leadsTo: readonly [BserNode, ...BserNode[]];
  readonly automaticAnswer: {
    readonly actor: BserActor;
    readonly event: BserEvent;
    readonly leadsTo: BserNode;
  } | null;
}

interface MappingRow extends BserMapping, BserTrigger {}

const row = (
  actor: BserActor,
  event: BserEvent,
  from: BserNode,
  command: BserCommand,
  ...leadsTo: readonly [BserNode, ...BserNode[]]
): MappingRow => ({ actor, event, from, command, leadsTo, automaticAnswer: null });

const DISPATCH: BserCommand = { on: 'dispatch', as: 'forward' };
/**
 * BSeR lets a recipient decline what it has accepted, and is rid of it at once. Ours stays responsible until somebody
 * else holds (C2): a decline after acceptance is a hand-back with a reason. BSeR shows node 4 while ours is still held.
 */
const HAND_BACK: BserCommand = { on: 'dispatch', as: 'hand-back' };
const ACCEPT: BserCommand = { on: 'handoff', action: 'accept' };
const DECLINE: BserCommand = { on: 'handoff', action: 'decline' };
const WITHDRAW: BserCommand = { on: 'handoff', action: 'withdraw' };
const ASK_TO_CANCEL: BserCommand = { on: 'handoff', action: 'request-cancellation' };
const SCHEDULE: BserCommand = { on: 'matter', action: 'schedule' };
const NO_SHOW: BserCommand = { on: 'matter', action: 'no-show' };
const EVENT_CANCELLED: BserCommand = { on: 'matter', action: 'event-cancelled' };
const NOTE: BserCommand = { on: 'matter', action: 'note' };
const CLOSE: BserCommand = { on: 'matter', action: 'close' };
const CONFIRM: BserCommand = { on: 'matter', action: 'confirm-cancellation' };

const heldNodes = ['3', '5.1', '5.1.1', '5.1.2', '5.1.4'] as const;
const cancellableNodes = ['3', '5.1', '5.1.1', '5.1.2', '5.1.3', '5.1.4'] as const;

/** The 32 triggers. Stated here once; the published table is the test's, not the code's. */
const MAPPINGS: readonly MappingRow[] = [
  row('initiator', 'Send Referral Package', '1', DISPATCH, '2'),
  row('recipient', 'Send Acceptance', '2', ACCEPT, '3'),
  row('recipient', 'Send Decline', '2', DECLINE, '4'),
  {
    // Before acceptance nobody need be asked: the sender withdraws, and the confirmation BSeR waits for is ours to give.
    ...row('initiator', 'Send Cancelation Request', '2', WITHDRAW, '5.2'),
    automaticAnswer: { actor: 'recipient', event: 'Send Cancelation Confirmation', leadsTo: '6' },
  },
  ...heldNodes.map((node) => row('recipient', 'Send Decline', node, HAND_BACK, '4')),
  ...cancellableNodes.map((node) => row('initiator', 'Send Cancelation Request', node, ASK_TO_CANCEL, '5.2')),
  row('recipient', 'Send Schedule Visit Information', '3', SCHEDULE, '5.1.1', '5.1'),
  row('recipient', 'Send Schedule Visit Information', '5.1.3', SCHEDULE, '5.1.1'),
  row('recipient', 'Send Schedule Visit Information', '5.1.4', SCHEDULE, '5.1.1'),
  row('recipient', 'Send rescheduled visit information', '5.1.1', SCHEDULE, '5.1.1'),
  row('recipient', 'Send rescheduled visit information', '5.1.2', SCHEDULE, '5.1.1'),
  row('recipient', 'Send No Show Information', '5.1.1', NO_SHOW, '5.1.2'),
  row('recipient', 'Send appointment cancel', '5.1.1', EVENT_CANCELLED, '5.1.3'),
  row('recipient', 'Send appointment cancel', '5.1.2', EVENT_CANCELLED, '5.1.3'),
  row('recipient', 'Send appointment cancel', '5.1.4', EVENT_CANCELLED, '5.1.3'),
  row('recipient', 'Send Interim Consultation Note', '3', NOTE, '5.1.4', '5.1'),
  row('recipient', 'Send Interim Consultation Note', '5.1.1', NOTE, '5.1.4'),
  row('recipient', 'Send Interim Consultation Note', '5.1.4', NOTE, '5.1.4'),
  row('recipient', 'Send Referral Outcome', '3', CLOSE, '7'),
  row('recipient', 'Send Referral Outcome', '5.1.1', CLOSE, '7'),
  row('recipient', 'Send Referral Outcome', '5.1.4', CLOSE, '7'),
  // The work was done before the question was answered: closing answers the pending request as superseded.
  row('recipient', 'Send Referral Outcome', '5.2', CLOSE, '7'),
  row('recipient', 'Send Cancelation Confirmation', '5.2', CONFIRM, '6'),
];

/** Every trigger that we understand. */
export const BSER_TRIGGERS: readonly BserTrigger[] = MAPPINGS.map(({ actor, event, from }) => ({
  actor,
  event,
  from,
}));

/**
 * The command for what a BSeR partner sent. Refused with ILLEGAL_TRANSITION for whatever the table does not have;
 * the texts are compared as they are, so an unknown actor, event or node is refused too.
 */
export function commandOfBser(trigger: {
  readonly actor: string;
  readonly event: string;
  readonly from: string;
}): Result<BserMapping> {
  const found = MAPPINGS.find(
    ({ actor, event, from }) => actor === trigger.actor && event === trigger.event && from === trigger.from,
  );
  return found === undefined
    ? refuse('ILLEGAL_TRANSITION')
    : succeed({ command: found.command, leadsTo: found.leadsTo, automaticAnswer: found.automaticAnswer });
}

/**
 * What to tell a BSeR partner when our command was carried out while the partner saw `from`; undefined when BSeR has
 * no word for it (assigning, opening, a contact attempt), and the partner's node stays.
 */
export function bserOfCommand(
  command: BserCommand | { readonly on: 'handoff' | 'matter'; readonly action: HandoffAction | MatterAction },
  from: BserNode,
): { readonly actor: BserActor; readonly event: BserEvent; readonly leadsTo: BserNode } | undefined {
  const found = MAPPINGS.find((mapping) => mapping.from === from && isSameCommand(mapping.command, command));
  return found === undefined
    ? undefined
    : { actor: found.actor, event: found.event, leadsTo: found.leadsTo[0] };
}

function isSameCommand(one: BserCommand, other: Parameters<typeof bserOfCommand>[0]): boolean {
  if (one.on === 'dispatch') return other.on === 'dispatch' && other.as === one.as;
  return other.on === one.on && other.action === one.action;
}
