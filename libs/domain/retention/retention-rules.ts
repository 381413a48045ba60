import type { StatusTag } from '../deadlines/index.js';
import type { Label } from '../wording/index.js';

/** Whose law the file is kept under. */
export const RETENTION_REGIMES = ['social-services', 'health-care', 'police'] as const;
export type RetentionRegime = (typeof RETENTION_REGIMES)[number];

/** Where a rule of retention is written, and how well that is known (domain.md 0). */
export interface RetentionSource {
  readonly reference: Label;
  readonly status: StatusTag;
}

/** A rule that says when a file goes. */
export interface RetentionRule {
  /** Moves when the period, the start or the end does. */
  readonly version: number;
  readonly regime: RetentionRegime;
  readonly title: Label;
  /**
   * Whole years after the last entry and the end of the circumstances. `stated` where no period is confirmed: the authority
   * states its own with its ground, and until it does nothing goes.
   */
  readonly period: { readonly years: number } | 'stated';
  /** `duty`: finished by the end of the calendar year after it arose. `minimum`: may go, no day by which it must. */
  readonly character: 'duty' | 'minimum';
  /** Whether the research sample and the documents that are never purged are exempt: they are of the social services' law. */
  readonly exemptions: 'social-services' | 'none';
  readonly sources: readonly RetentionSource[];
  readonly note?: Label;
}

const oldAct = (section: string): Label => ({
  sv: `socialtjänstlagen (2001:453) ${section}, upphävd`,
  en: `the Social Services Act (2001:453) ${section}, repealed`,
});
const NEW_ACT: RetentionSource = {
  reference: {
    sv: 'socialtjänstlagen (2025:400), paragrafens nummer obekräftat',
    en: 'the Social Services Act (2025:400), section number unconfirmed',
  },
  status: 'U',
};

/** When a file goes, as data (domain.md B8). What is in the never-ending list is in `RETENTION_EXEMPTIONS`. */
export const RETENTION_RULES = {
  // Old SoL 12:1-2 and SoF 13:1, read; the act of 2025 carries the rule on, its sections are unconfirmed.
  'personal-file': {
    version: 1,
    regime: 'social-services',
    title: {
      sv: 'personakt gallras fem år efter sista anteckningen',
      en: 'a personal file is purged five years after the last entry',
    },
    period: { years: 5 },
    character: 'duty',
    exemptions: 'social-services',
    sources: [{ reference: oldAct('12 kap. 1 §'), status: 'C' }, NEW_ACT],
  },
  // One municipal guideline, under the old law: local archive decision.
  'report-without-investigation': {
    version: 1,
    regime: 'social-services',
    title: {
      sv: 'orosanmälan som inte ledde till utredning gallras efter fem år',
      en: 'a report of concern that led to no investigation is purged after five years',
    },
    period: { years: 5 },
    character: 'duty',
    exemptions: 'social-services',
    sources: [
      {
        reference: {
          sv: 'kommunens eget gallringsbeslut (lokal arkivregel, äldre rätt)',
          en: "the municipality's own disposal decision (local archive rule, earlier law)",
        },
        status: 'U',
      },
    ],
    note: {
      sv: 'Hålls utanför akten. Att urvalet för forskning undantas även här är valt för säkerhets skull.',
      en: 'Kept outside the file. That the research sample is exempt here too is chosen to be on the safe side.',
    },
  },
  // PDL 3:17: at least ten years after the last entry; the act sets no day by which it must go.
  'health-record': {
    version: 1,
    regime: 'health-care',
    title: {
      sv: 'journalhandling bevaras minst tio år efter sista uppgiften',
      en: 'a health record is kept at least ten years after the last entry',
    },
    period: { years: 10 },
    character: 'minimum',
    exemptions: 'none',
    sources: [
      {
        reference: {
          sv: 'patientdatalagen (2008:355) 3 kap. 17 §',
          en: 'the Patient Data Act (2008:355) 3:17',
        },
        status: 'C',
      },
    ],
  },
  // No period of the police's own law is confirmed: none is hard-coded.
  'police-record': {
    version: 1,
    regime: 'police',
    title: {
      sv: 'polisens uppgifter gallras enligt polisens egen lag',
      en: "police data are purged under the police's own law",
    },
    period: 'stated',
    character: 'duty',
    exemptions: 'none',
    sources: [
      {
        reference: {
          sv: 'polisens egen dataskyddslagstiftning, obekräftad',
          en: "the police's own data protection law, unconfirmed",
        },
        status: 'U',
      },
    ],
    note: {
      sv: 'Handslag vet ingen bekräftad tid. Myndigheten anger tiden och grunden i sitt beslut; till dess gallras inget.',
      en: 'Handslag knows no confirmed period. The authority states period and ground in its decision; until then nothing goes.',
    },
  },
} as const satisfies Record<string, RetentionRule>;
export type RetentionRuleId = keyof typeof RETENTION_RULES;

/** The rule by its id, as a rule like any other. */
export function retentionRule(id: RetentionRuleId): RetentionRule {
  return RETENTION_RULES[id];
}

/** Purging is to be finished by the end of the calendar year after the one in which the duty arose. */
export const FINISHED_SOURCE: RetentionSource = {
  reference: {
    sv: 'socialtjänstförordningen (2001:937) 13 kap. 1 §, upphävd',
    en: 'the Social Services Ordinance (2001:937) 13:1, repealed',
  },
  status: 'C',
};

/** Backups of the key store are kept this long at most: then an erasure holds there too (issue 4, 12). */
export const KEY_STORE_BACKUP_DAYS = 35;
