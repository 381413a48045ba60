import {
  isKnown,
  type ReportedChild,
  type ReportedSuspect,
  type ReportedVictim,
  type ReportIncident,
  readPersonalNumber,
} from '#contracts';
import { fieldOf } from '#domain';
import { asJson, type KnownAnswer } from '../content/known-answer.js';

/** The form that a report fills in (forms.md 1). */
export const REPORT_FORM = 'acute-police-referral';

type Person = ReportedChild | ReportedVictim | ReportedSuspect;

/**
 * The report as answers of its form, each with whom it concerns. `subjectOf` gives the subject id of a reference.
 * Protected persons' residence is left out: only an asserted district routes them (domain.md B8).
 */
export function reportAnswers(report: ReportIncident, subjectOf: (ref: string) => string): KnownAnswer[] {
  const about = (ref: string) => [subjectOf(ref)];
  const victims = report.victims.map(({ ref }) => subjectOf(ref));
  const children = report.children.map(({ ref }) => subjectOf(ref));
  const suspects = report.suspects.map(({ ref }) => subjectOf(ref));
  const { place, danger } = report;
  return [
    answer(
      'incident.time',
      isKnown(report.occurredAt) ? report.occurredAt : (report.occurredOn ?? 'unknown'),
    ),
    answer('incident.place', { subdistrict: place.subdistrict, address: place.address }),
    answer('incident.municipality', place.municipality),
    answer('incident.on-scene', yesNo(place.onSceneNow)),
    answer('police.callback', report.callback),
    answer('police.reference', report.policeReference),
    answer('danger.suspect-where', danger.suspectIs, suspects),
    answer('danger.signs', {
      WEAPON: yesNo(danger.weapon),
      STRANGULATION: yesNo(danger.strangulation),
      DEATH_THREAT: yesNo(danger.deathThreat),
      PREGNANCY: yesNo(danger.pregnancy),
      SEPARATION: yesNo(danger.separation),
    }),
    answer('violence.codes', report.violence),
    ...report.children.flatMap((child) => childAnswers(withHousehold(child, report), about(child.ref))),
    ...report.victims.flatMap((victim) => victimAnswers(withHousehold(victim, report), about(victim.ref))),
    ...report.suspects.flatMap((suspect) => suspectAnswers(suspect, about(suspect.ref), children, about)),
    ...report.safeContacts.flatMap(({ person, ...contact }) => [
      answer('safe-contact.number', contact.number, about(person)),
      answer('safe-contact.times', contact.times, about(person)),
      answer('safe-contact.may-say-who', yesNo(contact.mayWeSayWhoWeAre), about(person)),
      answer('safe-contact.voicemail', yesNo(contact.voicemail), about(person)),
      answer('safe-contact.shared-phone', yesNo(contact.sharedPhone), about(person)),
      answer('safe-contact.language', contact.language, about(person)),
      answer('safe-contact.interpreter', contact.interpreter, about(person)),
    ]),
    answer(
      'told.who-what',
      report.told === 'unknown'
        ? 'unknown'
        : report.told.map(({ person, what, by }) => ({ subject: subjectOf(person), what, by })),
    ),
    ...optional('attendance.necessity-and-ground', report.attendance, (need) => ({
      necessity: need.necessity,
      ground: need.ground,
    })),
    ...optional('attendance.hazards', report.attendance, ({ hazards }) => hazards),
    ...(report.injuries === undefined && report.careGiven === undefined
      ? []
      : [
          answer(
            'victim.injuries',
            { injuries: report.injuries ?? 'unknown', careGiven: report.careGiven ?? 'unknown' },
            [...victims, ...children],
          ),
        ]),
    ...(report.contactBanRequested === undefined && report.specialRepresentativeRequested === undefined
      ? []
      : [
          answer(
            'child.contact-ban-or-representative',
            {
              contactBan: yesNo(report.contactBanRequested ?? 'unknown'),
              specialRepresentative: yesNo(report.specialRepresentativeRequested ?? 'unknown'),
            },
            children,
          ),
        ]),
    ...optional('facts', report.facts, ({ text, source }) => ({ text, source })),
  ];
}

type WithHousehold<Reported> = Reported & { readonly isHouseholdProtected: boolean };

/** Where one member of a household is registered tells where the protected one lives (domain.md B8). */
function withHousehold<Reported extends ReportedChild | ReportedVictim>(
  person: Reported,
  { children, victims }: ReportIncident,
): WithHousehold<Reported> {
  return { ...person, isHouseholdProtected: [...children, ...victims].some(isSaidProtected) };
}

function isSaidProtected({ protectedStatus }: Person): boolean {
  return protectedStatus === 'YES' || protectedStatus === 'UNREADABLE';
}

function childAnswers(child: WithHousehold<ReportedChild>, concerns: string[]): KnownAnswer[] {
  return [
    answer('child.identity', { ...identity(child), age: child.age, unborn: child.unborn }, concerns),
    answer('child.exposure', child.exposure, concerns),
    answer('child.seen-and-spoken-to', yesNo(child.seenAndSpokenTo), concerns),
    answer('child.where-now', { where: child.whereNow, withWhom: child.withWhom }, concerns),
    answer('child.guardianship', child.guardianship, concerns),
    ...protection(child, concerns),
  ];
}

function victimAnswers(victim: WithHousehold<ReportedVictim>, concerns: string[]): KnownAnswer[] {
  return [
    answer('victim.identity', identity(victim), concerns),
    answer('victim.contact-wish', victim.wantsContact, concerns),
    answer('victim.consent', victim.consent, concerns),
    ...protection(victim, concerns),
  ];
}

function suspectAnswers(
  suspect: ReportedSuspect,
  concerns: string[],
  children: readonly string[],
  about: (ref: string) => string[],
): KnownAnswer[] {
  return [
    answer(
      'suspect.identity',
      identity({ ...suspect, isHouseholdProtected: isSaidProtected(suspect) }),
      concerns,
    ),
    answer('suspect.role-disputed', yesNo(suspect.roleDisputed), concerns),
    ...guardianAnswers(suspect, concerns, children, about),
    answer('suspect.told', yesNo(suspect.told), concerns),
    answer('suspect.agrees-to-contact', suspect.agreesToContact, concerns),
  ];
}

/** Each child's envelope says whether he is that child's guardian: that he is not is an answer too, and names no sibling. */
function guardianAnswers(
  { guardianOf }: ReportedSuspect,
  concerns: string[],
  children: readonly string[],
  about: (ref: string) => string[],
): KnownAnswer[] {
  const [suspect] = concerns;
  if (guardianOf === 'unknown') {
    return [answer('suspect.guardian-of', { suspect, children: 'unknown' }, concerns)];
  }
  const own = guardianOf.flatMap(about);
  return children.map((child) =>
    answer('suspect.guardian-of', { suspect, children: own.includes(child) ? [child] : [] }, [child]),
  );
}

/** A number is kept as typed with what could be said about it; a bad one is unverified, not refused. */
function identity({ name, number, birthDate, residence, isHouseholdProtected }: WithHousehold<Person>) {
  const read = isKnown(number) ? readPersonalNumber(number) : null;
  return {
    name,
    number: read === null ? 'unknown' : { value: read.value, standing: read.standing, kind: read.kind },
    birthDate: read?.birthDate ?? birthDate,
    ...(isHouseholdProtected ? {} : { residence }),
  };
}

function protection({ protectedStatus, assertedDistrict }: Person, concerns: string[]): KnownAnswer[] {
  return [
    answer('protected.status', protectedStatus, concerns),
    answer('protected.asserted-district', assertedDistrict ?? 'unknown', concerns),
  ];
}

function answer(field: string, value: unknown, concerns: readonly string[] = []): KnownAnswer {
  const definition = fieldOf(REPORT_FORM, field);
  return {
    field,
    value: asJson(value),
    concerns: [...concerns],
    source: definition?.source ?? 'police',
    keepFrom: [...(definition?.keepFrom ?? [])],
  };
}

function optional<Value>(
  field: string,
  value: Value | 'unknown' | undefined,
  written: (known: Value) => unknown,
): KnownAnswer[] {
  if (value === undefined) return [];
  return [answer(field, isKnown(value) ? written(value) : 'unknown')];
}

function yesNo(value: boolean | 'unknown'): 'YES' | 'NO' | 'unknown' {
  if (value === 'unknown') return value;
  return value ? 'YES' : 'NO';
}
