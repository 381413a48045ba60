import type { PreviewItem } from '#contracts';
import {
  type DisclosureDecision,
  type Extent,
  type FieldVerdict,
  fieldOf,
  isAnswered,
  type Result,
  type Route,
  refuse,
  SUBJECT_ROLES,
  type SubjectRole,
  succeed,
} from '#domain';
import { asJson, type KnownAnswer } from './known-answer.js';

export interface EnvelopeRequest {
  readonly route: Route;
  readonly subjectId: string;
  /** What the policy let out: nothing else is chosen. */
  readonly decision: DisclosureDecision;
  /** Whether what is kept from these may not reach the receiver: an answer handed on keeps its own secrecy. */
  readonly isKeptFrom: (keepFrom: readonly string[]) => boolean;
  /** What the sender knows already, in the terms of the route's form. */
  readonly known: readonly KnownAnswer[];
  readonly given: PreviewItem['answers'];
  /** The role of every subject of the incident that the sender knows of. */
  readonly roles: ReadonlyMap<string, SubjectRole>;
  /** The district of a place, where only that may leave; null when it cannot be told. */
  readonly districtOf: (place: unknown) => string | null;
}

export type Leaving = Extract<FieldVerdict, { verdict: 'leaves' }>;

export interface EnvelopeContent {
  readonly content: readonly KnownAnswer[];
  /** Safe contact and whereabouts: an envelope of their own. */
  readonly apart: readonly KnownAnswer[];
  readonly leaves: readonly Leaving[];
}

/**
 * Fills the envelope for one receiver about one subject with the answers to the fields that the policy lets out (C6).
 * Refuses an answer to a field that may not leave and a required one that nobody answered; "unknown" is an answer.
 */
export function composeEnvelope(request: EnvelopeRequest): Result<EnvelopeContent> {
  const leaving = request.decision.fields.filter(isLeaving);
  const notPermitted = Object.keys(request.given).filter((id) => !leaving.some(({ field }) => field === id));
  if (notPermitted.length > 0) {
    return refuse('FIELD_NOT_PERMITTED', {
      errors: notPermitted.map((field) => ({ field, message: 'may not leave on this route and basis' })),
    });
  }
  const chosen = leaving.map((verdict) => ({ verdict, answers: answersOf(request, verdict) }));
  const missing = chosen.filter(
    ({ verdict, answers }) =>
      verdict.required &&
      concernsSomebody(request, verdict.field) &&
      !answers.some(({ value }) => isAnswered(value)),
  );
  if (missing.length > 0) {
    return refuse('FIELD_REQUIRED', {
      errors: missing.map(({ verdict }) => ({
        field: verdict.field,
        message: 'must be answered; "unknown" is an answer',
      })),
    });
  }
  const filled = chosen.filter(({ answers }) => answers.length > 0);
  const of = (apart: boolean) =>
    filled.filter(({ verdict }) => verdict.sealedApart === apart).flatMap(({ answers }) => answers);
  return succeed({
    content: of(false),
    apart: of(true),
    leaves: filled.map(({ verdict }) => verdict),
  });
}

function isLeaving(verdict: FieldVerdict): verdict is Leaving {
  return verdict.verdict === 'leaves';
}

/** Handed on, an answer keeps where it came from and whom it is kept from, and the form may add to that. */
function answersOf(request: EnvelopeRequest, { field, extent }: Leaving): KnownAnswer[] {
  const definition = fieldOf(request.route.form, field);
  const known = request.known.filter((one) => one.field === field && isInEnvelope(request, extent, one));
  const kept = (own: readonly string[]) => [...new Set([...own, ...(definition?.keepFrom ?? [])])];
  const given = request.given[field];
  if (given !== undefined) {
    const keepFrom = kept(known.flatMap((one) => one.keepFrom));
    if (request.isKeptFrom(keepFrom)) return [];
    return [
      {
        field,
        value: asJson(given.value),
        concerns: definition?.concerns.includes(request.route.subject) ? [request.subjectId] : [],
        source: given.source ?? definition?.source ?? 'named-with-value',
        keepFrom,
      },
    ];
  }
  // What is written for one receiver, or must be cut out by a person, never travels by itself.
  if (extent === 'own-recipient' || extent === 'childs-part') return [];
  return known
    .map((one) => ({ ...one, value: cut(request, extent, one), keepFrom: kept(one.keepFrom) }))
    .filter(({ keepFrom }) => !request.isKeptFrom(keepFrom));
}

/** A question about a person of a role that nobody has in this incident cannot be asked, and is not missing. */
function concernsSomebody({ route, roles }: EnvelopeRequest, field: string): boolean {
  const definition = fieldOf(route.form, field);
  const present = new Set<string>(roles.values());
  if (definition?.repeats === 'per-suspect' && !present.has('alleged-perpetrator')) return false;
  const concerned = (definition?.concerns ?? []).filter((whom) => Object.hasOwn(SUBJECT_ROLES, whom));
  return concerned.length === 0 || concerned.some((whom) => present.has(whom));
}

/** Each subject has an envelope of its own: an answer about another of the same role stays out of it. */
function isInEnvelope(
  { subjectId, roles, route }: EnvelopeRequest,
  extent: Extent,
  answer: KnownAnswer,
): boolean {
  if (answer.concerns.length === 0 || answer.concerns.includes(subjectId)) return true;
  if (extent === 'own-child' || extent === 'own-person') return false;
  return answer.concerns.some((id) => roles.get(id) !== route.subject);
}

function cut(request: EnvelopeRequest, extent: Extent, { field, value }: KnownAnswer): KnownAnswer['value'] {
  if (extent === 'district-only' && fieldOf(request.route.form, field)?.type === 'place') {
    return asJson({ district: request.districtOf(value) ?? 'unknown' });
  }
  if (extent === 'as-parent' && isRecord(value)) {
    // A parent is named to her child's unit; where she lives and her number are her own file's.
    return asJson({ name: value['name'] ?? 'unknown', birthDate: value['birthDate'] ?? 'unknown' });
  }
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
