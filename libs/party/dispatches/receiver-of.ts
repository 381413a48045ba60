import {
  cityEmergencyService,
  type DirectorySnapshot,
  findRoute,
  isOpenLongEnough,
  isUnitAt,
  type MatterKind,
  type Result,
  type Route,
  type Residence as RoutedResidence,
  type RouteQuestion,
  type RoutingReason,
  refusalOfRouting,
  refuse,
  routeFor,
  type SubjectRole,
  succeed,
  type Timing,
  type Unit,
  unitWithId,
} from '#domain';

export interface ReceiverQuestion {
  readonly kind: MatterKind;
  /** Whom the matter is about: a route carries one kind of person. */
  readonly subject: SubjectRole;
  readonly from: Unit;
  /** The unit that a person chose; null when the routing rules choose. */
  readonly chosen: string | null;
  readonly residence: RoutedResidence | null;
  readonly at: Date;
  /** The path of the item in the request, for the refusal. */
  readonly field: string;
}

export interface Receiver {
  readonly unit: Unit;
  readonly route: Route;
  readonly found: readonly RoutingReason[];
}

/**
 * The unit that a matter goes to and the route it takes. Chosen by a person, it must be in force, and open long
 * enough where the route asks for that; else by the residence of whom it is about. At night, and for an acute
 * matter whose place is not known, it is the emergency social service (forms.md 1).
 */
export function receiverOf(snapshot: DirectorySnapshot, question: ReceiverQuestion): Result<Receiver> {
  const found = receiverByPlace(snapshot, question);
  return found.ok && found.value.route.subject !== question.subject ? refuse('NO_ROUTE') : found;
}

function receiverByPlace(snapshot: DirectorySnapshot, question: ReceiverQuestion): Result<Receiver> {
  if (question.chosen !== null) return chosenReceiver(snapshot, question, question.chosen);
  const timing: Timing = question.from.kind === 'police' ? 'acute' : 'ordinary';
  const asked = questionOf(question, timing);
  const answer = asked === null ? null : routeFor(snapshot, asked, question.at);
  if (answer?.ok) {
    const { unit, because } = answer.value;
    const route = findRoute(question.kind, question.from.kind, unit.kind);
    if (route !== undefined && isOpenLongEnough(snapshot, route, unit.id, question.at)) {
      return succeed({ unit, route, found: because });
    }
  }
  if (timing === 'acute') {
    const unit = cityEmergencyService(snapshot, question.at);
    const route = unit && findRoute(question.kind, question.from.kind, unit.kind);
    if (unit !== undefined && route !== undefined) {
      return succeed({
        unit,
        route,
        found: [...(answer?.ok ? answer.value.because : []), emergencyReason(unit)],
      });
    }
  }
  if (answer !== null && !answer.ok) {
    return { ok: false, refusal: refusalOfRouting(answer.refusal, question.field, 'en') };
  }
  return refuse(answer === null ? 'DISTRICT_NEEDED' : 'NO_ROUTE');
}

function chosenReceiver(
  snapshot: DirectorySnapshot,
  { kind, from, at, field }: ReceiverQuestion,
  chosen: string,
): Result<Receiver> {
  const unit = unitWithId(snapshot, chosen);
  const where = [{ field, message: chosen }];
  if (unit === undefined) return refuse('UNKNOWN_UNIT', { errors: where });
  if (!isUnitAt(snapshot, unit.id, at)) return refuse('UNIT_ENDED', { errors: where });
  const route = findRoute(kind, from.kind, unit.kind);
  if (route === undefined) return refuse('NO_ROUTE', { errors: where });
  if (unit.external.length > 0 && route.custody !== 'attested')
    return refuse('UNIT_EXTERNAL', { errors: where });
  if (!isOpenLongEnough(snapshot, route, unit.id, at)) return refuse('RECEIVER_CLOSED', { errors: where });
  return succeed({ unit, route, found: [] });
}

function questionOf({ kind, subject, residence }: ReceiverQuestion, timing: Timing): RouteQuestion | null {
  if (residence === null) return null;
  switch (kind) {
    case 'adult-safety':
    case 'child-protection':
      return { kind, residence, timing };
    case 'adult-support':
      return { kind, residence };
    case 'perpetrator-change':
      return { kind, residence, receiver: 'rvt' };
    case 'mental-health':
      return { kind, residence, isChild: subject === 'child' };
    // Which service helps is a person's choice.
    case 'child-support':
    case 'protected-housing':
    case 'legal-process':
      return null;
  }
}

function emergencyReason(unit: Unit): RoutingReason {
  return {
    code: 'OUT_OF_HOURS',
    text: {
      sv: `Ingen ordinarie enhet kan ta emot nu: ${unit.name} tar emot.`,
      en: `No ordinary unit can take it now: ${unit.name} takes it.`,
    },
    source: unit.evidence.source,
    tag: unit.evidence.tag,
  };
}
