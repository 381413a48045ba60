import type { WorkConflict } from '../authority/index.js';
import type { DeadlineRuleId } from '../deadlines/index.js';
import type { HandoffPhase } from '../handoff/index.js';
import type { MatterKind, MatterPhase, Outcome, SubjectRole } from '../matter/index.js';
import type { LadderName, RouteId } from '../routes/index.js';
import type { AuthorityId, UnitId } from '../routing/index.js';
import type { Role } from '../units/index.js';
import type {
  ContentId,
  DeadlineId,
  DispatchId,
  HandoffId,
  IncidentId,
  MatterId,
  PersonId,
  PreviewId,
  SubjectId,
  SuccessionId,
} from './ids.js';

/** An unmet deadline of a matter, as it was locked. */
export interface DeadlineFacts {
  readonly id: DeadlineId;
  readonly handoffId: HandoffId | null;
  readonly rule: DeadlineRuleId;
  readonly ladder: LadderName;
  readonly startEvent: string;
  readonly startAt: Date;
  readonly dueAt: Date;
  readonly dutyHolder: AuthorityId;
  readonly askedOf: UnitId;
  readonly version: number;
  readonly rung: number;
  /** Null when every rung was called. */
  readonly nextCallAt: Date | null;
}

export interface MatterFacts {
  readonly id: MatterId;
  readonly incidentId: IncidentId;
  readonly subjectId: SubjectId;
  readonly subjectRole: SubjectRole;
  readonly kind: MatterKind;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly holderUnit: UnitId;
  readonly heldSince: Date;
  readonly phase: MatterPhase;
  readonly version: number;
  readonly outcome: Outcome | null;
  readonly assignedTo: PersonId | null;
  readonly holdReviewAt: Date | null;
  readonly cancellationHandoffId: HandoffId | null;
  readonly openHandoffId: HandoffId | null;
  /** The handoff by which the holder took it; null for the unit that opened it. */
  readonly acceptedHandoffId: HandoffId | null;
  readonly hasSuccessor: boolean;
  /** The last accepted handoff of the line, also where a succession came after it; null when it was never handed over. */
  readonly taken: { readonly route: RouteId; readonly fromUnit: UnitId } | null;
  /** Statutory duties that a report about the child ever started, met or not: none starts twice (C9). */
  readonly dutiesOpened: readonly DeadlineRuleId[];
  /** When the holder tried in vain, since it last made contact. */
  readonly failedContacts: readonly Date[];
  readonly deadlines: readonly DeadlineFacts[];
}

export interface HandoffFacts {
  readonly id: HandoffId;
  readonly dispatchId: DispatchId;
  readonly matterId: MatterId;
  readonly matterKind: MatterKind;
  readonly route: RouteId;
  readonly fromUnit: UnitId;
  readonly toUnit: UnitId;
  readonly phase: HandoffPhase;
  readonly version: number;
  readonly contentId: ContentId;
  readonly contentDigest: string;
  readonly basis: string;
  readonly sentAt: Date;
  readonly acceptedAt: Date | null;
  readonly neededBefore: Date | null;
  readonly handBackOf: HandoffId | null;
  readonly reason: string | null;
  readonly proposedUnit: UnitId | null;
  /** The caller sent it, or opened the matter that it offers. */
  readonly decidedByCaller: boolean;
}

/** Fields that leave on one basis, and the consent, decision or statement that it rests on; null where the law does. */
export interface DisclosureGround {
  readonly basis: string;
  readonly decisionRef: string | null;
  readonly fields: readonly string[];
}

/** What a preview decided; ids and codes only, the content lies sealed beside it. */
export interface DispatchPlanItem {
  readonly handoffId: HandoffId;
  readonly matterId: MatterId;
  readonly matterVersion: number;
  readonly route: RouteId;
  readonly toUnit: UnitId;
  readonly contentId: ContentId;
  readonly contentDigest: string;
  /** The basis that the offer is shown under: of its grounds the first. */
  readonly basis: string;
  readonly grounds: readonly DisclosureGround[];
  readonly fromAuthority: AuthorityId;
  readonly toAuthority: AuthorityId;
  readonly neededBefore: string | null;
  /** Set for a hand-back or hand-on of a held matter. */
  readonly reason: string | null;
}

export interface DispatchPlan {
  readonly directoryVersion: string;
  readonly items: readonly DispatchPlanItem[];
}

export interface PreviewFacts {
  readonly id: PreviewId;
  readonly incidentId: IncidentId;
  readonly unit: UnitId;
  readonly plan: DispatchPlan;
  readonly expiresAt: Date;
  readonly used: boolean;
}

export interface SuccessionFacts {
  readonly id: SuccessionId;
  readonly fromUnit: UnitId;
  readonly toUnit: UnitId;
  readonly proposedBy: PersonId;
  readonly approvedBy: PersonId | null;
}

export interface Mandate {
  readonly unit: UnitId;
  readonly role: Role;
}

/** What the first round trip of a command locked and answered; `now` is record time, read after the lock. */
export interface CommandFacts {
  readonly now: Date;
  readonly mandates: readonly Mandate[];
  readonly matters: readonly MatterFacts[];
  readonly handoffs: readonly HandoffFacts[];
  readonly preview: PreviewFacts | null;
  readonly incident: { readonly id: IncidentId; readonly kind: string; readonly openedByUnit: UnitId } | null;
  readonly succession: SuccessionFacts | null;
  /** Why the worker who was asked about may not work on the matter; for nobody's eyes but a head's. */
  readonly workConflict?: WorkConflict | null;
}
