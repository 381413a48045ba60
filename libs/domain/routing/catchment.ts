import type { LocalDate } from '#calendar';
import { isInForce, type UnitId } from './directory-id.js';
import type {
  DirectorySnapshot,
  District,
  Municipality,
  Programme,
  Subdistrict,
  Unit,
  UnitArea,
  UnitForm,
} from './directory-snapshot.js';
import { isSamePlaceName } from './place-name.js';
import { type Routed, refused, routed } from './routing-refusal.js';

/** The municipality whose districts the catchments divide. */
export const CITY = 'Stockholm';

/** The unit with this id, in force or not; undefined if there is none. */
export function unitWithId(snapshot: DirectorySnapshot, id: string): Unit | undefined {
  return snapshot.units.find((unit) => unit.id === id);
}

/**
 * The unit with this id, if it is in force on the day. An ended unit is never returned: the refusal names its
 * successors as candidates.
 */
export function unitInForce(snapshot: DirectorySnapshot, id: string, day: LocalDate): Routed<Unit> {
  const unit = unitWithId(snapshot, id);
  if (unit === undefined) {
    return refused('UNKNOWN_UNIT', {
      sv: `Enheten ${id} finns inte i katalogen.`,
      en: `There is no unit ${id} in the directory.`,
    });
  }
  if (isInForce(unit, day)) return routed(unit);
  return refused(
    'UNIT_NOT_IN_FORCE',
    {
      sv: `${unit.name} är inte i drift ${day} (${unit.validFrom ?? '…'}–${unit.validTo ?? '…'}). Välj en enhet som är det.`,
      en: `${unit.name} is not in force on ${day} (${unit.validFrom ?? '…'}–${unit.validTo ?? '…'}). Choose one that is.`,
    },
    unit.successors,
  );
}

/** The stadsdel of this exact name (not an alias), case aside. */
export function subdistrictNamed(snapshot: DirectorySnapshot, name: string): Subdistrict | undefined {
  return snapshot.subdistricts.find((subdistrict) => isSamePlaceName(subdistrict.name, name));
}

/** The district of this name that is in force on the day. */
export function districtNamed(
  snapshot: DirectorySnapshot,
  name: string,
  day: LocalDate,
): District | undefined {
  return snapshot.districts.find(
    (district) => isSamePlaceName(district.name, name) && isInForce(district, day),
  );
}

/** The municipality of this name or code (`0187`). */
export function municipalityNamed(snapshot: DirectorySnapshot, name: string): Municipality | undefined {
  return snapshot.municipalities.find(
    (municipality) => municipality.code === name.trim() || isSamePlaceName(municipality.name, name),
  );
}

/** The district a stadsdel lies in on the day; undefined before the directory's first day. */
export function districtOf(subdistrict: Subdistrict, day: LocalDate): string | undefined {
  return subdistrict.districts.find((span) => isInForce(span, day))?.district;
}

/** The stadsdelar of a district on the day, in the directory's order. */
export function subdistrictsOf(
  snapshot: DirectorySnapshot,
  district: string,
  day: LocalDate,
): readonly Subdistrict[] {
  return snapshot.subdistricts.filter((subdistrict) => districtOf(subdistrict, day) === district);
}

/** The local police area of a stadsdel or a municipality on the day. */
export function localPoliceAreaOf(
  snapshot: DirectorySnapshot,
  place: Pick<Subdistrict, 'localPoliceAreas'>,
  day: LocalDate,
): Unit | undefined {
  const span = place.localPoliceAreas.find((one) => isInForce(one, day));
  const unit = span === undefined ? undefined : unitWithId(snapshot, span.unit);
  return unit !== undefined && isInForce(unit, day) ? unit : undefined;
}

/** Every local police area that has ground in the district on the day, once each. */
export function localPoliceAreasOfDistrict(
  snapshot: DirectorySnapshot,
  district: string,
  day: LocalDate,
): readonly Unit[] {
  const found = subdistrictsOf(snapshot, district, day).flatMap(
    (subdistrict) => localPoliceAreaOf(snapshot, subdistrict, day) ?? [],
  );
  return [...new Set(found)];
}

const servesDistrict = (area: UnitArea, district: string) =>
  area.kind === 'district' && area.district === district;

/** The one unit of this form that serves the district on the day; undefined if there is not exactly one. */
export function unitOfDistrict(
  snapshot: DirectorySnapshot,
  form: UnitForm,
  district: string,
  day: LocalDate,
): Unit | undefined {
  const serving = snapshot.units.filter(
    (unit) =>
      unit.form === form && isInForce(unit, day) && unit.areas.some((area) => servesDistrict(area, district)),
  );
  return serving.length === 1 ? serving[0] : undefined;
}

/** The one unit of this form that serves the municipality on the day; undefined if there is not exactly one. */
export function unitOfMunicipality(
  snapshot: DirectorySnapshot,
  form: UnitForm,
  municipality: string,
  day: LocalDate,
): Unit | undefined {
  const serving = snapshot.units.filter(
    (unit) =>
      unit.form === form &&
      isInForce(unit, day) &&
      unit.areas.some((area) => area.kind === 'municipality' && area.municipality === municipality),
  );
  return serving.length === 1 ? serving[0] : undefined;
}

/** Every RVC that has ground in the local police area on the day (Globen: two), once each. */
export function rvcsOfLocalPoliceArea(
  snapshot: DirectorySnapshot,
  lpo: UnitId,
  day: LocalDate,
): readonly Unit[] {
  const districts = snapshot.subdistricts
    .filter((subdistrict) => localPoliceAreaOf(snapshot, subdistrict, day)?.id === lpo)
    .flatMap((subdistrict) => districtOf(subdistrict, day) ?? []);
  return [
    ...new Set(
      [...new Set(districts)].flatMap((district) => unitOfDistrict(snapshot, 'rvc', district, day) ?? []),
    ),
  ];
}

/** The programmes that run in a unit on the day: each place has its own start and end. */
export function programmesOf(
  snapshot: DirectorySnapshot,
  unit: UnitId,
  day: LocalDate,
): readonly Programme[] {
  return snapshot.programmes.filter((programme) => programme.unit === unit && isInForce(programme, day));
}

/** Every function address that reads the same inbox, the unit itself first (rvt-sydvast and rvc-sydvast). */
export function inboxOf(snapshot: DirectorySnapshot, id: UnitId): readonly UnitId[] {
  const other = unitWithId(snapshot, id)?.sharesInboxWith ?? null;
  return other === null ? [id] : [id, other];
}
