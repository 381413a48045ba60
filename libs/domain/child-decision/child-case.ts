import { explainDue } from '../deadlines/index.js';
import type { ChildAct, ChildActKind } from './child-acts.js';

/** A decision to open an investigation or not; the newest counts. */
export interface OpeningDecision {
  readonly id: string;
  readonly opened: boolean;
  readonly decidedAt: Date;
}

/** Something that changed what is safe: a published fact, or a new decision on who may be reached. */
export interface SafetyChange {
  readonly id: string;
  /** A fact asks for a review of the risk the same day; a decision of the unit's own is one. */
  readonly isFact: boolean;
  readonly at: Date;
  /** When the unit came to know. */
  readonly knownAt: Date;
}

/** The support as others say that it is given. */
export interface DeliveryFact {
  readonly code: 'STARTED' | 'ENDED';
  readonly at: Date;
}

/** All that is recorded of a child's case, in the order of its recording. */
export interface ChildRecord {
  readonly openings: readonly OpeningDecision[];
  readonly acts: readonly ChildAct[];
  readonly changes: readonly SafetyChange[];
  readonly deliveries: readonly DeliveryFact[];
}

/** Until when the investigation is to be done, and by which act that is so. */
export interface Term {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly isExtended: boolean;
}

/** A child's case as the record has it: what was taken back counts for nothing. */
export interface ChildCase {
  readonly standing: readonly ChildAct[];
  readonly phase: 'undecided' | 'not-opened' | 'running' | 'closed';
  readonly openedAt: Date | null;
  /** The decision that opened it. */
  readonly openingId: string | null;
  readonly term: Term | null;
  readonly closing: ChildAct | null;
  readonly evaluation: ChildAct | null;
  /** The newest decision on support, where it grants something that has not ended. */
  readonly granted: ChildAct | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly sessions: number;
  readonly followUp: ChildAct | null;
}

/** The case from its record. Pure; two records that say the same are the same case. */
export function childCaseOf({ openings, acts, deliveries }: ChildRecord): ChildCase {
  const standing = standingActs(acts);
  const opening = openings.at(-1);
  const running = opening?.opened === true ? runningSince(openings) : null;
  const openedAt = running?.decidedAt ?? null;
  const closing = last(standing, 'closing');
  const isClosed = openedAt !== null && closing !== null && closing.effectiveAt >= openedAt;
  const support = last(standing, 'support');
  const granted = support?.code.startsWith('GRANTED_') === true ? support : null;
  const since = granted?.effectiveAt ?? null;
  const given = granted === null ? [] : after(standing, 'delivery', since);
  const told = granted === null ? [] : deliveries.filter(({ at }) => since === null || at >= since);
  const when = (code: DeliveryFact['code']): Date | null =>
    earliest([
      ...given.filter((act) => act.code === code).map(({ effectiveAt }) => effectiveAt),
      ...told.filter((fact) => fact.code === code).map(({ at }) => at),
    ]);
  const followUp = last(standing, 'follow-up');
  const followUpEnd = last(standing, 'follow-up-end');
  return {
    standing,
    phase:
      openedAt === null
        ? opening === undefined
          ? 'undecided'
          : 'not-opened'
        : isClosed
          ? 'closed'
          : 'running',
    openedAt,
    openingId: running?.id ?? null,
    term: running === null ? null : termOf(acts, running),
    closing: isClosed ? closing : null,
    evaluation: last(standing, 'programme'),
    granted,
    startedAt: when('STARTED'),
    endedAt: when('ENDED'),
    sessions: given.filter(({ code }) => code === 'SESSION').length,
    followUp:
      followUp !== null && (followUpEnd === null || followUpEnd.recordedAt < followUp.recordedAt)
        ? followUp
        : null,
  };
}

/** Whether what changes the child's safety still concerns the unit: it investigates, has granted support, or follows up. */
export function isAlive({ phase, granted, endedAt, followUp }: ChildCase): boolean {
  return phase === 'running' || (granted !== null && endedAt === null) || followUp !== null;
}

/** What was not taken back. */
function standingActs(acts: readonly ChildAct[]): readonly ChildAct[] {
  const wrong = new Set(acts.filter(({ kind }) => kind === 'entered-in-error').map(({ aboutId }) => aboutId));
  return acts.filter(({ id, kind }) => kind !== 'entered-in-error' && !wrong.has(id));
}

/** The newest of a kind. */
export function last(acts: readonly ChildAct[], kind: ChildActKind): ChildAct | null {
  return acts.filter((act) => act.kind === kind).at(-1) ?? null;
}

const after = (acts: readonly ChildAct[], kind: ChildActKind, since: Date | null): readonly ChildAct[] =>
  acts.filter((act) => act.kind === kind && (since === null || act.effectiveAt >= since));

function earliest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}

/** A repeated decision to open starts nothing anew (D-05): since the first of the unbroken row of them. */
function runningSince(openings: readonly OpeningDecision[]): OpeningDecision | null {
  const lastRefusal = openings.findLastIndex(({ opened }) => !opened);
  return openings
    .slice(lastRefusal + 1)
    .reduce<OpeningDecision | null>(
      (first, one) => (first === null || one.decidedAt < first.decidedAt ? one : first),
      null,
    );
}

/**
 * Four months, or as extended by the newest decision that stands. Only a recorded decision moves it (D-05); an extension
 * that was a mistake gives the time back under a name of its own, for its first clock has ended.
 */
function termOf(acts: readonly ChildAct[], opening: OpeningDecision): Term {
  const startsAt = opening.decidedAt;
  const extensions = new Set(acts.filter(({ kind }) => kind === 'extension').map(({ id }) => id));
  const extension = last(standingActs(acts), 'extension');
  if (extension?.until != null && extension.effectiveAt >= startsAt)
    return { id: extension.id, startsAt: extension.effectiveAt, endsAt: extension.until, isExtended: true };
  const takenBack = acts.filter(
    ({ kind, aboutId }) => kind === 'entered-in-error' && aboutId !== null && extensions.has(aboutId),
  );
  const id = takenBack.at(-1)?.id ?? opening.id;
  return { id, startsAt, endsAt: explainDue('D-05', startsAt).dueAt, isExtended: false };
}
