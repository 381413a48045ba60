import type { Because } from '#calendar';
import type { Booking } from '../authority/index.js';
import type { DeadlineRuleId } from '../deadlines/index.js';
import type { HandoffAction, HandoffPhase, OutsideFunction } from '../handoff/index.js';
import type { MatterKind, MatterPhase, Outcome, SubjectRole } from '../matter/index.js';
import type { NoticeFunction, NoticeKind } from '../notices/index.js';
import type { LadderName, RouteId } from '../routes/index.js';
import type { AuthorityId, UnitId } from '../routing/index.js';
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

export interface DeadlineOpened {
  readonly id: DeadlineId;
  readonly matterId: MatterId;
  readonly handoffId: HandoffId | null;
  readonly rule: DeadlineRuleId;
  readonly ruleVersion: number;
  readonly calendar: string;
  readonly ladder: LadderName;
  readonly startEvent: string;
  readonly startAt: Date;
  readonly dueAt: Date;
  readonly because: readonly Because[];
  readonly dutyHolder: AuthorityId;
  readonly askedOf: UnitId;
  readonly nextCallAt: Date;
}

/** Met by the act that it asked for, or lifted because what it was about has ended. */
export interface DeadlineEnded {
  readonly id: DeadlineId;
  readonly as: 'met' | 'lifted';
  /** When it was met, where that is earlier than its recording (the time of an assessment). */
  readonly endedAt: Date | null;
}

/** A duty that passed to another unit, or a due time that moved. Its start is never reset (C9). */
export interface DeadlineMoved {
  readonly id: DeadlineId;
  readonly dueAt: Date | null;
  readonly because: readonly Because[] | null;
  readonly nextCallAt: Date | null;
  readonly dutyHolder: AuthorityId | null;
  readonly askedOf: UnitId | null;
}

/** An event of a handoff's chain or of a matter's; the hash is added where it is written. */
export interface EventRecorded {
  readonly chain: 'handoff' | 'matter';
  readonly handoffId: HandoffId | null;
  readonly matterId: MatterId;
  readonly kind: string;
  readonly function: string | null;
  readonly reason: string | null;
  /** Codes, ids and instants only (C5). */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  readonly contentDigest: string | null;
}

export interface HandoffChange {
  readonly id: HandoffId;
  readonly expectedVersion: number;
  readonly action: HandoffAction;
  readonly phase: HandoffPhase;
  readonly reason: string | null;
  readonly proposedUnit: UnitId | null;
}

export interface HandoffSent {
  readonly id: HandoffId;
  readonly dispatchId: DispatchId;
  readonly matterId: MatterId;
  readonly route: RouteId;
  readonly toUnit: UnitId;
  readonly contentId: ContentId;
  readonly basis: string;
  readonly neededBefore: Date | null;
  readonly handBackOf: HandoffId | null;
}

export interface MatterChange {
  readonly id: MatterId;
  readonly expectedVersion: number | null;
  readonly bumpsVersion: boolean;
  readonly phase: MatterPhase | null;
  readonly setsAssigned: boolean;
  readonly assignedTo: PersonId | null;
  readonly setsHold: boolean;
  readonly holdReason: string | null;
  readonly holdReviewAt: Date | null;
  readonly setsCancellation: boolean;
  readonly cancellationHandoffId: HandoffId | null;
  /** A second report joins a running matter; set once, at acceptance. */
  readonly mergedIntoId: MatterId | null;
  readonly closes: boolean;
  readonly outcome: Outcome | null;
}

export interface Spell {
  readonly matterId: MatterId;
  readonly unitId: UnitId;
  readonly handoffId: HandoffId | null;
  readonly successionId: SuccessionId | null;
}

/** Somebody has something to open; it says no more than that. */
export interface NotificationWanted {
  readonly deadlineId: DeadlineId | null;
  readonly rung: number;
  readonly unitId: UnitId;
  readonly function: NoticeFunction;
  readonly kind: NoticeKind;
  /** Whom the one who is told shall ring; null where no call is asked for. */
  readonly ringUnit: UnitId | null;
}

/** Everything one command writes, in one transaction of one schema. */
export interface CustodyChanges {
  readonly incidents: readonly {
    readonly id: IncidentId;
    readonly kind: string;
    readonly occurredAt: Date;
  }[];
  readonly subjects: readonly {
    readonly id: SubjectId;
    readonly incidentId: IncidentId;
    readonly role: SubjectRole;
  }[];
  readonly mattersOpened: readonly {
    readonly id: MatterId;
    readonly incidentId: IncidentId;
    readonly subjectId: SubjectId;
    readonly kind: MatterKind;
    readonly continuesId: MatterId | null;
  }[];
  readonly dispatches: readonly {
    readonly id: DispatchId;
    readonly incidentId: IncidentId;
    readonly previewId: PreviewId;
  }[];
  readonly handoffsSent: readonly HandoffSent[];
  readonly handoffChanges: readonly HandoffChange[];
  readonly matterChanges: readonly MatterChange[];
  readonly spells: readonly Spell[];
  readonly successionsProposed: readonly {
    readonly id: SuccessionId;
    readonly fromUnit: UnitId;
    readonly toUnit: UnitId;
  }[];
  readonly successionApproved: SuccessionId | null;
  readonly deadlinesOpened: readonly DeadlineOpened[];
  readonly deadlinesEnded: readonly DeadlineEnded[];
  readonly deadlinesMoved: readonly DeadlineMoved[];
  readonly stepsOpened: readonly {
    readonly process: string;
    readonly processId: string;
    readonly stepKey: string;
    readonly occurrence: string;
    readonly deadlineId: DeadlineId;
  }[];
  readonly events: readonly EventRecorded[];
  /** Meetings; the record refuses one where two who may not meet could. */
  readonly bookings: readonly (Booking & { readonly matterId: MatterId })[];
  readonly disclosures: readonly {
    readonly handoffId: HandoffId;
    readonly contentId: ContentId;
    readonly fromAuthority: AuthorityId;
    readonly toAuthority: AuthorityId;
    readonly toUnit: UnitId;
    readonly purpose: string;
    readonly basis: string;
    readonly decisionRef: string | null;
    readonly fields: readonly string[];
  }[];
  readonly notifications: readonly NotificationWanted[];
  /** Receipts to sign for these accepted handoffs, or to attest. */
  readonly receipts: readonly {
    readonly handoffId: HandoffId;
    readonly kind: 'signed' | 'attested';
    readonly function: string;
    readonly attestation: { readonly function: OutsideFunction; readonly at: Date } | null;
  }[];
  /** Incidents whose story should look again. */
  readonly lookAgain: readonly IncidentId[];
}

const NOTHING: CustodyChanges = {
  incidents: [],
  subjects: [],
  mattersOpened: [],
  dispatches: [],
  handoffsSent: [],
  handoffChanges: [],
  matterChanges: [],
  spells: [],
  successionsProposed: [],
  successionApproved: null,
  deadlinesOpened: [],
  deadlinesEnded: [],
  deadlinesMoved: [],
  stepsOpened: [],
  events: [],
  bookings: [],
  disclosures: [],
  notifications: [],
  receipts: [],
  lookAgain: [],
};

/** The changes named, and nothing else. */
export function changes(some: Partial<CustodyChanges>): CustodyChanges {
  return { ...NOTHING, ...some };
}

/** Both, in order; a dispatch is the sum of its handoffs. */
export function together(all: readonly CustodyChanges[]): CustodyChanges {
  const joined = <Key extends keyof CustodyChanges>(key: Key) => all.map((one) => one[key]);
  return {
    incidents: joined('incidents').flat(),
    subjects: joined('subjects').flat(),
    mattersOpened: joined('mattersOpened').flat(),
    dispatches: joined('dispatches').flat(),
    handoffsSent: joined('handoffsSent').flat(),
    handoffChanges: joined('handoffChanges').flat(),
    matterChanges: joined('matterChanges').flat(),
    spells: joined('spells').flat(),
    successionsProposed: joined('successionsProposed').flat(),
    successionApproved: joined('successionApproved').find((id) => id !== null) ?? null,
    deadlinesOpened: joined('deadlinesOpened').flat(),
    deadlinesEnded: joined('deadlinesEnded').flat(),
    deadlinesMoved: joined('deadlinesMoved').flat(),
    stepsOpened: joined('stepsOpened').flat(),
    events: joined('events').flat(),
    bookings: joined('bookings').flat(),
    disclosures: joined('disclosures').flat(),
    notifications: joined('notifications').flat(),
    receipts: joined('receipts').flat(),
    lookAgain: [...new Set(joined('lookAgain').flat())],
  };
}

/** A change of one matter that names only what changes. */
export function matterChange(id: MatterId, some: Partial<Omit<MatterChange, 'id'>>): MatterChange {
  return {
    id,
    expectedVersion: null,
    bumpsVersion: true,
    phase: null,
    setsAssigned: false,
    assignedTo: null,
    setsHold: false,
    holdReason: null,
    holdReviewAt: null,
    setsCancellation: false,
    cancellationHandoffId: null,
    mergedIntoId: null,
    closes: false,
    outcome: null,
    ...some,
  };
}
