import {
  type KnownOfPerson,
  type RecordedStanding,
  reportedProtectionOf,
  type StrictestProtection,
  type SubjectRole,
  strictestProtection,
} from '#domain';
import { answersTo, type KnownAnswer } from '../content/known-answer.js';

/** What a unit recorded about a person's protection, among the answers that it knows; no form has it, so it never leaves. */
export const RECORDED_FIELD = 'protected.recorded';
const STATUS_FIELD = 'protected.status';
const DISTRICT_FIELD = 'protected.asserted-district';
const IDENTITY_FIELDS: readonly string[] = [
  'child.identity',
  'victim.identity',
  'suspect.identity',
  'subject.identity',
];

export interface KnownProtection extends StrictestProtection {
  /** Hers, or that of her household; null when nobody asserted one. */
  readonly assertedDistrict: string | null;
}

/**
 * The strictest that a unit's answers say of a person: what was reported, what the unit recorded, and her household in
 * the incident. The persons of the other side are no household of hers, and are not looked at.
 */
export function knownProtection(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
): KnownProtection {
  const household = subject.role === 'alleged-perpetrator' ? [] : peopleOf(known, subject.id);
  const strictest = strictestProtection(
    personOf(known, subject.id),
    household.map((id) => personOf(known, id)),
  );
  const districts = [subject.id, ...household].flatMap((id) => districtOf(known, id));
  return { ...strictest, assertedDistrict: strictest.districtIsAsserted ? (districts[0] ?? null) : null };
}

/** The same answers without where protected persons, and those who live with them, are registered (domain.md B8). */
export function withoutResidences(known: readonly KnownAnswer[]): KnownAnswer[] {
  return known.map((answer) => {
    const [person] = answer.concerns;
    if (person === undefined || !IDENTITY_FIELDS.includes(answer.field)) return answer;
    const role = answer.field === 'suspect.identity' ? 'alleged-perpetrator' : 'victim';
    if (!knownProtection(known, { id: person, role }).districtIsAsserted) return answer;
    const { value } = answer;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !('residence' in value)) {
      return answer;
    }
    const { residence: _, ...others } = value;
    return { ...answer, value: others };
  });
}

function peopleOf(known: readonly KnownAnswer[], except: string): string[] {
  const about = known.filter(({ field }) => field === STATUS_FIELD || field === RECORDED_FIELD);
  return [...new Set(about.flatMap(({ concerns }) => concerns))].filter((id) => id !== except);
}

function personOf(known: readonly KnownAnswer[], id: string): KnownOfPerson {
  const [recorded] = ownAnswers(known, RECORDED_FIELD, id);
  const [reported] = ownAnswers(known, STATUS_FIELD, id);
  return {
    reported: reportedProtectionOf(textOf(reported?.value)),
    recorded: standingOf(property(recorded?.value, 'standing')),
    isApart: property(recorded?.value, 'isApart') === true,
  };
}

function districtOf(known: readonly KnownAnswer[], id: string): string[] {
  return ownAnswers(known, DISTRICT_FIELD, id).flatMap(({ value }) =>
    typeof value === 'string' && value !== 'unknown' ? [value] : [],
  );
}

/** Answers that name her: one that concerns nobody says nothing about a person's protection. */
function ownAnswers(known: readonly KnownAnswer[], field: string, id: string): KnownAnswer[] {
  return answersTo(known, field, id).filter(({ concerns }) => concerns.includes(id));
}

const STANDINGS: readonly RecordedStanding[] = [
  'marked',
  'lapsed',
  'lifted',
  'register-shows-none',
  'nothing',
];

function standingOf(value: unknown): RecordedStanding {
  return STANDINGS.find((standing) => standing === value) ?? 'nothing';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
