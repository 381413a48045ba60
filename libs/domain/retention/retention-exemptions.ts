import type { Label } from '../wording/index.js';
import type { RetentionSource } from './retention-rules.js';

export interface RetentionExemption {
  readonly title: Label;
  readonly sources: readonly RetentionSource[];
  /** What a person does about it, where something can be done. */
  readonly next?: Label;
}

const oldAct = (section: string): RetentionSource => ({
  reference: {
    sv: `socialtjänstlagen (2001:453) ${section}, upphävd`,
    en: `the Social Services Act (2001:453) ${section}, repealed`,
  },
  status: 'C',
});
const neverPurged = [oldAct('12 kap. 2 §')];

/** Why a file whose time has run stays all the same (domain.md B8). */
export const RETENTION_EXEMPTIONS = {
  'current-in-register': {
    title: {
      sv: 'uppgifter om samma person är fortfarande aktuella i registret',
      en: 'data on the same person remain current in the register',
    },
    sources: [oldAct('12 kap. 1 §')],
  },
  'research-sample': {
    title: {
      sv: 'personen är född den 5, 15 eller 25 och ingår i urvalet för forskning',
      en: 'the person was born on the 5th, 15th or 25th and belongs to the research sample',
    },
    sources: [oldAct('12 kap. 2 §'), { reference: { sv: 'SoF 13:1', en: 'SoF 13:1' }, status: 'C' }],
  },
  // Fails closed: what may not be erased is not erased because nobody wrote down a date.
  'birth-day-unknown': {
    title: {
      sv: 'födelsedagen är okänd, så urvalet för forskning kan inte uteslutas',
      en: 'the day of birth is unknown, so that the research sample cannot be ruled out',
    },
    sources: [oldAct('12 kap. 2 §')],
    next: {
      sv: 'Ta reda på födelsedagen och anteckna om personen är född den 5, 15 eller 25.',
      en: 'Find the day of birth and record whether the person was born on the 5th, 15th or 25th.',
    },
  },
  paternity: {
    title: { sv: 'handlingar om faderskap eller föräldraskap', en: 'documents on paternity or parenthood' },
    sources: neverPurged,
  },
  adoption: { title: { sv: 'handlingar om adoption', en: 'documents on adoption' }, sources: neverPurged },
  // HVB, familjehem, stödboende, skyddat boende or another private home that does not belong to a guardian.
  'placed-child': {
    title: {
      sv: 'handlingar om ett barn som har placerats, även i skyddat boende',
      en: 'documents on a child who was placed, in protected housing too',
    },
    sources: neverPurged,
  },
  'custody-agreement': {
    title: {
      sv: 'godkänt avtal om vårdnad, boende eller umgänge, till dess barnet fyller 18',
      en: 'an approved agreement on custody, residence or contact, until the child is 18',
    },
    sources: neverPurged,
  },
} as const satisfies Record<string, RetentionExemption>;
export type RetentionExemptionId = keyof typeof RETENTION_EXEMPTIONS;

/**
 * What a person may note about somebody's file, since nothing else in Handslag tells it. The last two say on which day
 * of a month the person was born, and not the date.
 */
export const RETENTION_MARKS = {
  PATERNITY: { sv: 'Faderskap eller föräldraskap', en: 'Paternity or parenthood' },
  ADOPTION: { sv: 'Adoption', en: 'Adoption' },
  PLACED_CHILD: {
    sv: 'Barn placerat i HVB, familjehem, stödboende, skyddat boende eller annat enskilt hem',
    en: 'A child placed in residential care, a family home, supported or protected housing or another private home',
  },
  CUSTODY_AGREEMENT: {
    sv: 'Godkänt avtal om vårdnad, boende eller umgänge',
    en: 'Approved agreement on custody, residence or contact',
  },
  BORN_ON_SAMPLE_DAY: { sv: 'Född den 5, 15 eller 25', en: 'Born on the 5th, 15th or 25th' },
  NOT_BORN_ON_SAMPLE_DAY: { sv: 'Inte född den 5, 15 eller 25', en: 'Not born on the 5th, 15th or 25th' },
} as const satisfies Record<string, Label>;
export type RetentionMarkCode = keyof typeof RETENTION_MARKS;
