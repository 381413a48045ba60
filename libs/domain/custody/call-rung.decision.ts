import { LADDERS, type Rung, type RungReceiver } from '../routes/index.js';
import { type DirectorySnapshot, isStaffed, staffedUnitAt, type UnitId } from '../routing/index.js';
import type { NotificationWanted } from './changes.js';
import type { DeadlineFacts, HandoffFacts, MatterFacts } from './facts.js';
import type { DeadlineId } from './ids.js';

export interface RungCalled {
  readonly deadlineId: DeadlineId;
  readonly deadlineVersion: number;
  readonly rung: number;
  readonly nextCallAt: Date;
  readonly notifications: readonly NotificationWanted[];
}

/** What the clock is told of a matter: neither subject nor person (C5). */
export type CalledMatter = Omit<MatterFacts, 'subjectId' | 'subjectRole' | 'assignedTo'>;

const MINUTE = 60_000;
/** Past the last rung its receivers are called once a day, so that an open matter is never left unarmed (C3). */
const EVERY_DAY = 24 * 60 * MINUTE;

/**
 * The highest rung that is due now, of the deadline that is due first; null when nothing is due. After an outage only
 * that one is called (DESIGN 4). The last rung reaches the coordinator when open, else a function staffed at that hour.
 */
export function decideCall(
  now: Date,
  snapshot: DirectorySnapshot,
  matter: CalledMatter,
  handoff: HandoffFacts | null,
): RungCalled | null {
  if (matter.closedAt !== null) return null;
  return decideDeadlineCall(now, snapshot, { ...matter, handoff });
}

/** Deadlines of one clock, and who is told beside the one asked. */
export interface CalledDeadlines {
  readonly deadlines: readonly DeadlineFacts[];
  /** Null for a party's own step, for which the unit asked answers itself. */
  readonly holderUnit: UnitId | null;
  readonly handoff: HandoffFacts | null;
}

/** As {@link decideCall}, over deadlines that need not be of a matter: a party's own clock has the same rungs. */
export function decideDeadlineCall(
  now: Date,
  snapshot: DirectorySnapshot,
  { deadlines, holderUnit, handoff }: CalledDeadlines,
): RungCalled | null {
  const [deadline] = deadlines
    .filter(({ nextCallAt }) => nextCallAt !== null && nextCallAt <= now)
    .sort((a, b) => (a.nextCallAt?.getTime() ?? 0) - (b.nextCallAt?.getTime() ?? 0));
  if (deadline === undefined) return null;
  let rung = deadline.rung;
  while (rungCallAt(deadline, rung + 1) <= now) rung += 1;
  const step = rungOf(deadline, rung);
  return {
    deadlineId: deadline.id,
    deadlineVersion: deadline.version,
    rung,
    nextCallAt: rungCallAt(deadline, rung + 1),
    notifications: receivers(step.tells, deadline, holderUnit ?? deadline.askedOf, handoff).map((one) =>
      staffed(snapshot, now, one, step, deadline, rung, lateUnit(deadline, handoff)),
    ),
  };
}

/** The step of the deadline's ladder for a rung; the last one again for every rung beyond it. */
function rungOf(deadline: DeadlineFacts, rung: number): Rung {
  const ladder = LADDERS[deadline.ladder];
  return ladder[Math.min(rung, ladder.length - 1)] ?? ladder[0];
}

function rungCallAt(deadline: DeadlineFacts, rung: number): Date {
  const beyond = Math.max(0, rung - LADDERS[deadline.ladder].length + 1);
  const { minutesAfterDue } = rungOf(deadline, rung);
  return new Date(deadline.dueAt.getTime() + minutesAfterDue * MINUTE + beyond * EVERY_DAY);
}

interface Receiver {
  readonly unitId: UnitId | 'coordination';
  readonly function: 'on-duty' | 'unit-head' | 'coordinator';
}

function receivers(
  tells: readonly RungReceiver[],
  deadline: DeadlineFacts,
  holder: UnitId,
  handoff: HandoffFacts | null,
): Receiver[] {
  const late = lateUnit(deadline, handoff);
  const wanted = tells.flatMap((receiver) => receiversOf(receiver, deadline.askedOf, holder, late));
  return wanted.filter(
    (one, index) =>
      wanted.findIndex((other) => other.unitId === one.unitId && other.function === one.function) === index,
  );
}

function receiversOf(receiver: RungReceiver, askedOf: UnitId, holder: UnitId, late: UnitId): Receiver[] {
  switch (receiver) {
    case 'asked-of':
      return [{ unitId: askedOf, function: 'on-duty' }];
    case 'responsible-unit':
      return [{ unitId: holder, function: 'on-duty' }];
    case 'late-unit':
      return [{ unitId: late, function: 'on-duty' }];
    case 'unit-heads':
      return [
        { unitId: late, function: 'unit-head' },
        { unitId: holder, function: 'unit-head' },
      ];
    case 'coordinator-or-fallback':
      return [{ unitId: 'coordination', function: 'coordinator' }];
  }
}

/** Whose move it is: the receiver's until it has answered, unless the sender was asked something. */
export function lateUnit(deadline: DeadlineFacts, handoff: HandoffFacts | null): UnitId {
  if (handoff === null || deadline.handoffId !== handoff.id) return deadline.askedOf;
  return deadline.rule.startsWith('answer') || deadline.rule.startsWith('review')
    ? handoff.fromUnit
    : handoff.toUnit;
}

function staffed(
  snapshot: DirectorySnapshot,
  now: Date,
  receiver: Receiver,
  step: Rung,
  deadline: DeadlineFacts,
  rung: number,
  late: UnitId,
): NotificationWanted {
  const unit = receiver.unitId === 'coordination' ? coordinationUnit(snapshot) : receiver.unitId;
  const reached =
    receiver.function === 'coordinator' && isStaffed(snapshot, unit, now) !== true
      ? (staffedUnitAt(snapshot, unit, now)?.unit.id ?? unit)
      : unit;
  const rings = step.how === 'ring' && late !== reached;
  return {
    deadlineId: deadline.id,
    rung,
    unitId: reached,
    function: reached === unit ? receiver.function : 'on-duty',
    // The unit that is to be rung is told that it is late: it has nobody to ring.
    kind: rings ? 'ring' : 'late',
    ringUnit: rings ? late : null,
  };
}

function coordinationUnit(snapshot: DirectorySnapshot): UnitId {
  const unit = snapshot.units.find(({ party }) => party === 'coordination');
  if (unit === undefined) throw new Error('the directory has no coordination unit');
  return unit.id;
}
