import { addDays, type LocalDate, validateOfficeHours } from '#calendar';
import {
  type DirectorySnapshot,
  isInForce,
  localPoliceAreaOf,
  type UnitForm,
  unitOfDistrict,
  type ValidDays,
} from '#domain';
import type { DirectoryRows } from './directory-file.js';
import type { FileRefusals } from './file-refusal.js';
import { unitRows } from './unit-records.js';

/** A district has exactly one of each on every day (data/README.md, Refresh 2). */
const ONE_OF_EACH: readonly UnitForm[] = [
  'rvc',
  'rvt',
  'bou',
  'financial-assistance',
  'family-law',
  'open-care',
];

/** Refuses a day on which a place has not exactly one of each unit, a unit that outlives its district, bad hours. */
export function checkDays(rows: DirectoryRows, snapshot: DirectorySnapshot, refusals: FileRefusals): void {
  // Facts only change on these days, so every day between two of them is checked with the first.
  for (const day of daysOfChange(snapshot)) {
    checkDistricts(snapshot, day, refusals);
    checkSubdistricts(rows, snapshot, day, refusals);
  }
  checkLives(rows, snapshot, refusals);
  for (const { unit, hours } of snapshot.officeHours) {
    for (const wrong of validateOfficeHours(hours)) {
      refusals.add('HOURS_WRONG', 'office_hours.csv', null, `${unit}: ${wrong}`, `${unit}: ${wrong}`);
    }
  }
}

function daysOfChange(snapshot: DirectorySnapshot): readonly LocalDate[] {
  const spans: ValidDays[] = [
    ...snapshot.units,
    ...snapshot.districts,
    ...snapshot.subdistricts.flatMap(({ districts, localPoliceAreas }) => [
      ...districts,
      ...localPoliceAreas,
    ]),
  ];
  const days = spans.flatMap(({ validFrom, validTo }) => [
    ...(validFrom === null ? [] : [validFrom]),
    ...(validTo === null ? [] : [addDays(validTo, 1)]),
  ]);
  return [...new Set([snapshot.firstDay, ...days])].filter((day) => day >= snapshot.firstDay).sort();
}

function checkDistricts(snapshot: DirectorySnapshot, day: LocalDate, refusals: FileRefusals): void {
  for (const district of snapshot.districts.filter((one) => isInForce(one, day))) {
    for (const form of ONE_OF_EACH) {
      if (unitOfDistrict(snapshot, form, district.name, day) !== undefined) continue;
      refusals.add(
        'NOT_EXACTLY_ONE',
        'units.csv',
        null,
        `${district.name} har inte exakt en enhet av formen ${form} den ${day}.`,
        `${district.name} has not exactly one unit of the form ${form} on ${day}.`,
      );
    }
  }
}

function checkSubdistricts(
  rows: DirectoryRows,
  snapshot: DirectorySnapshot,
  day: LocalDate,
  refusals: FileRefusals,
): void {
  for (const subdistrict of snapshot.subdistricts) {
    const line =
      rows['subdistricts.csv'].find(({ cells }) => cells.subdistrict === subdistrict.name)?.line ?? null;
    const one = (spans: readonly ValidDays[]) => spans.filter((span) => isInForce(span, day)).length === 1;
    const lpo = localPoliceAreaOf(snapshot, subdistrict, day);
    const district = subdistrict.districts.find((span) => isInForce(span, day))?.district;
    const serves = lpo?.areas.some((area) => area.kind === 'district' && area.district === district) ?? false;
    if (!one(subdistrict.localPoliceAreas) || !serves) {
      refusals.add(
        'NOT_EXACTLY_ONE',
        'subdistricts.csv',
        line,
        `${subdistrict.name} har inte exakt ett LPO som betjänar ${district} den ${day}.`,
        `${subdistrict.name} has not exactly one LPO that serves ${district} on ${day}.`,
      );
    }
    const isThere = snapshot.districts.some((known) => known.name === district && isInForce(known, day));
    if (!one(subdistrict.districts) || !isThere) {
      refusals.add(
        'CATCHMENT_BROKEN',
        'subdistricts.csv',
        line,
        `${subdistrict.name} ligger inte i exakt ett gällande stadsdelsområde den ${day}.`,
        `${subdistrict.name} does not lie in exactly one district in force on ${day}.`,
      );
    }
  }
}

function checkLives(rows: DirectoryRows, snapshot: DirectorySnapshot, refusals: FileRefusals): void {
  for (const unit of snapshot.units) {
    const lives = unit.areas.map((area) =>
      area.kind === 'district'
        ? (snapshot.districts.find(({ name }) => name === area.district) ?? null)
        : null,
    );
    // A unit that serves anything but districts, or a district that goes on, has something left to serve.
    const isServing =
      lives.length === 0 || lives.some((district) => district === null || district.validTo === null);
    if (isServing) continue;
    const last =
      lives
        .map((district) => district?.validTo ?? '')
        .sort()
        .at(-1) ?? '';
    if (unit.validTo !== null && unit.validTo <= last) continue;
    const row = unitRows(rows).find(({ cells }) => cells.unit_id === unit.id);
    refusals.add(
      'UNIT_OUTLIVES_DISTRICT',
      row?.file ?? 'units.csv',
      row?.line ?? null,
      `${unit.id} saknar stadsdelsområde efter ${last}: sätt valid_to och ange efterträdare.`,
      `${unit.id} has no district after ${last}: set valid_to and name a successor.`,
    );
  }
}
