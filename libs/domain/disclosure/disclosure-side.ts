import type { SubjectRole } from '../matter/index.js';
import type { UnitKind } from '../units/index.js';
import type { Label } from '../wording/index.js';

/** Kinds of authority and body that the law tells apart. A unit of the directory belongs to one of them. */
export const AUTHORITY_KINDS = {
  police: { sv: 'Polismyndigheten', en: 'Police' },
  'social-board': { sv: 'Socialnämnd (stadsdelsnämnd)', en: 'Social board of the city' },
  'other-social-board': { sv: 'Socialnämnd i en annan kommun', en: 'Social board of another municipality' },
  health: { sv: 'Hälso- och sjukvården', en: 'Health care' },
  prosecutor: { sv: 'Åklagarmyndigheten', en: 'Prosecution authority' },
  court: { sv: 'Domstol', en: 'Court' },
  'security-police': { sv: 'Säkerhetspolisen', en: 'Security Service' },
  enforcement: { sv: 'Kronofogdemyndigheten', en: 'Enforcement Authority' },
  tax: { sv: 'Skatteverket', en: 'Tax Agency' },
  customs: { sv: 'Tullverket', en: 'Customs' },
  prison: { sv: 'Kriminalvården', en: 'Prison and Probation Service' },
  partner: { sv: 'Annan samverkanspart', en: 'Another partner' },
  coordination: { sv: 'Samordningen', en: 'Coordination' },
} as const satisfies Record<string, Label>;
export type AuthorityKind = keyof typeof AUTHORITY_KINDS;

/** Persons who may be told or may ask to read, and in which capacity. */
export const PERSON_CAPACITIES = {
  'the-person': { sv: 'Den som uppgiften gäller', en: 'The person concerned' },
  guardian: { sv: 'Vårdnadshavare', en: 'Guardian' },
  parent: { sv: 'Förälder som inte är vårdnadshavare', en: 'Parent who is not a guardian' },
  counsel: { sv: 'Ombud', en: 'Counsel' },
  'alleged-perpetrator': { sv: 'Den misstänkte', en: 'Alleged perpetrator' },
  reporter: { sv: 'Anmälaren', en: 'Reporter' },
  public: { sv: 'Allmänheten', en: 'The public' },
} as const satisfies Record<string, Label>;
export type PersonCapacity = keyof typeof PERSON_CAPACITIES;

/** The authority that a kind of unit belongs to. */
export const AUTHORITY_OF_UNIT_KIND = {
  police: 'police',
  socialjouren: 'social-board',
  rvt: 'social-board',
  bou: 'social-board',
  rvc: 'social-board',
  region: 'health',
  coordination: 'coordination',
  'other-municipality': 'other-social-board',
  'district-service': 'social-board',
  // City and Region run it together: told as health care is, which is the narrower [INF].
  'youth-clinic': 'health',
  partner: 'partner',
  'outside-partner': 'partner',
  'outside-care': 'health',
} as const satisfies Record<UnitKind, AuthorityKind>;

/**
 * One end of a disclosure. `unit`: of the directory, with the authority that answers for it; `inForce` is whether the
 * directory has it at the instant. `authority`: a body outside the directory. `person`: who reads or is told.
 */
export type DisclosureSide =
  | {
      readonly is: 'unit';
      readonly unit: string;
      readonly kind: UnitKind;
      readonly authority: string;
      readonly inForce: boolean;
    }
  | { readonly is: 'authority'; readonly kind: AuthorityKind }
  | {
      readonly is: 'person';
      readonly capacity: PersonCapacity;
      /** Which person of the incident a guardian or parent is; without it she may be any of them. */
      readonly isPerson?: SubjectRole;
    };

/** Which ends a row of the matrix is about; an end matches when one of the lists names it. */
export interface SidePattern {
  readonly authorities?: readonly AuthorityKind[];
  /** Narrows to these kinds of unit; without it every unit of the authorities matches. */
  readonly units?: readonly UnitKind[];
  readonly persons?: readonly PersonCapacity[];
}

/** The kind of authority of a side; null for a person. */
export function authorityKindOf(side: DisclosureSide): AuthorityKind | null {
  switch (side.is) {
    case 'unit':
      return AUTHORITY_OF_UNIT_KIND[side.kind];
    case 'authority':
      return side.kind;
    case 'person':
      return null;
  }
}

/** Whether the side is one that the pattern names. A pattern that names kinds of unit never matches a body without one. */
export function isSideOf(pattern: SidePattern, side: DisclosureSide): boolean {
  switch (side.is) {
    case 'person':
      return pattern.persons?.includes(side.capacity) === true;
    case 'authority':
      return pattern.units === undefined && pattern.authorities?.includes(side.kind) === true;
    case 'unit':
      return pattern.units === undefined
        ? pattern.authorities?.includes(AUTHORITY_OF_UNIT_KIND[side.kind]) === true
        : pattern.units.includes(side.kind);
  }
}

/** Two units of one authority; the same unit is one authority with itself. */
export function isSameAuthority(from: DisclosureSide, to: DisclosureSide): boolean {
  return from.is === 'unit' && to.is === 'unit' && from.authority === to.authority;
}
