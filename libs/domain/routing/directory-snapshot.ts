import type { AuthorityId, IsoDay, UnitId, ValidDays } from './directory-id.js';

/** A text for people, in both languages. */
export interface BilingualText {
  readonly sv: string;
  readonly en: string;
}

/** How well a fact is known: seed, confirmed, confirmed indirectly, inferred, unconfirmed (domain.md 0). */
export const EVIDENCE_TAGS = ['S', 'C', 'CI', 'INF', 'U'] as const;
export type EvidenceTag = (typeof EVIDENCE_TAGS)[number];

/** Where a fact came from, and how far it can be trusted. A `U` is configuration and is shown as such. */
export interface Evidence {
  readonly tag: EvidenceTag;
  readonly source: string;
  readonly note: string;
}

/** The kinds of service of DESIGN section 2, one NestJS service each. */
export const PARTY_NAMES = [
  'police',
  'socialjouren',
  'rvt',
  'bou',
  'rvc',
  'region',
  'coordination',
  'partner',
] as const;
export type PartyName = (typeof PARTY_NAMES)[number];

/** What a unit is. A kind follows from the prefix of the unit's id (unit_kinds.csv). */
export const UNIT_KINDS = [
  'rvt',
  'bou',
  'rvc',
  'emergency-social-service',
  'local-police-area',
  'police-area',
  'police-relationship-violence-section',
  'police-command-centre',
  'police-pilot',
  'victim-and-personal-security-section',
  'financial-assistance',
  'family-law',
  'open-care',
  'child-psychiatry',
  'child-psychiatry-emergency',
  'first-line-child-health',
  'adult-psychiatry',
  'adult-psychiatry-emergency',
  'primary-care',
  'rape-emergency-clinic',
  'addiction-care',
  'youth-clinic',
  'mens-centre',
  'perpetrator-helpline',
  'protected-housing',
  'womens-shelter',
  'honour-violence-centre',
  'childrens-house',
  'prosecutor',
  'prison-and-probation',
  'probation-office',
  'other-municipality',
  'coordination',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export interface Party {
  readonly name: PartyName;
  readonly label: BilingualText;
  /** False while no service of this kind runs in Handslag: its units are external (taken-outside). */
  readonly hasService: boolean;
}

export interface Authority {
  readonly id: AuthorityId;
  readonly name: string;
}

/** Why a unit cannot hold a matter in Handslag: a handoff to it is attested by the sender instead. */
export type ExternalCode =
  | 'NO_RUNNING_SERVICE'
  | 'HOURS_NOT_KNOWN'
  | 'FALLBACK_NOT_KNOWN'
  | 'AREA_NOT_KNOWN'
  | 'OTHER_MUNICIPALITY'
  | 'NOT_A_RECEIVER';

export interface ExternalReason {
  readonly code: ExternalCode;
  readonly text: BilingualText;
}

/** A place a unit serves. A district that the unit serves only in part names the part. */
export type UnitArea =
  | { readonly kind: 'district'; readonly district: string; readonly part: string | null }
  | { readonly kind: 'municipality'; readonly municipality: string }
  | { readonly kind: 'police-area'; readonly policeArea: string }
  | { readonly kind: 'county' }
  | { readonly kind: 'country' };

export interface UnitAuthority extends ValidDays {
  readonly authority: AuthorityId;
}

export interface Unit extends ValidDays {
  readonly id: UnitId;
  readonly name: string;
  readonly kind: UnitKind;
  readonly party: PartyName;
  /** Dated: who answers for the unit's data, and when. At least one; at most one on a day. */
  readonly authorities: readonly UnitAuthority[];
  /** Organisation only: says nothing about inboxes or authority. */
  readonly organisedIn: UnitId | null;
  /** Another function address with the same inbox (rvt-sydvast and rvc-sydvast), in both directions. */
  readonly sharesInboxWith: UnitId | null;
  readonly areas: readonly UnitArea[];
  readonly successors: readonly UnitId[];
  /** The function that is called when this one is closed; null if open at all hours or if not known. */
  readonly fallback: UnitId | null;
  /** Empty for a unit that can hold a matter in Handslag. */
  readonly external: readonly ExternalReason[];
  readonly evidence: Evidence;
}

export const HOURS_DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN', 'HOLIDAY'] as const;
/** HOLIDAY is a public holiday or one of the three eves, on whatever weekday. */
export type HoursDay = (typeof HOURS_DAYS)[number];

/**
 * Hours of one unit on some days, in Europe/Stockholm. `closes` not later than `opens` is on the next day;
 * '24:00' is the end of the day. Both null: closed if `isClosed`, else not known.
 */
export interface OfficeHours extends ValidDays {
  readonly unit: UnitId;
  readonly days: readonly HoursDay[];
  readonly opens: string | null;
  readonly closes: string | null;
  readonly isClosed: boolean;
  readonly channel: string;
  readonly basis: 'known' | 'assumed';
  readonly evidence: Evidence;
}

/** One day on which a unit keeps other hours; both null is closed all day. */
export interface OfficeHoursException {
  readonly unit: UnitId;
  readonly day: IsoDay;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly evidence: Evidence;
}

/** One stadsdel of Stockholm, the key of every catchment (domain.md D3). */
export interface Subdistrict {
  readonly name: string;
  /** Dated, without gap or overlap from the directory's first day. */
  readonly districts: readonly (ValidDays & { readonly district: string })[];
  /** Dated, without gap or overlap; null start is "as long as known". */
  readonly localPoliceAreas: readonly (ValidDays & { readonly unit: UnitId })[];
  readonly evidence: Evidence;
}

export interface District extends ValidDays {
  readonly name: string;
  readonly successors: readonly string[];
}

/** A stadsdel (or a locality) of which a part lies in another district: the street decides. */
export interface StraddledPlace extends ValidDays {
  readonly place: string;
  /** The stadsdel that has the main part; null if there is none to name (Årstaberg). */
  readonly mainSubdistrict: string | null;
  readonly otherDistricts: readonly string[];
  readonly otherSubdistricts: readonly string[];
  readonly evidence: Evidence;
}

/** Another name of a stadsdel, or the name of a locality inside it. */
export interface PlaceAlias {
  readonly alias: string;
  readonly subdistrict: string;
  readonly kind: 'synonym' | 'locality';
  readonly evidence: Evidence;
}

/** A postal town covers others' ground and therefore never routes; the candidates are shown. */
export interface PostalTown {
  readonly name: string;
  readonly candidates: readonly string[];
  readonly evidence: Evidence;
}

export interface Municipality {
  readonly code: string;
  readonly name: string;
  readonly policeAreas: readonly string[];
  readonly localPoliceAreas: readonly (ValidDays & { readonly unit: UnitId })[];
  /** The jour known to serve it; null where none is confirmed. */
  readonly jour: UnitId | null;
  readonly evidence: Evidence;
}

export const PROGRAMME_CODES = ['islandsprojektet', 'igor'] as const;
export type ProgrammeCode = (typeof PROGRAMME_CODES)[number];

/** A programme in one place, with its own start and end there. */
export interface Programme extends ValidDays {
  readonly code: ProgrammeCode;
  readonly version: number;
  readonly unit: UnitId;
  readonly label: BilingualText;
  readonly startEvidence: EvidenceTag;
  readonly endEvidence: EvidenceTag | null;
  readonly evidence: Evidence;
}

/** The number to ring, per unit. Configuration: `isPlaceholder` marks fictional numbers of local mode. */
export interface ContactPoint extends ValidDays {
  readonly unit: UnitId;
  readonly purpose: 'ring' | 'notify';
  readonly value: string;
  readonly isPlaceholder: boolean;
  readonly evidence: Evidence;
}

/** The directory as it was read: immutable, and named by its version (a digest of what was loaded). */
export interface DirectorySnapshot {
  readonly version: string;
  /** The first day the catchments are known for; earlier days are refused. */
  readonly firstDay: IsoDay;
  readonly parties: readonly Party[];
  readonly authorities: readonly Authority[];
  readonly units: readonly Unit[];
  readonly officeHours: readonly OfficeHours[];
  readonly officeHoursExceptions: readonly OfficeHoursException[];
  readonly districts: readonly District[];
  readonly subdistricts: readonly Subdistrict[];
  readonly straddledPlaces: readonly StraddledPlace[];
  readonly aliases: readonly PlaceAlias[];
  readonly postalTowns: readonly PostalTown[];
  readonly municipalities: readonly Municipality[];
  readonly programmes: readonly Programme[];
  readonly contactPoints: readonly ContactPoint[];
}
