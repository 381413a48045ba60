import {
  type KnownOfPerson,
  type ProtectionStatus,
  type RecordedStanding,
  reportedProtectionOf,
  type StrictestProtection,
  strictestProtection,
} from '#domain';
import { asJson, type KnownAnswer } from '../content/known-answer.js';

/** What a unit recorded about a person's protection, on its way to be folded into her status; no form has it. */
export const RECORDED_FIELD = 'protected.recorded';
/** What a person's household adds to her own status: for the unit's own decisions, in no form, and so never sent. */
export const HOUSEHOLD_FIELD = 'protected.household';
const STATUS_FIELD = 'protected.status';
const DISTRICT_FIELD = 'protected.asserted-district';
const IDENTITY_FIELDS: readonly string[] = ['child.identity', 'victim.identity', 'subject.identity'];
const HIS_IDENTITY = 'suspect.identity';

/** The protection of one person, as folded answers tell it. */
export interface ToldProtection {
  readonly status: ProtectionStatus;
  /** Somebody said so, of her or her household: the district is asserted, never derived (domain.md B8). */
  readonly districtIsAsserted: boolean;
  readonly assertedDistrict: string | null;
}

/**
 * Folds what is known of protections into one status for each person, the strictest of what was reported and what the
 * unit recorded, and beside it what her household in the incident adds (C6). So whoever reads the answers, to decide or to mask, is told
 * the same. Where protected persons and those who live with them are registered is taken out. The persons of the other
 * side are no household of hers.
 */
export function withStrictestProtection(known: readonly KnownAnswer[], subjectId: string): KnownAnswer[] {
  const suspects = peopleIn(
    known,
    ({ field, value }) =>
      field === HIS_IDENTITY || (field === RECORDED_FIELD && property(value, 'side') === 'perpetrator'),
  );
  const household = [
    ...new Set([
      ...peopleIn(known, ({ field }) => isProtection(field) || IDENTITY_FIELDS.includes(field)),
      subjectId,
    ]),
  ].filter((id) => !suspects.includes(id));
  const folded = new Map([
    ...household.map((id) => [id, fold(known, id, household)] as const),
    ...suspects.map((id) => [id, fold(known, id, [id])] as const),
  ]);
  const kept = known
    .filter((answer) => !isReplaced(answer))
    .map((answer) => withoutResidence(answer, folded));
  return [...kept, ...[...folded].flatMap(([id, told]) => answersOf(known, id, told))];
}

/** What folded answers tell of a person: nothing said is unreadable, and so protected. */
export function knownProtection(
  known: readonly KnownAnswer[],
  { id }: { readonly id: string },
): ToldProtection {
  const told = reportedProtectionOf(textOf(own(known, STATUS_FIELD, id)[0]?.value));
  const household = own(known, HOUSEHOLD_FIELD, id)[0]?.value;
  const byOthers = reportedProtectionOf(textOf(property(household, 'status')));
  const { status, districtIsAsserted } = strictestProtection(
    { reported: told, recorded: 'nothing', isApart: false },
    household === undefined ? [] : [{ reported: byOthers, recorded: 'nothing', isApart: false }],
  );
  const districts = [own(known, DISTRICT_FIELD, id)[0]?.value, property(household, 'district')].flatMap(
    (value) => knownDistrict(value),
  );
  return { status, districtIsAsserted, assertedDistrict: districtIsAsserted ? (districts[0] ?? null) : null };
}

interface Folded {
  /** Of herself alone, and with her household. */
  readonly alone: StrictestProtection;
  readonly together: StrictestProtection;
  readonly othersDistrict: string | null;
}

function fold(known: readonly KnownAnswer[], id: string, household: readonly string[]): Folded {
  // Who is only named says nothing of a protection, of herself or of others.
  const others = household.filter(
    (one) => one !== id && known.some(({ field, concerns }) => isProtection(field) && concerns.includes(one)),
  );
  const person = knownOf(known, id);
  const districts = others.flatMap((one) =>
    own(known, DISTRICT_FIELD, one).flatMap(({ value }) => knownDistrict(value)),
  );
  return {
    alone: strictestProtection(person, []),
    together: strictestProtection(
      person,
      others.map((one) => knownOf(known, one)),
    ),
    othersDistrict: districts[0] ?? null,
  };
}

/** Her own status where anybody said anything of her, and what her household adds to it. */
function answersOf(known: readonly KnownAnswer[], id: string, folded: Folded): KnownAnswer[] {
  const { alone, together, othersDistrict } = folded;
  const [status] = own(known, STATUS_FIELD, id);
  const isSaid = status !== undefined || own(known, RECORDED_FIELD, id).length > 0;
  const isRaised =
    together.status !== alone.status || together.districtIsAsserted !== alone.districtIsAsserted;
  return [
    ...(isSaid ? [{ ...blank(STATUS_FIELD, id), ...status, value: onWire(alone) }] : []),
    ...(isRaised
      ? [{ ...blank(HOUSEHOLD_FIELD, id), value: { status: onWire(together), district: othersDistrict } }]
      : []),
  ];
}

const WIRE = { yes: 'YES', unreadable: 'UNREADABLE', no: 'NO' } as const satisfies Record<
  ProtectionStatus,
  string
>;

/** As a report says it: unreadable because nobody said is unknown. */
function onWire({ status, districtIsAsserted }: StrictestProtection): string {
  return status === 'unreadable' && !districtIsAsserted ? 'unknown' : WIRE[status];
}

function knownDistrict(value: unknown): string[] {
  const text = textOf(value);
  return text === null || text === 'unknown' ? [] : [text];
}

function blank(field: string, id: string): KnownAnswer {
  return {
    field,
    value: 'unknown',
    concerns: [id],
    source: 'register',
    keepFrom: ['alleged-perpetrator', 'guardians'],
  };
}

function withoutResidence(answer: KnownAnswer, folded: ReadonlyMap<string, Folded>): KnownAnswer {
  const person = personOf(answer);
  const isIdentity = IDENTITY_FIELDS.includes(answer.field) || answer.field === HIS_IDENTITY;
  if (!isIdentity || person === null || folded.get(person)?.together.districtIsAsserted !== true)
    return answer;
  const { value } = answer;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return answer;
  return {
    ...answer,
    value: asJson(Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'residence'))),
  };
}

function knownOf(known: readonly KnownAnswer[], id: string): KnownOfPerson {
  const recorded = own(known, RECORDED_FIELD, id)[0]?.value;
  return {
    reported: reportedProtectionOf(textOf(own(known, STATUS_FIELD, id)[0]?.value)),
    recorded: standingOf(property(recorded, 'standing')),
    isApart: property(recorded, 'isApart') === true,
  };
}

/** The district stays as it was said; status and record give way to what they fold into. */
function isReplaced(answer: KnownAnswer): boolean {
  const { field } = answer;
  if (personOf(answer) === null) return false;
  return field === STATUS_FIELD || field === RECORDED_FIELD || field === HOUSEHOLD_FIELD;
}

function isProtection(field: string): boolean {
  return field === STATUS_FIELD || field === RECORDED_FIELD || field === DISTRICT_FIELD;
}

function peopleIn(known: readonly KnownAnswer[], where: (answer: KnownAnswer) => boolean): string[] {
  return [...new Set(known.filter(where).flatMap((answer) => personOf(answer) ?? []))];
}

/** The one person that an answer is about; null for one about several or nobody. */
function personOf({ concerns }: KnownAnswer): string | null {
  return concerns.length === 1 ? (concerns[0] ?? null) : null;
}

function own(known: readonly KnownAnswer[], field: string, id: string): KnownAnswer[] {
  return known.filter((answer) => answer.field === field && answer.concerns.includes(id));
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
