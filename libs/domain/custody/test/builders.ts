import { localTimeOf, type OfficeHours, parseLocalDate } from '#calendar';
import type { HandoffPhase } from '../../handoff/index.js';
import type { MatterKind, SubjectRole } from '../../matter/index.js';
import type { Result } from '../../refusals/index.js';
import type { RouteId } from '../../routes/index.js';
import { authorityId, type DirectorySnapshot, type Unit, unitId } from '../../routing/index.js';
import { type PartyName, type Role, UNIT_KINDS, type UnitKind } from '../../units/index.js';
import type { CustodyChanges, DeadlineOpened } from '../changes.js';
import type { DecisionContext } from '../decision-context.js';
import type {
  CommandFacts,
  DeadlineFacts,
  DispatchPlanItem,
  HandoffFacts,
  MatterFacts,
  PreviewFacts,
} from '../facts.js';
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
} from '../ids.js';
import { isStatutoryDuty } from '../route-deadlines.js';

const ALWAYS: OfficeHours = { kind: 'always-open', version: 'test' };
const OFFICE: OfficeHours = {
  kind: 'weekly',
  version: 'test',
  rows: [
    {
      days: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
      hours: { opens: localTimeOf(8, 0), closes: localTimeOf(16, 30) },
    },
  ],
  exceptions: [],
};

interface UnitAsked {
  readonly id: string;
  readonly kind: UnitKind;
  readonly party?: PartyName;
  readonly hours?: OfficeHours | null;
  readonly fallback?: string | null;
  readonly isExternal?: boolean;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly successors?: readonly string[];
}

const evidence = { tag: 'INF', source: 'a test', note: '' } as const;
const partyOf = (kind: UnitKind): PartyName => UNIT_KINDS[kind].party;
const dayOf = (text: string | undefined) => (text === undefined ? null : (parseLocalDate(text) ?? null));

function unitOf(asked: UnitAsked): Unit {
  return {
    id: unitId(asked.id),
    name: asked.id,
    kind: asked.kind,
    form: 'rvt',
    party: asked.party ?? partyOf(asked.kind),
    authorities: [{ authority: authorityId(`board-of-${asked.id}`), validFrom: null, validTo: null }],
    organisedIn: null,
    sharesInboxWith: null,
    areas: [],
    successors: (asked.successors ?? []).map(unitId),
    fallback: asked.fallback === null ? null : unitId(asked.fallback ?? 'socialjouren'),
    external:
      asked.isExternal === true
        ? [{ code: 'OTHER_MUNICIPALITY', text: { sv: 'annan kommun', en: 'other' } }]
        : [],
    evidence,
    validFrom: dayOf(asked.validFrom),
    validTo: dayOf(asked.validTo),
  };
}

const UNITS: readonly UnitAsked[] = [
  { id: 'lpo', kind: 'police', hours: ALWAYS, fallback: null },
  { id: 'lpo-b', kind: 'police', hours: ALWAYS, fallback: null },
  { id: 'socialjouren', kind: 'socialjouren', hours: ALWAYS, fallback: null },
  { id: 'rvt-a', kind: 'rvt', hours: OFFICE, successors: ['rvt-b'] },
  { id: 'rvt-b', kind: 'rvt', hours: OFFICE },
  { id: 'rvt-ended', kind: 'rvt', hours: OFFICE, validTo: '2020-12-31', successors: ['rvt-a'] },
  { id: 'rvt-later', kind: 'rvt', hours: OFFICE, validFrom: '2040-01-01' },
  { id: 'rvt-outside', kind: 'rvt', hours: null, isExternal: true },
  { id: 'bou-a', kind: 'bou', hours: OFFICE },
  { id: 'bou-b', kind: 'bou', hours: OFFICE },
  { id: 'rvc-a', kind: 'rvc', hours: OFFICE },
  { id: 'solna', kind: 'other-municipality', hours: OFFICE, isExternal: true },
  { id: 'coordination', kind: 'coordination', hours: OFFICE },
];

/** A city of thirteen units, whose offices keep 08:00 to 16:30 on working days. */
export const CITY: DirectorySnapshot = {
  version: 'city-1',
  firstDay: parseLocalDate('2000-01-01') ?? raise('no day'),
  parties: [],
  authorities: [],
  units: UNITS.map(unitOf),
  officeHours: UNITS.flatMap(({ id, hours }) =>
    hours === undefined || hours === null ? [] : [{ unit: unitId(id), hours, isAssumed: false, evidence }],
  ),
  districts: [],
  subdistricts: [],
  straddledPlaces: [],
  aliases: [],
  postalTowns: [],
  municipalities: [],
  programmes: [],
  contactPoints: [],
};

export function raise(message: string): never {
  throw new Error(message);
}

let counter = 0;
/** An id that no other has in this file's run. */
export function freshId<Id extends string>(): Id {
  counter += 1;
  return `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}` as Id;
}

/** `2026-01-05T23:30` in Stockholm, by its offset. */
export const at = (local: string): Date =>
  new Date(`${local}:00${/^....-(0[4-9]|10)/.test(local) ? '+02:00' : '+01:00'}`);

export function contextAt(
  now: Date,
  unit: string,
  { roles = ['case-worker'], person = 'p-1' }: { roles?: readonly Role[]; person?: string | null } = {},
): DecisionContext {
  return {
    now,
    snapshot: CITY,
    actor: { person: person as PersonId | null, unit: unitId(unit), roles },
    newId: freshId,
  };
}

export function matterOf(some: Partial<MatterFacts> & { kind?: MatterKind } = {}): MatterFacts {
  const kind = some.kind ?? 'adult-safety';
  const role: SubjectRole = kind === 'child-protection' ? 'child' : 'victim';
  const opened = some.openedAt ?? at('2026-01-05T23:20');
  return {
    id: freshId<MatterId>(),
    incidentId: freshId<IncidentId>(),
    subjectId: freshId<SubjectId>(),
    subjectRole: role,
    kind,
    openedAt: opened,
    closedAt: null,
    holderUnit: unitId('lpo'),
    heldSince: opened,
    phase: 'held',
    version: 1,
    outcome: null,
    assignedTo: null,
    holdReviewAt: null,
    cancellationHandoffId: null,
    openHandoffId: null,
    acceptedHandoffId: null,
    hasSuccessor: false,
    taken: null,
    dutiesOpened: [],
    failedContacts: [],
    deadlines: [],
    ...some,
  };
}

export function deadlineOf(some: Partial<DeadlineFacts> & Pick<DeadlineFacts, 'rule'>): DeadlineFacts {
  const dueAt = some.dueAt ?? at('2026-01-06T00:00');
  return {
    id: freshId<DeadlineId>(),
    handoffId: null,
    ladder: 'office',
    startEvent: 'sent',
    startAt: at('2026-01-05T23:30'),
    dueAt,
    dutyHolder: authorityId('board-of-lpo'),
    askedOf: unitId('lpo'),
    version: 1,
    rung: 0,
    nextCallAt: dueAt,
    ...some,
  };
}

export const itemOf = (
  matter: MatterFacts,
  route: RouteId,
  to: string,
  some: Partial<DispatchPlanItem> = {},
): DispatchPlanItem => ({
  handoffId: freshId<HandoffId>(),
  matterId: matter.id,
  matterVersion: matter.version,
  route,
  toUnit: unitId(to),
  contentId: freshId<ContentId>(),
  contentDigest: 'd'.repeat(64),
  basis: 'X-01',
  grounds: [{ basis: 'X-01', decisionRef: null, fields: ['danger'] }],
  fromAuthority: authorityId(`board-of-${matter.holderUnit}`),
  toAuthority: authorityId(`board-of-${to}`),
  neededBefore: null,
  reason: null,
  ...some,
});

export function previewOf(
  unit: string,
  now: Date,
  items: readonly DispatchPlanItem[],
  some: Partial<PreviewFacts> = {},
): PreviewFacts {
  return {
    id: freshId<PreviewId>(),
    incidentId: freshId<IncidentId>(),
    unit: unitId(unit),
    plan: { directoryVersion: CITY.version, items },
    expiresAt: new Date(now.getTime() + 24 * 3_600_000),
    used: false,
    ...some,
  };
}

export const factsOf = (now: Date, some: Partial<CommandFacts> = {}): CommandFacts => ({
  now,
  mandates: [],
  matters: [],
  handoffs: [],
  preview: null,
  incident: null,
  succession: null,
  ...some,
});

export function handoffOf(
  matter: MatterFacts,
  route: RouteId,
  to: string,
  some: Partial<HandoffFacts> = {},
): HandoffFacts {
  return {
    id: freshId<HandoffId>(),
    dispatchId: freshId<DispatchId>(),
    matterId: matter.id,
    matterKind: matter.kind,
    route,
    fromUnit: matter.holderUnit,
    toUnit: unitId(to),
    phase: 'opened',
    version: 1,
    contentId: freshId<ContentId>(),
    contentDigest: 'd'.repeat(64),
    basis: 'X-01',
    sentAt: at('2026-01-05T23:30'),
    acceptedAt: null,
    neededBefore: null,
    handBackOf: null,
    reason: null,
    proposedUnit: null,
    decidedByCaller: false,
    ...some,
  };
}

/** The deadline as it would be read back. */
export const asRead = (opened: DeadlineOpened): DeadlineFacts => ({ ...opened, version: 1, rung: 0 });

export function granted<Value>(result: Result<Value>): Value {
  return result.ok ? result.value : raise(`refused: ${result.refusal.code}`);
}

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'granted' : result.refusal.code);

/** One matter and its offers, as the record has them after each change: what a decision is given next. */
export interface Line {
  readonly matter: MatterFacts;
  readonly handoffs: readonly HandoffFacts[];
}

/** The facts after a change of one matter, by the columns that the guarded functions write. */
export function after({ matter, handoffs }: Line, change: CustodyChanges, now: Date): Line {
  const ended = new Set(change.deadlinesEnded.map(({ id }) => id));
  const kept = matter.deadlines
    .filter(({ id }) => !ended.has(id))
    .map((deadline): DeadlineFacts => {
      const moved = change.deadlinesMoved.find(({ id }) => id === deadline.id);
      return moved === undefined
        ? deadline
        : {
            ...deadline,
            askedOf: moved.askedOf ?? deadline.askedOf,
            dutyHolder: moved.dutyHolder ?? deadline.dutyHolder,
            version: deadline.version + 1,
          };
    });
  const offers = [
    ...handoffs.map((one): HandoffFacts => {
      const changed = change.handoffChanges.find(({ id }) => id === one.id);
      if (changed === undefined) return one;
      const still = changed.action === 'open' || changed.action === 'deliver';
      return { ...one, phase: changed.phase, version: one.version + (still ? 0 : 1) };
    }),
    ...change.handoffsSent.map(
      (sent): HandoffFacts => ({
        ...handoffOf(matter, sent.route, sent.toUnit),
        ...sent,
        phase: 'sent',
        sentAt: now,
      }),
    ),
  ];
  const open = offers.find(({ phase }) => isOpen(phase));
  const spell = change.spells.find(({ matterId }) => matterId === matter.id);
  const by = offers.find(({ id }) => id === spell?.handoffId);
  const base: MatterFacts =
    spell === undefined
      ? matter
      : {
          ...matter,
          holderUnit: spell.unitId,
          heldSince: now,
          phase: 'held',
          version: matter.version + 1,
          assignedTo: null,
          holdReviewAt: null,
          cancellationHandoffId: null,
          acceptedHandoffId: spell.handoffId,
          taken: by === undefined ? matter.taken : { route: by.route, fromUnit: by.fromUnit },
        };
  const one = change.matterChanges.find(({ id }) => id === matter.id);
  const worked: MatterFacts =
    one === undefined
      ? base
      : {
          ...base,
          version: base.version + (one.bumpsVersion ? 1 : 0),
          phase: one.closes ? 'closed' : (one.phase ?? base.phase),
          closedAt: one.closes ? now : base.closedAt,
          outcome: one.closes ? one.outcome : base.outcome,
          assignedTo: one.setsAssigned ? one.assignedTo : base.assignedTo,
          holdReviewAt: one.setsHold ? one.holdReviewAt : base.holdReviewAt,
          cancellationHandoffId: one.setsCancellation
            ? one.cancellationHandoffId
            : base.cancellationHandoffId,
        };
  const attempts = change.events.some(({ kind }) => kind === 'contact-attempt') ? [now] : [];
  const made = change.events.some(({ kind }) => kind === 'contact-made');
  return {
    handoffs: offers,
    matter: {
      ...worked,
      openHandoffId: open?.id ?? null,
      failedContacts: made ? [] : [...worked.failedContacts, ...attempts],
      dutiesOpened: [
        ...worked.dutiesOpened,
        ...change.deadlinesOpened.map(({ rule }) => rule).filter((rule) => isStatutoryDuty(rule)),
      ],
      deadlines: [...kept, ...change.deadlinesOpened.map(asRead)],
    },
  };
}

const isOpen = (phase: HandoffPhase) =>
  phase === 'sent' || phase === 'delivered' || phase === 'opened' || phase === 'awaiting-information';
