import type { LocalDate } from '#calendar';
import type { Label } from '../wording/index.js';
import {
  districtOf,
  localPoliceAreaOf,
  localPoliceAreasOfDistrict,
  municipalityNamed,
  programmesOf,
  subdistrictNamed,
  unitOfDistrict,
  unitOfMunicipality,
  unitWithId,
} from './catchment.js';
import { isInForce } from './directory-id.js';
import type { DirectorySnapshot, Evidence, Programme, Unit, UnitForm } from './directory-snapshot.js';
import { type FoundPlace, findPlace, knownPlace, type Place } from './find-place.js';
import { nameReasons, organisationReasons, programmeReason, straddlingReasons } from './place-reasons.js';
import { because, type RoutingReason, type RoutingReasonCode } from './routing-reason.js';
import { type Routed, refused, routed } from './routing-refusal.js';

/** Who answers for a place on a day, and why. Null where the city's division does not apply or does not decide. */
export interface PlaceExplanation {
  readonly place: Place;
  readonly date: LocalDate;
  readonly municipality: string;
  readonly district: string | null;
  readonly rvt: Unit | null;
  readonly bou: Unit | null;
  readonly rvc: Unit | null;
  /** Null for a district that several local police areas share: the stadsdel decides. */
  readonly lpo: Unit | null;
  /** The social service of another municipality, which is external; null in the city. */
  readonly otherMunicipality: Unit | null;
  /** The jour that serves the place; null where none is confirmed. */
  readonly jour: Unit | null;
  readonly programmes: readonly Programme[];
  /** A part of the place lies elsewhere: the answer is that of its main part. */
  readonly mustAskForStreet: boolean;
  readonly because: readonly RoutingReason[];
}

const CITY_JOUR_FORM: UnitForm = 'emergency-social-service';
const RESOLUTION: Evidence = { tag: 'INF', source: 'domain.md D3', note: '' };

/**
 * Explains a place on a day (Europe/Stockholm): its district, RVT, BoU, RVC and LPO, each with its reason. The place
 * is a text a person wrote, or one whose kind is known. Refuses what cannot be told: an unknown or ambiguous
 * name, a district that is not in force, a day before the directory begins.
 */
export function explainPlace(
  snapshot: DirectorySnapshot,
  place: string | Place,
  date: LocalDate,
): Routed<PlaceExplanation> {
  if (date < snapshot.firstDay) {
    return refused('DAY_OUTSIDE_DIRECTORY', {
      sv: `Katalogen börjar ${snapshot.firstDay}. Ange den dagen eller en senare.`,
      en: `The directory begins on ${snapshot.firstDay}. Name that day or a later one.`,
    });
  }
  const found =
    typeof place === 'string' ? findPlace(snapshot, place, date) : knownPlace(snapshot, place, date);
  if (!found.ok) return found;
  switch (found.value.place.kind) {
    case 'subdistrict':
      return explainSubdistrict(snapshot, found.value, date);
    case 'district':
      return explainDistrict(snapshot, found.value.place.name, date);
    case 'municipality':
      return explainMunicipality(snapshot, found.value.place.name, date);
  }
}

function explainSubdistrict(
  snapshot: DirectorySnapshot,
  found: FoundPlace,
  date: LocalDate,
): Routed<PlaceExplanation> {
  const subdistrict = subdistrictNamed(snapshot, found.place.name);
  const district = subdistrict === undefined ? undefined : districtOf(subdistrict, date);
  if (subdistrict === undefined || district === undefined) return noUnit(found.place.name, date);
  const units = cityUnits(snapshot, district, date);
  const lpo = localPoliceAreaOf(snapshot, subdistrict, date);
  if (!units.ok) return units;
  if (lpo === undefined) return noUnit(found.place.name, date);
  const straddled = snapshot.straddledPlaces.find(
    (one) => one.mainSubdistrict === subdistrict.name && isInForce(one, date),
  );
  const reasons: RoutingReason[] = [
    ...nameReasons(found, subdistrict.evidence),
    because(
      'DISTRICT',
      {
        sv: `Stadsdelen ${subdistrict.name} hör till stadsdelsområdet ${district} den ${date}.`,
        en: `The stadsdel ${subdistrict.name} belongs to the district ${district} on ${date}.`,
      },
      subdistrict.evidence,
    ),
  ];
  if (straddled !== undefined) {
    reasons.push(
      because(
        'ASK_FOR_STREET',
        {
          sv: `En del av ${straddled.place} ligger i ${straddled.otherDistricts.join(', ')}. Fråga efter gatan; svaret gäller huvuddelen.`,
          en: `A part of ${straddled.place} lies in ${straddled.otherDistricts.join(', ')}. Ask for the street; the answer is that of the main part.`,
        },
        straddled.evidence,
      ),
    );
  }
  const programmes = programmesOf(snapshot, lpo.id, date);
  reasons.push(
    ...units.value.because,
    because(
      'LPO',
      {
        sv: `Stadsdelen avgör lokalpolisområdet: ${lpo.name}.`,
        en: `The stadsdel decides the local police area: ${lpo.name}.`,
      },
      subdistrict.evidence,
    ),
    ...straddlingReasons(snapshot, district, lpo, date),
    ...programmes.map(programmeReason),
  );
  return routed({
    ...units.value,
    place: found.place,
    lpo,
    programmes,
    mustAskForStreet: straddled !== undefined,
    because: reasons,
  });
}

function explainDistrict(
  snapshot: DirectorySnapshot,
  district: string,
  date: LocalDate,
): Routed<PlaceExplanation> {
  const units = cityUnits(snapshot, district, date);
  if (!units.ok) return units;
  const lpos = localPoliceAreasOfDistrict(snapshot, district, date);
  const [only] = lpos;
  const lpo = lpos.length === 1 && only !== undefined ? only : null;
  const programmes = lpo === null ? [] : programmesOf(snapshot, lpo.id, date);
  const names = lpos.map(({ name }) => name);
  const reason =
    lpo === null
      ? because(
          'LPO_NEEDS_SUBDISTRICT',
          {
            sv: `${district} är delat mellan ${names.join(' och ')}; stadsdelen avgör.`,
            en: `${district} is divided between ${names.join(' and ')}; the stadsdel decides.`,
          },
          RESOLUTION,
        )
      : because(
          'LPO',
          {
            sv: `Hela stadsdelsområdet ligger i ${lpo.name}.`,
            en: `The whole district lies in ${lpo.name}.`,
          },
          lpo.evidence,
        );
  return routed({
    ...units.value,
    place: { kind: 'district', name: district },
    lpo,
    programmes,
    mustAskForStreet: false,
    because: [...units.value.because, reason, ...programmes.map(programmeReason)],
  });
}

function explainMunicipality(
  snapshot: DirectorySnapshot,
  name: string,
  date: LocalDate,
): Routed<PlaceExplanation> {
  const municipality = municipalityNamed(snapshot, name);
  const social = unitOfMunicipality(snapshot, 'other-municipality', name, date);
  if (municipality === undefined || social === undefined) return noUnit(name, date);
  const lpo = localPoliceAreaOf(snapshot, municipality, date) ?? null;
  const jour = municipality.jour === null ? null : (unitWithId(snapshot, municipality.jour) ?? null);
  const reasons = [
    because(
      'OTHER_MUNICIPALITY',
      {
        sv: `${name} är en annan kommun: ${social.name} svarar, utanför Handslag. Avsändaren intygar vem som tog emot.`,
        en: `${name} is another municipality: ${social.name} answers, outside Handslag. The sender attests who took it.`,
      },
      social.evidence,
    ),
    jour === null
      ? because(
          'JOUR_NOT_KNOWN',
          {
            sv: `Vilken socialjour som betjänar ${name} är inte bekräftat.`,
            en: `Which emergency social service serves ${name} is not confirmed.`,
          },
          municipality.evidence,
        )
      : because(
          'JOUR',
          { sv: `${jour.name} betjänar ${name}.`, en: `${jour.name} serves ${name}.` },
          municipality.evidence,
        ),
  ];
  if (lpo !== null) {
    reasons.push(
      because(
        'LPO',
        { sv: `${name} ligger i ${lpo.name}.`, en: `${name} lies in ${lpo.name}.` },
        municipality.evidence,
      ),
    );
  }
  return routed({
    place: { kind: 'municipality', name },
    date,
    municipality: name,
    district: null,
    rvt: null,
    bou: null,
    rvc: null,
    lpo,
    otherMunicipality: social,
    jour,
    programmes: [],
    mustAskForStreet: false,
    because: reasons,
  });
}

type CityUnits = Omit<PlaceExplanation, 'place' | 'lpo' | 'programmes' | 'mustAskForStreet'>;

function cityUnits(snapshot: DirectorySnapshot, district: string, date: LocalDate): Routed<CityUnits> {
  const rvt = unitOfDistrict(snapshot, 'rvt', district, date);
  const bou = unitOfDistrict(snapshot, 'bou', district, date);
  const rvc = unitOfDistrict(snapshot, 'rvc', district, date);
  if (rvt === undefined || bou === undefined || rvc === undefined) return noUnit(district, date);
  const serves = (code: RoutingReasonCode, unit: Unit, what: Label) =>
    because(
      code,
      { sv: `${unit.name} ${what.sv} ${district}.`, en: `${unit.name} ${what.en} ${district}.` },
      unit.evidence,
    );
  const reasons = [
    serves('RVT', rvt, { sv: 'beslutar om vuxna i', en: 'decides on adults in' }),
    ...organisationReasons(snapshot, rvt),
    serves('BOU', bou, { sv: 'beslutar om barn i', en: 'decides on children in' }),
    serves('RVC', rvc, { sv: 'ger stöd till vuxna i', en: 'gives support to adults in' }),
  ];
  return routed({
    date,
    municipality: 'Stockholm',
    district,
    rvt,
    bou,
    rvc,
    otherMunicipality: null,
    jour: unitOfMunicipality(snapshot, CITY_JOUR_FORM, 'Stockholm', date) ?? null,
    because: reasons,
  });
}

function noUnit(place: string, date: LocalDate) {
  return refused('NO_UNIT_FOR_PLACE', {
    sv: `Katalogen har ingen entydig enhet för ${place} den ${date}. Ring samordningen.`,
    en: `The directory has no single unit for ${place} on ${date}. Ring coordination.`,
  });
}
