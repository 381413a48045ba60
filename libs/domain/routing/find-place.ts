import type { LocalDate } from '#calendar';
import { CITY, districtNamed, localPoliceAreaOf, municipalityNamed, subdistrictNamed } from './catchment.js';
import { isInForce } from './directory-id.js';
import type { DirectorySnapshot, PlaceAlias } from './directory-snapshot.js';
import { isSamePlaceName, nearestPlaceNames } from './place-name.js';
import { type Routed, refused, routed } from './routing-refusal.js';

/** A place whose kind is known: chosen from a list, or found from a text by `findPlace`. */
export type Place =
  | { readonly kind: 'subdistrict'; readonly name: string }
  | { readonly kind: 'district'; readonly name: string }
  | { readonly kind: 'municipality'; readonly name: string };

export interface FoundPlace {
  readonly place: Place;
  /** The alias that was written, if the text was one. */
  readonly alias: PlaceAlias | null;
  /** True if a district has the same name as the stadsdel that was found. */
  readonly isSharedName: boolean;
}

const PREFIXES: readonly [RegExp, Place['kind']][] = [
  [/^(?:stadsdel|subdistrict):\s*/i, 'subdistrict'],
  [/^(?:stadsdelsområde|district):\s*/i, 'district'],
  [/^(?:kommun|municipality):\s*/i, 'municipality'],
];

/**
 * Finds the place a person wrote, on a day. `stadsdel:`, `stadsdelsområde:` and `kommun:` say the kind and settle
 * a name that is ambiguous. A postal town or the name of a police area is never guessed at: the refusal lists what
 * may be meant (domain.md D3, data/README.md).
 */
export function findPlace(snapshot: DirectorySnapshot, text: string, day: LocalDate): Routed<FoundPlace> {
  for (const [prefix, kind] of PREFIXES) {
    if (prefix.test(text.trim()))
      return knownPlace(snapshot, { kind, name: text.trim().replace(prefix, '') }, day);
  }
  return (
    postalTown(snapshot, text) ??
    placeWithoutMainPart(snapshot, text, day) ??
    subdistrict(snapshot, text, day) ??
    districtOnly(snapshot, text, day) ??
    municipality(snapshot, text) ??
    policeAreaOnly(snapshot, text, day) ??
    unknownPlace(snapshot, text)
  );
}

/** Checks a place whose kind is known: that it exists, and is in force on the day. */
export function knownPlace(snapshot: DirectorySnapshot, place: Place, day: LocalDate): Routed<FoundPlace> {
  switch (place.kind) {
    case 'subdistrict':
      return subdistrict(snapshot, place.name, day) ?? unknownPlace(snapshot, place.name);
    case 'district':
      return districtOnly(snapshot, place.name, day) ?? unknownPlace(snapshot, place.name);
    case 'municipality':
      return municipality(snapshot, place.name) ?? unknownPlace(snapshot, place.name);
  }
}

function subdistrict(
  snapshot: DirectorySnapshot,
  text: string,
  day: LocalDate,
): Routed<FoundPlace> | undefined {
  const alias = snapshot.aliases.find((one) => isSamePlaceName(one.alias, text)) ?? null;
  const known = subdistrictNamed(snapshot, alias?.subdistrict ?? text);
  if (known === undefined) return undefined;
  return routed({
    place: { kind: 'subdistrict', name: known.name },
    alias,
    isSharedName: districtNamed(snapshot, text, day) !== undefined,
  });
}

function districtOnly(
  snapshot: DirectorySnapshot,
  text: string,
  day: LocalDate,
): Routed<FoundPlace> | undefined {
  const named = snapshot.districts.filter((district) => isSamePlaceName(district.name, text));
  const current = named.find((district) => isInForce(district, day));
  if (current !== undefined) {
    return routed({ place: { kind: 'district', name: current.name }, alias: null, isSharedName: false });
  }
  const [other] = named;
  if (other === undefined) return undefined;
  const related = [
    ...other.successors,
    ...snapshot.districts.filter((one) => one.successors.includes(other.name)).map((one) => one.name),
  ];
  return refused(
    'PLACE_NOT_IN_FORCE',
    {
      sv: `Stadsdelsområdet ${other.name} finns inte ${day}. Ange stadsdelen, eller ${related.join(' eller ')}.`,
      en: `The district ${other.name} does not exist on ${day}. Name the stadsdel, or ${related.join(' or ')}.`,
    },
    related,
  );
}

function municipality(snapshot: DirectorySnapshot, text: string): Routed<FoundPlace> | undefined {
  const known = municipalityNamed(snapshot, text);
  if (known === undefined) return undefined;
  if (known.name !== CITY) {
    return routed({ place: { kind: 'municipality', name: known.name }, alias: null, isSharedName: false });
  }
  return refused('SUBDISTRICT_NEEDED', {
    sv: 'Stockholm är delat mellan stadsdelsnämnder. Ange stadsdelen.',
    en: 'Stockholm is divided between district boards. Name the stadsdel.',
  });
}

function postalTown(snapshot: DirectorySnapshot, text: string): Routed<FoundPlace> | undefined {
  const town = snapshot.postalTowns.find((one) => isSamePlaceName(one.name, text));
  if (town === undefined) return undefined;
  const [first] = town.candidates;
  return refused(
    'AMBIGUOUS_PLACE',
    {
      sv: `${town.name} är en postort som täcker flera stadsdelar. Ange stadsdelen, till exempel stadsdel:${first}.`,
      en: `${town.name} is a postal town that covers several stadsdelar. Name the stadsdel, such as stadsdel:${first}.`,
    },
    town.candidates,
  );
}

function placeWithoutMainPart(
  snapshot: DirectorySnapshot,
  text: string,
  day: LocalDate,
): Routed<FoundPlace> | undefined {
  const place = snapshot.straddledPlaces.find(
    (one) => one.mainSubdistrict === null && isSamePlaceName(one.place, text) && isInForce(one, day),
  );
  if (place === undefined) return undefined;
  return refused(
    'AMBIGUOUS_PLACE',
    {
      sv: `${place.place} ligger på båda sidor om gränsen. Fråga efter gatan och ange ${place.otherSubdistricts.join(' eller ')}.`,
      en: `${place.place} lies on both sides of the border. Ask for the street and name ${place.otherSubdistricts.join(' or ')}.`,
    },
    place.otherSubdistricts,
  );
}

function policeAreaOnly(
  snapshot: DirectorySnapshot,
  text: string,
  day: LocalDate,
): Routed<FoundPlace> | undefined {
  const within = snapshot.subdistricts.filter((one) => {
    const lpo = localPoliceAreaOf(snapshot, one, day);
    return lpo !== undefined && isSamePlaceName(lpo.name.replace(/^Lokalpolisområde /, ''), text);
  });
  if (within.length === 0) return undefined;
  return refused(
    'AMBIGUOUS_PLACE',
    {
      sv: `${text} är ett lokalpolisområde, inte en stadsdel. Ange stadsdelen.`,
      en: `${text} is a local police area, not a stadsdel. Name the stadsdel.`,
    },
    within.map(({ name }) => name),
  );
}

function unknownPlace(snapshot: DirectorySnapshot, text: string): Routed<FoundPlace> {
  const candidates = nearestPlaceNames(text, [
    ...snapshot.subdistricts.map(({ name }) => name),
    ...snapshot.aliases.map(({ alias }) => alias),
    ...snapshot.municipalities.map(({ name }) => name),
  ]);
  const hint = (words: string) => (candidates.length === 0 ? '' : ` ${words} ${candidates.join(', ')}?`);
  return refused(
    'UNKNOWN_PLACE',
    {
      sv: `”${text}” är varken en stadsdel i Stockholm eller en kommun i länet.${hint('Menade du')}`,
      en: `“${text}” is neither a stadsdel of Stockholm nor a municipality of the county.${hint('Did you mean')}`,
    },
    candidates,
  );
}
