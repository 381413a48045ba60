import {
  BASES,
  type BasisId,
  partsInEnvelope,
  WITHHELD_REASONS,
  type WithheldReason,
} from '../disclosure/index.js';
import {
  type Concerns,
  EXTENTS,
  type Extent,
  type FieldDefinition,
  type FieldId,
  fieldsOf,
  UNKNOWN,
} from '../forms/index.js';
import type { Label } from '../wording/index.js';
import type { Route } from './routes.js';

/** What must be known of the subject, and nothing more, to decide which fields leave. */
export interface SubjectOfDisclosure {
  /** `unreadable` counts as protected: protected identity fails closed (C6). */
  readonly protectedIdentity: 'no' | 'yes' | 'unreadable';
  /** The receiver must ring the parent; only then does a child's unit get her safe contact (forms.md 2). */
  readonly receiverMustCall: boolean;
}

interface FieldOnTheWay {
  readonly field: FieldId;
  readonly label: Label;
}

/** One line of the preview: what leaves, how much of it and on which basis; or what is withheld and why. */
export type FieldDecision =
  | (FieldOnTheWay & {
      readonly leaves: true;
      readonly extent: Extent;
      readonly required: boolean;
      readonly sealedApart: boolean;
      readonly bases: readonly BasisId[];
      readonly because: Label;
    })
  | (FieldOnTheWay & { readonly leaves: false; readonly why: WithheldReason; readonly because: Label });

/**
 * For every field of the route's form: whether it leaves for this receiver about this subject, and why.
 * Least by default: what no rule lets out stays (C6). The same function feeds preview, sending and reading.
 */
export function fieldsFor(route: Route, subject: SubjectOfDisclosure): readonly FieldDecision[] {
  return fieldsOf(route.form).map(([id, definition]) => decide(route, subject, id, definition));
}

function decide(
  route: Route,
  subject: SubjectOfDisclosure,
  id: FieldId,
  definition: FieldDefinition,
): FieldDecision {
  const isProtected = subject.protectedIdentity !== 'no';
  const withhold = (why: WithheldReason): FieldDecision => ({
    field: id,
    label: definition.label,
    leaves: false,
    why,
    because: WITHHELD_REASONS[why],
  });

  const extent = definition.visibleTo[route.audience];
  if (extent === undefined) return withhold('NOT_FOR_THIS_RECEIVER');
  // Masked means that not even the existence of a protection is told on: the field stays (forms.md 1).
  if (extent === 'masked') return withhold('PROTECTED_IDENTITY');
  if (!route.permittedFields.includes(id)) return withhold('ANOTHER_SUBJECT');
  if (extent === 'when-it-must-call' && !subject.receiverMustCall) return withhold('ONLY_WHEN_IT_MUST_CALL');

  const bases = basesOf(route, definition.concerns);
  if (bases.length === 0) return withhold('NO_BASIS_FOR_CONCERNED');
  return {
    field: id,
    label: definition.label,
    leaves: true,
    extent,
    required: route.requiredFields.includes(id),
    // Where a protected person is travels as whereabouts do, in an envelope of its own.
    sealedApart: definition.sealedApart || (isProtected && definition.tellsWhere),
    bases,
    because: becauseOf(extent, bases),
  };
}

/** The bases that open for everybody whose part of the field travels. */
function basesOf(route: Route, concerns: readonly Concerns[]): readonly BasisId[] {
  const [first, ...others] = partsInEnvelope(concerns, route.subject).map((whom) => route.bases[whom] ?? []);
  return (first ?? []).filter((basis) => others.every((allowed) => allowed.includes(basis)));
}

function becauseOf(extent: Extent, bases: readonly BasisId[]): Label {
  const sources = bases.map((basis) => BASES[basis].source).join('; ');
  return {
    sv: `Mottagaren ser ${EXTENTS[extent].sv}, med stöd av ${sources}`,
    en: `The receiver sees ${EXTENTS[extent].en}, by ${sources}`,
  };
}

/** "Unknown" is always a valid answer; silence is none (forms.md 1). */
export function isAnswered(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value === 'string') return value.trim() !== '';
  return value !== undefined && value !== null;
}
