import type { WithheldReason } from '../disclosure/index.js';
import { keysOf, type Label } from '../wording/index.js';
import { isNeverLifted, policyWithholds } from './ask-policy.js';
import { type InsightPerson, type InsightReader, ownPersons, readsAsPerpetrator } from './insight-reader.js';
import { INSIGHT_RULES, type InsightRuleId, STRICTNESS, type Standing } from './insight-rules.js';
import { type FieldFacts, factsOfField, isSafeContact } from './known-fields.js';
import { personsConcerned } from './persons-concerned.js';

/** An answer as a unit knows it. Persons are named by the same ids as in the reader. */
export interface InsightAnswer {
  readonly field: string;
  readonly value: unknown;
  readonly concerns: readonly string[];
  readonly source: string;
  readonly keepFrom: readonly string[];
}

/** What the reader would get of one answer, and why not the rest. */
export interface MaskedAnswer {
  readonly field: string;
  readonly label: Label;
  readonly concerns: readonly string[];
  readonly standing: Standing;
  /** Null unless it is shown. */
  readonly value: unknown;
  /** Parts of a shown value that were taken out, such as `residence`. */
  readonly maskedParts: readonly string[];
  readonly reasons: readonly InsightRuleId[];
  /** Null where who told it is not for the reader. */
  readonly source: string | null;
}

/** From this age a child conducts its own case (SoL, LVU 36 §; domain.md B4). */
const OWN_CASE_FROM = 15;
/** Who told it may be said where it is an authority or a register; a person who told is not named to another. */
const OPEN_SOURCES: readonly string[] = ['police', 'register', 'social-service'];
/** Keys of a value that tell where somebody is, whatever field they are in. */
const PLACE_KEYS: readonly string[] = [
  'address',
  'residence',
  'subdistrict',
  'district',
  'where',
  'withWhom',
  'whereabouts',
  'workplace',
  'school',
  'phone',
  'assertedDistrict',
];

/** One answer looked at by one reader. */
interface Look {
  readonly answer: InsightAnswer;
  readonly facts: FieldFacts;
  readonly reader: InsightReader;
  readonly persons: readonly InsightPerson[];
  /** The persons of the incident that the answer is about. */
  readonly about: readonly InsightPerson[];
  /** Somebody is named whom we do not know: it is about another. */
  readonly namesAStranger: boolean;
  readonly own: readonly string[];
  readonly asPerpetrator: boolean;
  /** Why the one policy of disclosure keeps the field; null where a basis could open it. */
  readonly policy: WithheldReason | null;
}

/**
 * What a reader would get of these answers: the one masking behind the draft, "as he would read it", the PDF and the
 * JSON, so that none of them can show what another withholds. The policy of disclosure (`insight`) decides by field, these
 * rules by answer and person, and the strictest holds. `at`: record time, for the days of the law. Pure; what is not known
 * counts as a reason to withhold.
 */
export function maskForReader(
  answers: readonly InsightAnswer[],
  persons: readonly InsightPerson[],
  reader: InsightReader,
  at: Date,
): MaskedAnswer[] {
  return answers.map((answer) =>
    maskOne(answer, persons, reader, policyWithholds(answer, persons, reader, at)),
  );
}

/** Names an answer within one file: a field about the same persons. */
export function answerKey({ field, concerns }: Pick<InsightAnswer, 'field' | 'concerns'>): string {
  return JSON.stringify([field, [...concerns].sort()]);
}

function maskOne(
  answer: InsightAnswer,
  persons: readonly InsightPerson[],
  reader: InsightReader,
  policy: WithheldReason | null,
): MaskedAnswer {
  const facts = factsOfField(answer.field);
  const look: Look = {
    answer,
    facts,
    reader,
    persons,
    about: personsConcerned(answer, facts, persons),
    namesAStranger: answer.concerns.some((id) => !persons.some((one) => one.id === id)),
    own: ownPersons(reader),
    asPerpetrator: readsAsPerpetrator(reader, persons),
    policy,
  };
  const whole = keysOf(INSIGHT_RULES).filter((rule) => APPLIES[rule](look));
  const standing = strictest(whole);
  const parts = standing === 'shown' ? placesIn(answer.value) : [];
  return {
    field: answer.field,
    label: facts.label,
    concerns: answer.concerns,
    standing,
    value: standing === 'shown' ? without(answer.value, parts) : null,
    maskedParts: parts,
    reasons: parts.length > 0 ? [...whole, 'WHEREABOUTS'] : whole,
    source: standing === 'shown' ? shownSource(look) : null,
  };
}

/** When each rule withholds the whole answer. Every one only looks; none depends on another. */
const APPLIES: { readonly [Rule in InsightRuleId]: (look: Look) => boolean } = {
  NOT_OF_THIS_FILE: ({ answer, reader, persons, about }) =>
    isSafeContact(answer.field) &&
    persons.some(({ id, role }) => id === reader.fileOf && role === 'child') &&
    !about.some(({ id }) => id === reader.fileOf),
  OTHER_SIDE: (look) => look.asPerpetrator && look.reader.capacity !== 'guardian' && isAboutAnother(look),
  PUBLIC: ({ reader }) => reader.capacity === 'public',
  POLICY_KEEPS: ({ policy }) => policy !== null && isNeverLifted(policy),
  NO_BASIS: ({ policy }) => policy !== null && !isNeverLifted(policy),
  SAFE_CONTACT_OF_ANOTHER: (look) => isSafeContact(look.answer.field) && !isOnlyAboutSelf(look),
  KEPT_FROM: ({ answer, facts, reader, persons, asPerpetrator }) => {
    const sides = sidesOf(reader, persons, asPerpetrator);
    return [...answer.keepFrom, ...facts.keepFrom].some((whom) => sides.includes(whom));
  },
  PROTECTED_IDENTITY: (look) => {
    const { answer, facts, about, persons } = look;
    const tellsPlace = facts.tellsWhere || answer.field.startsWith('protected.');
    // A place of the incident may be anybody's home.
    const concerned = about.length > 0 ? about : persons;
    const isProtected = concerned.some(({ protectedStatus }) => protectedStatus !== 'NO');
    return isProtected && (tellsPlace || (facts.isIdentity && !isOnlyAboutSelf(look)));
  },
  REPORTER: ({ answer, facts }) =>
    facts.concerns.includes('reporter') ||
    answer.source === 'reporter' ||
    answer.field.startsWith('reporter.'),
  CHILD_AGAINST_GUARDIAN: ({ answer, reader, about, asPerpetrator }) => {
    if (reader.capacity !== 'guardian') return false;
    const children = about.filter(({ role }) => role === 'child');
    if (children.length === 0) return false;
    const isOld = children.some(({ age }) => age === null || age >= OWN_CASE_FROM);
    return asPerpetrator || isOld || answer.source === 'child' || answer.field === 'assessment.child-heard';
  },
  UNDER_INVESTIGATION: ({ answer, asPerpetrator }) => asPerpetrator && answer.source === 'police',
  SAFE_CONTACT: ({ answer }) => isSafeContact(answer.field),
  WHEREABOUTS: ({ facts }) => facts.tellsWhere,
  OTHER_PERSON: (look) => look.about.length + Number(look.namesAStranger) > 0 && !isAboutOwn(look),
  MUST_BE_READ: (look) =>
    isSaid(look.answer.value) && (look.facts.isFreeText || (isAboutOwn(look) && isAboutAnother(look))),
};

/** "Unknown" and nothing are not words about anybody. */
function isSaid(value: unknown): boolean {
  return value !== null && value !== 'unknown';
}

function isAboutOwn({ about, own }: Look): boolean {
  return about.some(({ id }) => own.includes(id));
}

function isAboutAnother({ about, own, namesAStranger }: Look): boolean {
  return namesAStranger || about.some(({ id }) => !own.includes(id));
}

/** About the reader's own person and nobody else: a guardian is not the child. */
function isOnlyAboutSelf({ about, namesAStranger, reader }: Look): boolean {
  const self =
    reader.capacity === 'guardian' ? reader.isPerson : reader.capacity === 'public' ? null : reader.fileOf;
  return !namesAStranger && about.length > 0 && about.every(({ id }) => id === self);
}

function sidesOf(
  reader: InsightReader,
  persons: readonly InsightPerson[],
  asPerpetrator: boolean,
): readonly string[] {
  const eyes = reader.capacity === 'guardian' ? reader.isPerson : reader.fileOf;
  const role = persons.find(({ id }) => id === eyes)?.role;
  return [
    ...(eyes === null ? [] : [eyes]),
    ...(asPerpetrator ? ['alleged-perpetrator'] : []),
    ...(reader.capacity === 'guardian' ? ['guardians'] : []),
    // Nobody said which person of the incident the guardian is: she may be any of them, him too.
    ...(reader.capacity === 'guardian' && eyes === null ? ['alleged-perpetrator', 'victim'] : []),
    ...(role === 'victim' ? ['victim'] : []),
    ...(reader.capacity === 'public' ? ['alleged-perpetrator', 'guardians', 'victim', 'region'] : []),
  ];
}

function strictest(rules: readonly InsightRuleId[]): Standing {
  return rules
    .map((rule): Exclude<Standing, 'shown'> => INSIGHT_RULES[rule].standing)
    .reduce<Standing>(
      (worst, one) => (worst === 'shown' || STRICTNESS[one] > STRICTNESS[worst] ? one : worst),
      'shown',
    );
}

function shownSource({ answer, reader, persons }: Look): string | null {
  if (OPEN_SOURCES.includes(answer.source)) return answer.source;
  const self = reader.capacity === 'guardian' ? reader.isPerson : reader.fileOf;
  const role = persons.find(({ id }) => id === self)?.role;
  return answer.source === role ? answer.source : null;
}

/** The keys in a value, at any depth, that tell where somebody is; each once. */
function placesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(placesIn))];
  if (!isRecord(value)) return [];
  const parts = Object.entries(value).flatMap(([key, one]) =>
    PLACE_KEYS.includes(key) ? [key] : placesIn(one),
  );
  return [...new Set(parts)];
}

function without(value: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => without(one, parts));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !parts.includes(key))
      .map(([key, one]) => [key, without(one, parts)]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
