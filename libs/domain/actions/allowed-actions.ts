import { HANDOFF_MACHINE, type HandoffPhase, type HandoffSide } from '../handoff/index.js';
import { findTransition } from '../machine/index.js';
import {
  CONFIRM_CANCELLATION_VARIANTS,
  FLAG_CONDITIONS,
  MATTER_MACHINE,
  type MatterFlag,
  type MatterKind,
  type MatterPhase,
  matterKind,
} from '../matter/index.js';
import type { RefusalCode } from '../refusals/index.js';
import type { Route } from '../routes/index.js';
import type { Role } from '../units/index.js';
import type { HandoffActionDefinition, MatterActionDefinition } from './action.js';
import { HANDOFF_ACTIONS_AT_THE_DOOR, MATTER_ACTIONS_AT_THE_DOOR } from './actions.js';
import { HANDOFF_ACTION_DEFINITIONS } from './handoff-actions.js';
import { MATTER_ACTION_DEFINITIONS } from './matter-actions.js';

/** May this be done now, by this caller; if not, the refusal that the command would give. */
export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly refusal: RefusalCode };

const ALLOWED: Permission = { allowed: true };
const forbid = (refusal: RefusalCode): Permission => ({ allowed: false, refusal });

/** What decides about an action on an offer. `sides` are those on which the caller has a mandate, with its roles there. */
export interface HandoffSituation {
  readonly phase: HandoffPhase;
  readonly route: Route;
  readonly sides: Readonly<Partial<Record<HandoffSide, readonly Role[]>>>;
  readonly matterIsOpen: boolean;
  /** The unit that accepted still holds the matter; cancellation can be asked only then. */
  readonly acceptorStillHolds: boolean;
  readonly cancellationRequested: boolean;
}

/** Whether the caller may take this action on the offer now. Order: who, then whether ever (the route), then whether now. */
export function mayActOnHandoff(action: HandoffActionDefinition, situation: HandoffSituation): Permission {
  const { phase, route } = situation;
  const doer = action.doers.find((one) => situation.sides[one.side] !== undefined);
  if (doer === undefined) return forbid('NOT_YOUR_UNIT');
  const roles = situation.sides[doer.side] ?? [];
  if (doer.roles.length > 0 && !doer.roles.some((role) => roles.includes(role))) return forbid('NO_MANDATE');

  if (action.condition !== null && action.whenForbidden !== null && !route[action.condition]) {
    return forbid(
      matterKind(route.matterKind).isStatutoryReport
        ? action.whenForbidden.report
        : action.whenForbidden.otherwise,
    );
  }
  if (findTransition(HANDOFF_MACHINE, { phase, action: action.name, side: doer.side }) === undefined) {
    return forbid(whyNotIn(phase));
  }
  if (action.name === 'request-cancellation') {
    // Closed or handed on: which of the two is not the sender's to know (DESIGN 8).
    if (!situation.matterIsOpen || !situation.acceptorStillHolds) return forbid('ACCEPTOR_NO_LONGER_HOLDS');
    if (situation.cancellationRequested) return forbid('CANCELLATION_ALREADY_REQUESTED');
  }
  return ALLOWED;
}

/** The most telling refusal for an act that the phase does not allow. */
function whyNotIn(phase: HandoffPhase): RefusalCode {
  if (phase === 'accepted') return 'ALREADY_ACCEPTED';
  if (phase === 'withdrawn') return 'HANDOFF_WITHDRAWN';
  return 'ILLEGAL_TRANSITION';
}

/** What decides about an action on a matter. `roles` are the caller's at the responsible unit; none means another unit. */
export interface MatterSituation {
  readonly phase: MatterPhase;
  readonly kind: MatterKind;
  readonly flags: ReadonlySet<MatterFlag>;
  readonly roles: readonly Role[];
  readonly hasOpenOffer: boolean;
}

/** Whether the caller may take this action on the matter now. */
export function mayActOnMatter(action: MatterActionDefinition, situation: MatterSituation): Permission {
  if (situation.roles.length === 0) return forbid('NOT_RESPONSIBLE');
  if (!action.doers.some((doer) => doer.roles.some((role) => situation.roles.includes(role)))) {
    return forbid('NO_MANDATE');
  }
  const kind = matterKind(situation.kind);
  if (action.condition === 'holdable' && kind.isStatutoryReport && action.whenForbidden !== null) {
    return forbid(action.whenForbidden.report);
  }
  if (situation.phase === 'closed') return forbid('MATTER_CLOSED');
  const [variant] = action.name === 'confirm-cancellation' ? CONFIRM_CANCELLATION_VARIANTS : [undefined];
  const step = { phase: situation.phase, action: action.name, side: 'holder' } as const;
  if (findTransition(MATTER_MACHINE, variant === undefined ? step : { ...step, variant }) === undefined) {
    return forbid('ILLEGAL_TRANSITION');
  }
  const needed = FLAG_CONDITIONS[action.name];
  if (needed !== undefined && situation.flags.has(needed.flag) !== needed.mustBe) {
    if (needed.flag === 'cancellation-requested') return forbid('NO_CANCELLATION_REQUESTED');
    return forbid(needed.mustBe ? 'NOT_ON_HOLD' : 'ALREADY_ON_HOLD');
  }
  if (action.name === 'close' && situation.hasOpenOffer && kind.closingWithOpenOffer === 'refused') {
    return forbid('HOLDS_OPEN_OFFER');
  }
  return ALLOWED;
}

/** Every action at the door with whether it is allowed now, and why not (DESIGN 12, `GET /matters/{id}`). */
export function explainHandoffActions(
  situation: HandoffSituation,
): readonly (Permission & { readonly action: HandoffActionDefinition['name'] })[] {
  return HANDOFF_ACTIONS_AT_THE_DOOR.map((action) => ({
    action: action.name,
    ...mayActOnHandoff(HANDOFF_ACTION_DEFINITIONS[action.name], situation),
  }));
}

/** As `explainHandoffActions`, for the work on a matter. */
export function explainMatterActions(
  situation: MatterSituation,
): readonly (Permission & { readonly action: MatterActionDefinition['name'] })[] {
  return MATTER_ACTIONS_AT_THE_DOOR.map((action) => ({
    action: action.name,
    ...mayActOnMatter(MATTER_ACTION_DEFINITIONS[action.name], situation),
  }));
}
