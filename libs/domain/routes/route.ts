import type { DeadlineRuleId } from '../deadlines/index.js';
import type { BasisId } from '../disclosure/index.js';
import type { Audience, Concerns, FieldId, FormId } from '../forms/index.js';
import type { HandoffPhase } from '../handoff/index.js';
import type { MatterKind, SubjectRole } from '../matter/index.js';
import type { DeclineReason, HandBackReason, RedirectReason } from '../reasons/index.js';
import type { UnitKind } from '../units/index.js';
import type { LadderName } from './ladder.js';

/** Kind, sending unit, receiving unit: the single contract of a handoff (DESIGN 2). */
export type RouteId = `${MatterKind}.${UnitKind}.${UnitKind}`;

/** All that the coordinator learns of a route (DESIGN 12). */
export type RouteGroup = 'acute' | 'morning' | 'support' | 'care';

/** What a route's deadlines are for. */
export const DEADLINE_PURPOSES = [
  'delivery',
  'opening',
  'acceptance',
  'first-contact',
  'review',
  'information-answer',
  'cancellation-answer',
  'recheck',
] as const;
export type DeadlinePurpose = (typeof DEADLINE_PURPOSES)[number];

/** A side of the route. As duty holder it stands for that unit's authority; as asked, for its function on duty. */
export type RouteSide = 'sending-unit' | 'receiving-unit';

export interface RouteDeadline {
  readonly rule: DeadlineRuleId;
  /** Whose authority is bound. Office hours, where the rule counts them, are this unit's. */
  readonly dutyHolder: RouteSide;
  /** The function called first; the responsible unit unless said (DESIGN 2). */
  readonly askedOf: RouteSide;
  readonly ladder: LadderName;
  /** The due instant is the earlier of the rule's and the `needed_before` of the handover (DESIGN 6.1). */
  readonly cappedByNeededBefore: boolean;
}

/** What the sender may see of an offer. Never a person's name; instants are of this offer only. */
export type SenderSees =
  | 'phase'
  | 'sent-at'
  | 'delivered-at'
  | 'opened-at'
  | 'question'
  | 'answered-at'
  | 'taken-at'
  | 'taken-by-function'
  | 'receipt'
  | 'masked-reason'
  | 'proposed-unit'
  | 'review-due';

/** What the sender may be told once the receiver holds the matter. A disclosure like any other (C6). */
export type AfterAcceptance =
  | { readonly tells: 'concern-report-outcome'; readonly basis: 'X-13' }
  | { readonly tells: 'nothing-without-consent'; readonly basis: 'X-01' };

export interface SenderView {
  readonly byPhase: Readonly<Record<HandoffPhase, readonly SenderSees[]>>;
  readonly afterAcceptance: AfterAcceptance;
}

/** How the matter gets out again when the receiver cannot go on. */
export type WayBack =
  | { readonly kind: 'hand-back'; readonly route: RouteId; readonly reasons: readonly HandBackReason[] }
  // A report about a child does not return to its reporter: the way out is onward (C9).
  | { readonly kind: 'onward'; readonly route: RouteId; readonly reasons: readonly HandBackReason[] }
  // An external unit never holds; the sender still does.
  | { readonly kind: 'never-left' };

/** A statutory duty about a child that the route opens or passes on (C9, D-01…D-04). */
export interface StatutoryDuties {
  /** Start with the commit of the sending transaction, and bind the first social authority. */
  readonly opens: readonly DeadlineRuleId[];
  /** Pass to the social authority that accepts, their start never reset. */
  readonly passes: readonly DeadlineRuleId[];
}

/** A route as it is written down. What may open on it is no term of its own: the disclosure matrix says it. */
export interface RouteTerms {
  readonly version: number;
  /** ISO date from which the route holds. */
  readonly validFrom: string;
  readonly matterKind: MatterKind;
  readonly subject: SubjectRole;
  readonly from: UnitKind;
  readonly to: UnitKind;
  readonly group: RouteGroup;
  readonly direction: 'forward' | 'hand-back' | 'hand-on';
  /** `attested`: the receiver is outside Handslag and never holds. */
  readonly custody: 'moves' | 'attested';
  readonly deadlines: Readonly<Partial<Record<DeadlinePurpose, RouteDeadline>>>;
  readonly statutory: StatutoryDuties;
  readonly declinable: boolean;
  readonly redirectable: boolean;
  readonly withdrawable: boolean;
  readonly cancellable: boolean;
  readonly errorEnterable: boolean;
  readonly attestable: boolean;
  readonly declineReasons: readonly DeclineReason[];
  readonly redirectReasons: readonly RedirectReason[];
  readonly wayBack: WayBack;
  /** Offered only while the receiver stays open this long; else the other route (DESIGN 13). Null: at any hour. */
  readonly onlyWhileOpen: { readonly minutesLeft: number; readonly otherwise: RouteId } | null;
  readonly senderView: SenderView;
  readonly form: FormId;
  readonly audience: Audience;
  readonly requiredFields: readonly FieldId[];
  readonly permittedFields: readonly FieldId[];
}

export interface RouteDefinition extends RouteTerms {
  /** By whom the information concerns: the bases that can open for it; a concern without one never leaves. From the matrix. */
  readonly bases: Readonly<Partial<Record<Concerns, readonly BasisId[]>>>;
}
