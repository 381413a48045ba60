import type { HandoffAction, HandoffSide } from '../handoff/index.js';
import type { MatterAction, MatterSide } from '../matter/index.js';
import type { ReasonSet } from '../reasons/index.js';
import type { RefusalCode } from '../refusals/index.js';
import type { Role } from '../units/index.js';
import type { Label } from '../wording/index.js';

/** What a route may allow or forbid about an offer; each names a property of the route of the same name. */
export const ROUTE_CONDITIONS = [
  'declinable',
  'redirectable',
  'withdrawable',
  'cancellable',
  'errorEnterable',
  'attestable',
] as const;
export type RouteCondition = (typeof ROUTE_CONDITIONS)[number];

/** What a matter's kind may allow or forbid. */
export type MatterKindCondition = 'holdable';

/** Who may do it: a side of the machine, and the roles of which a mandate at that unit must give one. */
export interface ActionDoer<Side extends string> {
  readonly side: Side;
  /** Empty for a system, which acts without a person. */
  readonly roles: readonly Role[];
}

/** The key of the input's shape; the shapes themselves are zod schemas in `libs/contracts`. */
export type InputShape =
  | 'Nothing'
  | 'AcceptHandoff'
  | 'DeclineHandoff'
  | 'RedirectHandoff'
  | 'RequestInformation'
  | 'AnswerInformation'
  | 'WithdrawHandoff'
  | 'EnterInError'
  | 'RequestCancellation'
  | 'AttestHandoff'
  | 'AssignMatter'
  | 'TakeOverMatter'
  | 'NoteMatter'
  | 'ContactAttempt'
  | 'ContactMade'
  | 'ScheduleEvent'
  | 'AttendEvent'
  | 'EventNoShow'
  | 'EventCancelled'
  | 'HoldMatter'
  | 'ResumeMatter'
  | 'ConfirmCancellation'
  | 'RefuseCancellation'
  | 'CloseMatter';

interface ActionFacts<Side extends string> {
  readonly label: Label;
  readonly does: Label;
  readonly doers: readonly [ActionDoer<Side>, ...ActionDoer<Side>[]];
  /** `POST /…/{id}/{action}` exists; false for what a system or another command does. */
  readonly atTheDoor: boolean;
  /** The caller must name the version that it read (the ETag of the machine's own resource). */
  readonly ifMatch: boolean;
  /** The version moves, so that whoever read the old one must read again. */
  readonly movesVersion: boolean;
  readonly input: InputShape;
  /** The coded reason that the input must carry; null when none is asked. */
  readonly reasons: ReasonSet | null;
}

export interface HandoffActionDefinition extends ActionFacts<HandoffSide> {
  readonly machine: 'handoff';
  readonly name: HandoffAction;
  readonly condition: RouteCondition | null;
  /** The refusal when the route forbids it: for a concern report (C9), and for any other route. */
  readonly whenForbidden: { readonly report: RefusalCode; readonly otherwise: RefusalCode } | null;
}

export interface MatterActionDefinition extends ActionFacts<MatterSide> {
  readonly machine: 'matter';
  readonly name: MatterAction;
  readonly condition: MatterKindCondition | null;
  readonly whenForbidden: { readonly report: RefusalCode; readonly otherwise: RefusalCode } | null;
}

export type ActionDefinition = HandoffActionDefinition | MatterActionDefinition;
