import {
  AUTHORITY_KINDS,
  AUTHORITY_OF_UNIT_KIND,
  type DirectorySnapshot,
  type DisclosureSide,
  keysOf,
  PERSON_CAPACITIES,
  type Route,
  SUBJECT_ROLES,
  sideOfUnit,
  UNIT_KINDS,
} from '#domain';
import { A_DAY } from './disclosure-surfaces.grants.js';

export interface Sides {
  readonly from: DisclosureSide;
  readonly to: DisclosureSide;
}

/**
 * Of the shipped directory every ordered pair of kinds of unit, once within a unit, once within an authority and once
 * across where there are such units; and every kind of unit with every body and person outside, both ways.
 */
export function waysOf(snapshot: DirectorySnapshot): Sides[] {
  const inForce = snapshot.units.flatMap(({ id }) => {
    const side = sideOfUnit(snapshot, id, A_DAY);
    return side?.is === 'unit' && side.inForce ? [side] : [];
  });
  const found = new Map<string, Sides>();
  for (const from of inForce)
    for (const to of inForce) {
      const how = from.unit === to.unit ? 'unit' : from.authority === to.authority ? 'authority' : 'across';
      const key = `${from.kind} ${to.kind} ${how}`;
      if (!found.has(key)) found.set(key, { from, to });
    }
  const kinds = keysOf(UNIT_KINDS).flatMap((kind) => inForce.find((one) => one.kind === kind) ?? []);
  const ofUnits = new Set<string>(Object.values(AUTHORITY_OF_UNIT_KIND));
  const bodies = keysOf(AUTHORITY_KINDS)
    .filter((kind) => !ofUnits.has(kind))
    .map((kind): DisclosureSide => ({ is: 'authority', kind }));
  const persons = keysOf(PERSON_CAPACITIES).flatMap((capacity): DisclosureSide[] => [
    { is: 'person', capacity },
    ...(capacity === 'guardian' || capacity === 'parent'
      ? keysOf(SUBJECT_ROLES).map((isPerson): DisclosureSide => ({ is: 'person', capacity, isPerson }))
      : []),
  ]);
  const ended = kinds.slice(0, 2).map((one) => ({ ...one, unit: `ended-${one.kind}`, inForce: false }));
  return [
    ...found.values(),
    ...kinds.flatMap((from) => [...bodies, ...persons, ...ended].map((to) => ({ from, to }))),
    ...bodies
      .filter((one) => one.is === 'authority' && (one.kind === 'prison' || one.kind === 'court'))
      .flatMap((from) => [...kinds, ...bodies, ...persons].map((to) => ({ from, to }))),
  ];
}

/** Units of the shipped directory at both ends of a route: across authorities, and within one where there are such. */
export function waysOfRoute(ways: readonly Sides[], route: Route): Sides[] {
  return ways.filter(
    ({ from, to }) =>
      from.is === 'unit' &&
      to.is === 'unit' &&
      from.kind === route.from &&
      to.kind === route.to &&
      from.unit !== to.unit &&
      to.inForce,
  );
}
