import type { Label } from '../wording/index.js';

/** Age on the day; an unborn child and one of unknown age count as the youngest, whose own word decides nothing. */
export const AGE_BANDS = {
  'under-12': { sv: 'Under 12 år, ofödd eller okänd ålder', en: 'Under 12, unborn or of unknown age' },
  '12-14': { sv: '12–14 år', en: '12–14' },
  '15-17': { sv: '15–17 år', en: '15–17' },
} as const satisfies Record<string, Label>;
export type AgeBand = keyof typeof AGE_BANDS;

/** Whole years on the day as a band; null where the age is not known. Who has turned 18 is asked as an adult. */
export function ageBandOf(age: number | null): AgeBand | null {
  if (age === null || age < 12) return 'under-12';
  if (age < 15) return '12-14';
  return age < 18 ? '15-17' : null;
}

/** Where a guardian stands. A parent who is no guardian is not asked here and is no row of this table. */
export const GUARDIAN_STANDS = {
  consents: { sv: 'Samtycker', en: 'Consents' },
  refuses: { sv: 'Samtycker inte', en: 'Refuses' },
  'not-asked': { sv: 'Inte tillfrågad', en: 'Not asked' },
  'cannot-be-reached': { sv: 'Kan inte nås', en: 'Cannot be reached' },
  'alleged-perpetrator': {
    sv: 'Misstänkt våldsutövare, inte tillfrågad',
    en: 'Alleged perpetrator, not asked',
  },
} as const satisfies Record<string, Label>;
export type GuardianStand = keyof typeof GUARDIAN_STANDS;

export interface Guardian {
  readonly stand: GuardianStand;
  /** Stays with the child in protected housing. */
  readonly accompaniesInProtectedHousing: boolean;
}

/** What the consent is for. FB 6:13 a names only some of them. */
export const CHILD_MEASURES = {
  'open-intervention': {
    sv: 'Öppen insats (SoL 11:1), även på grund av placering i skyddat boende',
    en: 'Open intervention (SoL 11:1), also because of a placement in protected housing',
  },
  'contact-person': { sv: 'Kontaktperson eller kontaktfamilj', en: 'Contact person or contact family' },
  'psychiatric-care': {
    sv: 'Psykiatrisk eller psykologisk undersökning eller behandling enligt HSL',
    en: 'Psychiatric or psychological examination or treatment under HSL',
  },
  'lss-support': { sv: 'Insats enligt LSS 9 § 4–6', en: 'Support under LSS 9 § 4–6' },
  'trappan-or-here-and-now': { sv: 'Trappan eller Här och nu', en: 'Trappan or Här och nu' },
  'health-examination': { sv: 'Hälsoundersökning', en: 'Health examination' },
  'protected-housing': { sv: 'Placering i skyddat boende', en: 'Placement in protected housing' },
  'legal-process': {
    sv: 'Åtgärd i förundersökning och rättegång',
    en: 'Measure in the criminal investigation and trial',
  },
  disclosure: { sv: 'Lämna ut uppgifter om barnet', en: 'Telling somebody about the child' },
  'talk-in-investigation': {
    sv: 'Samtal med barnet i en barnskyddsutredning',
    en: 'Hearing the child in a protection investigation',
  },
} as const satisfies Record<string, Label>;
export type ChildMeasure = keyof typeof CHILD_MEASURES;

/** The child's own view. Relevant information comes first, and the view weighs by age and maturity (2024:79 2:2). */
export const CHILD_VIEWS = {
  requests: { sv: 'Begär själv', en: 'Requests it' },
  consents: { sv: 'Samtycker', en: 'Consents' },
  against: { sv: 'Är emot', en: 'Is against it' },
  'not-heard': { sv: 'Inte hörd än', en: 'Not heard yet' },
} as const satisfies Record<string, Label>;
export type ChildView = keyof typeof CHILD_VIEWS;

/** Whether the measure is suitable without the guardians' consent (old SoL 3:6 a, "lämpligt"). */
export const SUITABILITIES = {
  suitable: { sv: 'Lämpligt', en: 'Suitable' },
  unsuitable: { sv: 'Olämpligt', en: 'Unsuitable' },
  'not-assessed': { sv: 'Inte bedömt än', en: 'Not assessed yet' },
} as const satisfies Record<string, Label>;
export type Suitability = keyof typeof SUITABILITIES;

/** A special representative of the child (lag 1999:997, L), appointed where a guardian is suspected. */
export const REPRESENTATIVE_STANDS = {
  none: { sv: 'Ingen utsedd', en: 'None appointed' },
  consents: { sv: 'Samtycker', en: 'Consents' },
  refuses: { sv: 'Samtycker inte', en: 'Refuses' },
  'not-asked': { sv: 'Inte tillfrågad', en: 'Not asked' },
} as const satisfies Record<string, Label>;
export type RepresentativeStand = keyof typeof REPRESENTATIVE_STANDS;

/** What the table is asked. Guardians are none, one who has sole guardianship, or two. */
export interface ChildConsentFacts {
  readonly age: AgeBand;
  readonly guardians: readonly Guardian[];
  readonly representative: RepresentativeStand;
  readonly view: ChildView;
  readonly suitability: Suitability;
  readonly measure: ChildMeasure;
}
