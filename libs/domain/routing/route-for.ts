import { localDateOfInstant } from '#calendar';
import { districtNamed, municipalityNamed, unitOfDistrict, unitOfMunicipality } from './catchment.js';
import type { DirectorySnapshot, Evidence, Unit } from './directory-snapshot.js';
import { explainPlace, type PlaceExplanation } from './explain-place.js';
import type { Place } from './find-place.js';
import { because, type RoutingReason } from './routing-reason.js';
import { type Routed, refused, routed } from './routing-refusal.js';
import { isStaffed, staffedUnitAt, whetherOpen } from './unit-hours.js';

/**
 * Where a person lives. With protected personal data the registered address says nothing about where the person
 * is (domain.md B8): there is no way to give it here, and a worker asserts a district or a municipality instead.
 */
export type Residence =
  | { readonly protection: 'none'; readonly place: string | Place }
  | { readonly protection: 'protected'; readonly assertedDistrict: string | null };

/** `acute`: now, by whoever is staffed. `ordinary`: by the ordinary unit, whenever it opens. */
export type Timing = 'acute' | 'ordinary';

/** Whose home or which place decides (domain.md D3, R-020, R-021), per kind of need. */
export type RouteQuestion =
  /** The victim's residence: RVT decides on the adult. */
  | { readonly kind: 'adult-safety'; readonly residence: Residence; readonly timing: Timing }
  /** The victim's residence: RVC gives support. */
  | { readonly kind: 'adult-support'; readonly residence: Residence }
  /** The child's residence: BoU decides on the child. */
  | { readonly kind: 'child-protection'; readonly residence: Residence; readonly timing: Timing }
  /** Whose residence and whether a child: child psychiatry or adult psychiatry of the area (C4, REC-5). */
  | { readonly kind: 'mental-health'; readonly residence: Residence; readonly isChild: boolean }
  /** The alleged perpetrator's own residence, never the victim's. */
  | {
      readonly kind: 'perpetrator-change';
      readonly residence: Residence;
      readonly receiver: 'rvt' | 'rvc';
    }
  /** The address of the incident: the local police area. */
  | { readonly kind: 'incident'; readonly place: string | Place };

export interface RouteAnswer {
  readonly unit: Unit;
  /** The unit that answers when the office is open; the same unit in office hours. */
  readonly ordinaryUnit: Unit;
  readonly place: PlaceExplanation;
  /** Whether the unit is staffed at the instant; null if its hours are not known. */
  readonly isStaffedNow: boolean | null;
  /** The function to ring if the unit is not staffed at the instant; null if it is, or none is known. */
  readonly ringMeanwhile: Unit | null;
  readonly because: readonly RoutingReason[];
}

const ROUTING_RULE: Evidence = {
  tag: 'INF',
  source: 'domain.md A4, D3 (R-005, R-006, R-020, R-021)',
  note: '',
};
const NIGHT_RULE: Evidence = { tag: 'S', source: 'domain.md A3 R-019 (S2)', note: '' };
const PROTECTED_RULE: Evidence = { tag: 'C', source: 'domain.md B8', note: '' };

const WHOSE_RESIDENCE = {
  'adult-safety': {
    sv: 'Den våldsutsattas bostad avgör: RVT beslutar om vuxna.',
    en: "The victim's residence decides: RVT decides on adults.",
  },
  'adult-support': {
    sv: 'Den våldsutsattas bostad avgör: RVC ger stöd till vuxna.',
    en: "The victim's residence decides: RVC supports adults.",
  },
  'child-protection': {
    sv: 'Barnets bostad avgör: BoU beslutar om barn.',
    en: "The child's residence decides: BoU decides on children.",
  },
  'mental-health': {
    sv: 'Personens bostad och ålder avgör: BUP för barn, vuxenpsykiatri för vuxna.',
    en: "The person's residence and age decide: child psychiatry for children, adult psychiatry for adults.",
  },
  'perpetrator-change': {
    sv: 'Den uppgivna våldsutövarens egen bostad avgör, inte den våldsutsattas.',
    en: "The alleged perpetrator's own residence decides, not the victim's.",
  },
  incident: {
    sv: 'Händelsens adress avgör lokalpolisområdet.',
    en: 'The address of the incident decides the local police area.',
  },
} as const;

/**
 * The unit that a need goes to at an instant, each step explained. An ended unit is never the answer; another
 * municipality's is external, and at night its jour where one is known. Refuses as `explainPlace` does, and with
 * `DISTRICT_NOT_ASSERTED` for protected personal data without an asserted district or municipality.
 */
export function routeFor(
  snapshot: DirectorySnapshot,
  question: RouteQuestion,
  at: Date,
): Routed<RouteAnswer> {
  const located =
    question.kind === 'incident'
      ? explainPlace(snapshot, question.place, localDateOfInstant(at))
      : locate(snapshot, question.residence, at);
  if (!located.ok) return located;
  const place = located.value;
  const ordinary = ordinaryUnit(snapshot, question, place, at);
  if (!ordinary.ok) return ordinary;
  const reasons = [
    because('WHOSE_RESIDENCE', WHOSE_RESIDENCE[question.kind], ROUTING_RULE),
    ...protectionReasons(question, place),
    ...place.because,
  ];
  const isAcute = 'timing' in question && question.timing === 'acute';
  return routed(
    isAcute
      ? acuteAnswer(snapshot, place, ordinary.value, reasons, at)
      : answer(snapshot, place, ordinary.value, ordinary.value, reasons, at),
  );
}

function locate(snapshot: DirectorySnapshot, residence: Residence, at: Date): Routed<PlaceExplanation> {
  const day = localDateOfInstant(at);
  if (residence.protection === 'none') return explainPlace(snapshot, residence.place, day);
  const asserted = residence.assertedDistrict ?? '';
  const district = districtNamed(snapshot, asserted, day);
  if (district !== undefined) return explainPlace(snapshot, { kind: 'district', name: district.name }, day);
  const municipality = municipalityNamed(snapshot, asserted);
  if (municipality !== undefined) {
    return explainPlace(snapshot, { kind: 'municipality', name: municipality.name }, day);
  }
  return refused(
    'DISTRICT_NOT_ASSERTED',
    {
      sv: 'Skyddade personuppgifter: ange ansvarigt stadsdelsområde eller kommun. Den folkbokförda adressen används aldrig.',
      en: 'Protected personal data: assert the responsible district or municipality. The registered address is never used.',
    },
    snapshot.districts.flatMap(({ name }) => (districtNamed(snapshot, name, day) ? [name] : [])),
  );
}

function ordinaryUnit(
  snapshot: DirectorySnapshot,
  question: RouteQuestion,
  place: PlaceExplanation,
  at: Date,
): Routed<Unit> {
  const unit = wantedUnit(snapshot, question, place, at);
  if (unit !== null) return routed(unit);
  if (question.kind === 'incident') {
    return refused('SUBDISTRICT_NEEDED', {
      sv: `${place.place.name} ligger i flera lokalpolisområden. Ange stadsdelen.`,
      en: `${place.place.name} lies in several local police areas. Name the stadsdel.`,
    });
  }
  return refused('NO_UNIT_FOR_PLACE', {
    sv: `Katalogen har ingen enhet för ${place.place.name}. Ring samordningen.`,
    en: `The directory has no unit for ${place.place.name}. Ring coordination.`,
  });
}

function wantedUnit(
  snapshot: DirectorySnapshot,
  question: RouteQuestion,
  place: PlaceExplanation,
  at: Date,
): Unit | null {
  switch (question.kind) {
    case 'adult-safety':
      return place.rvt ?? place.otherMunicipality;
    case 'adult-support':
      return place.rvc ?? place.otherMunicipality;
    case 'child-protection':
      return place.bou ?? place.otherMunicipality;
    case 'mental-health':
      return careOf(snapshot, place, question.isChild, at);
    case 'perpetrator-change':
      return (question.receiver === 'rvt' ? place.rvt : place.rvc) ?? place.otherMunicipality;
    case 'incident':
      return place.lpo;
  }
}

/** The clinic of the area; outside the city, the one that serves the municipality. */
function careOf(
  snapshot: DirectorySnapshot,
  { district, municipality }: PlaceExplanation,
  isChild: boolean,
  at: Date,
): Unit | null {
  const day = localDateOfInstant(at);
  const form = isChild ? 'child-psychiatry' : 'adult-psychiatry';
  const found =
    district === null
      ? unitOfMunicipality(snapshot, form, municipality, day)
      : unitOfDistrict(snapshot, form, district, day);
  return found ?? null;
}

function acuteAnswer(
  snapshot: DirectorySnapshot,
  place: PlaceExplanation,
  ordinary: Unit,
  reasons: readonly RoutingReason[],
  at: Date,
): RouteAnswer {
  const openness = whetherOpen(snapshot, ordinary, at);
  if (isStaffed(snapshot, ordinary.id, at) === true || place.jour === null) {
    return answer(snapshot, place, ordinary, ordinary, reasons, at);
  }
  const night = because(
    'OUT_OF_HOURS',
    {
      sv: `Utanför kontorstid tar ${place.jour.name} emot och lämnar över när ${ordinary.name} öppnar.`,
      en: `Out of office hours ${place.jour.name} takes it and hands over when ${ordinary.name} opens.`,
    },
    NIGHT_RULE,
  );
  return answer(snapshot, place, place.jour, ordinary, [...reasons, openness, night], at);
}

function answer(
  snapshot: DirectorySnapshot,
  place: PlaceExplanation,
  unit: Unit,
  ordinary: Unit,
  reasons: readonly RoutingReason[],
  at: Date,
): RouteAnswer {
  const isStaffedNow = isStaffed(snapshot, unit.id, at) ?? null;
  const meanwhile = isStaffedNow === true ? undefined : whoIsStaffed(snapshot, place, unit, at);
  const all = [...reasons, whetherOpen(snapshot, unit, at)];
  if (meanwhile !== undefined) {
    all.push(
      because(
        'NOT_STAFFED_NOW',
        { sv: `Ring ${meanwhile.name} tills dess.`, en: `Ring ${meanwhile.name} until then.` },
        meanwhile.evidence,
      ),
    );
  }
  all.push(...unit.external.map(({ text }) => because('EXTERNAL', text, unit.evidence)));
  return {
    unit,
    ordinaryUnit: ordinary,
    place,
    isStaffedNow,
    ringMeanwhile: meanwhile ?? null,
    because: all,
  };
}

function whoIsStaffed(
  snapshot: DirectorySnapshot,
  place: PlaceExplanation,
  unit: Unit,
  at: Date,
): Unit | undefined {
  const along = staffedUnitAt(snapshot, unit.id, at)?.unit;
  if (along !== undefined || place.jour === null) return along;
  return staffedUnitAt(snapshot, place.jour.id, at)?.unit;
}

function protectionReasons(question: RouteQuestion, place: PlaceExplanation): RoutingReason[] {
  if (question.kind === 'incident' || question.residence.protection === 'none') return [];
  return [
    because(
      'ASSERTED_DISTRICT',
      {
        sv: `Skyddade personuppgifter: en handläggare har angett ${place.place.name}; ingen adress används.`,
        en: `Protected personal data: a worker has asserted ${place.place.name}; no address is used.`,
      },
      PROTECTED_RULE,
    ),
  ];
}

/** The emergency social service of the city on the day, whatever the place: where an address is not known at night. */
export function cityEmergencyService(snapshot: DirectorySnapshot, at: Date): Unit | undefined {
  return unitOfMunicipality(snapshot, 'emergency-social-service', 'Stockholm', localDateOfInstant(at));
}
