import type { LocalDate, OfficeHours } from '#calendar';
import type { NoticeFunction } from '../notices/index.js';
import type { PartyName, UnitKind } from '../units/index.js';
import type { Label } from '../wording/index.js';
import type { AuthorityId, UnitId, ValidDays } from './directory-id.js';

/** How well a fact is known: seed, confirmed, confirmed indirectly, inferred, unconfirmed (domain.md 0). */
export const EVIDENCE_TAGS = ['S', 'C', 'CI', 'INF', 'U'] as const;
export type EvidenceTag = (typeof EVIDENCE_TAGS)[number];

/** Where a fact came from, and how far it can be trusted. A `U` is configuration and is shown as such. */
export interface Evidence {
  readonly tag: EvidenceTag;
  readonly source: string;
  readonly note: string;
}

/**
 * What a unit is in particular; finer than the `UnitKind` that routes name. It follows from the prefix of the
 * unit's id (unit_forms.csv).
 */
export const UNIT_FORMS = [
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
export type UnitForm = (typeof UNIT_FORMS)[number];

export interface Party {
  readonly name: PartyName;
  readonly label: Label;
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
  readonly text: Label;
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
  readonly form: UnitForm;
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

/** When a unit is staffed, as libs/calendar reads it; a unit whose hours are not known has no entry. */
export interface UnitHours {
  readonly unit: UnitId;
  readonly hours: OfficeHours;
  /** True if any row is assumed rather than known: shown as such wherever a time is explained by it. */
  readonly isAssumed: boolean;
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
  readonly label: Label;
  readonly startEvidence: EvidenceTag;
  readonly endEvidence: EvidenceTag | null;
  readonly evidence: Evidence;
}

/** The number to ring, per unit. Configuration: `isPlaceholder` marks fictional numbers of local mode. */
export interface ContactPoint extends ValidDays {
  readonly unit: UnitId;
  /** A number to ring; or, for a function, one that takes text messages. Units' numbers, never persons'. */
  readonly purpose: 'ring' | 'notify' | `sms-${NoticeFunction}`;
  readonly value: string;
  /** For text messages: from which rung of a ladder on, -1 for everything; null is when acute, and from the second. */
  readonly fromRung: number | null;
  readonly isPlaceholder: boolean;
  readonly evidence: Evidence;
}

/** The directory as it was read: immutable, and named by its version (a digest of what was loaded). */
export interface DirectorySnapshot {
  readonly version: string;
  /** The first day the catchments are known for; earlier days are refused. */
  readonly firstDay: LocalDate;
  readonly parties: readonly Party[];
  readonly authorities: readonly Authority[];
  readonly units: readonly Unit[];
  readonly officeHours: readonly UnitHours[];
  readonly districts: readonly District[];
  readonly subdistricts: readonly Subdistrict[];
  readonly straddledPlaces: readonly StraddledPlace[];
  readonly aliases: readonly PlaceAlias[];
  readonly postalTowns: readonly PostalTown[];
  readonly municipalities: readonly Municipality[];
  readonly programmes: readonly Programme[];
  readonly contactPoints: readonly ContactPoint[];
}
