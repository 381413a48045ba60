import { addMonths, formatDate, type LocalDate, localDateOf, yearOf } from '#calendar';
import type { StatusTag } from '../deadlines/index.js';
import type { Label } from '../wording/index.js';
import { RETENTION_EXEMPTIONS, type RetentionExemptionId } from './retention-exemptions.js';
import type { RetentionFile } from './retention-file.js';
import {
  FINISHED_SOURCE,
  type RetentionRuleId,
  type RetentionSource,
  retentionRule,
} from './retention-rules.js';

/** One sentence of why a file goes or stays, with its source and how well that is known. */
export interface RetentionBecause {
  readonly code: string;
  readonly text: Label;
  readonly source: Label;
  readonly status: StatusTag;
}

/** The period that an authority states itself, where none is confirmed. */
export interface StatedPeriod {
  readonly years: number;
  readonly ground: string;
}

export type RetentionVerdict =
  /** The time has run and nothing keeps it. `finishBy` is null where the law only says how long it must be kept. */
  | {
      readonly verdict: 'goes';
      readonly arisesOn: LocalDate;
      readonly finishBy: LocalDate | null;
      readonly because: readonly RetentionBecause[];
    }
  /** The time has run, and something keeps it. */
  | {
      readonly verdict: 'exempt';
      readonly exemptions: readonly RetentionExemptionId[];
      readonly because: readonly RetentionBecause[];
    }
  /** The time has not run; `arisesOn` is null while the circumstances last or no period is stated. */
  | { readonly verdict: 'not-yet'; readonly arisesOn: LocalDate | null };

/** The rule that the file is kept under. */
export function ruleOf(file: RetentionFile): RetentionRuleId {
  switch (file.regime) {
    case 'social-services':
      return file.isReportWithoutInvestigation ? 'report-without-investigation' : 'personal-file';
    case 'health-care':
      return 'health-record';
    case 'police':
      return 'police-record';
  }
}

/**
 * The day on which the file's time has run (Europe/Stockholm): so many years after the later of the last entry and the
 * end of the circumstances, counted by lag (1930:173) 1 §, so that 29 February becomes 28 February. Null while the
 * circumstances last, or no period is stated.
 */
export function arisesOn(file: RetentionFile, stated: StatedPeriod | null): LocalDate | null {
  const { period } = retentionRule(ruleOf(file));
  const years = period === 'stated' ? (stated?.years ?? null) : period.years;
  if (file.endedOn === null || years === null) return null;
  const start = file.endedOn > file.lastEntryOn ? file.endedOn : file.lastEntryOn;
  return addMonths(start, 12 * years);
}

/** The last day by which purging must be finished: the end of the calendar year after the duty arose (SoF 13:1). */
export function finishBy(arises: LocalDate): LocalDate {
  return localDateOf(yearOf(arises) + 1, 12, 31);
}

export interface RetentionQuestion {
  readonly file: RetentionFile;
  /** The same authority's other files on the same person, in whichever incident. */
  readonly others: readonly RetentionFile[];
  /** The day as of which it is asked. A file goes from the day after its time has run: never a day early. */
  readonly on: LocalDate;
  readonly stated: StatedPeriod | null;
}

/** Whether a file goes, stays or is not yet due, and why. Pure; every sentence names its source (domain.md B8). */
export function decideRetention({ file, others, on, stated }: RetentionQuestion): RetentionVerdict {
  const hasRun = (one: RetentionFile): boolean => {
    const arises = arisesOn(one, stated);
    return arises !== null && arises < on;
  };
  const arises = arisesOn(file, stated);
  if (arises === null || !hasRun(file)) return { verdict: 'not-yet', arisesOn: arises };

  const exemptions = exemptionsOf(file, others, on, hasRun);
  if (exemptions.length > 0) {
    return { verdict: 'exempt', exemptions, because: exemptions.map(exempted) };
  }
  const rule = ruleOf(file);
  const { character } = retentionRule(rule);
  const by = character === 'duty' ? finishBy(arises) : null;
  return {
    verdict: 'goes',
    arisesOn: arises,
    finishBy: by,
    because: [
      ruled(rule, stated),
      counted(file, arises, retentionRule(rule).sources[0] ?? FINISHED_SOURCE),
      ...(by === null ? [] : [finished(by)]),
    ],
  };
}

function exemptionsOf(
  file: RetentionFile,
  others: readonly RetentionFile[],
  on: LocalDate,
  hasRun: (one: RetentionFile) => boolean,
): RetentionExemptionId[] {
  if (retentionRule(ruleOf(file)).exemptions === 'none') {
    // What is current is never erased, under whichever law.
    return others.every(hasRun) ? [] : ['current-in-register'];
  }
  const family = [file, ...others];
  const isMarked = (code: string) =>
    file.marks.some((mark) => mark.code === code && (mark.until === null || mark.until >= on));
  // What is known of the person in one of her files holds for all of them; a yes outweighs a no.
  const noted = (code: string) => family.some(({ marks }) => marks.some((mark) => mark.code === code));
  const isSample = noted('BORN_ON_SAMPLE_DAY') || family.some(({ sampleDay }) => sampleDay === 'yes');
  const isKnownNotTo = noted('NOT_BORN_ON_SAMPLE_DAY') || family.some(({ sampleDay }) => sampleDay === 'no');
  const all: readonly [RetentionExemptionId, boolean][] = [
    ['current-in-register', !others.every(hasRun)],
    ['research-sample', isSample],
    ['birth-day-unknown', !isSample && !isKnownNotTo],
    ['paternity', isMarked('PATERNITY')],
    ['adoption', isMarked('ADOPTION')],
    ['placed-child', file.isPlacedChild || isMarked('PLACED_CHILD')],
    ['custody-agreement', isMarked('CUSTODY_AGREEMENT')],
  ];
  return all.flatMap(([id, holds]) => (holds ? [id] : []));
}

function exempted(id: RetentionExemptionId): RetentionBecause {
  const { title, sources } = RETENTION_EXEMPTIONS[id];
  const [source] = sources;
  return { code: id, text: title, source: source.reference, status: source.status };
}

function ruled(id: RetentionRuleId, stated: StatedPeriod | null): RetentionBecause {
  const { title, sources, period } = retentionRule(id);
  const [source = FINISHED_SOURCE] = sources;
  if (period !== 'stated' || stated === null) {
    return { code: id, text: title, source: source.reference, status: source.status };
  }
  return {
    code: id,
    text: {
      sv: `${title.sv}: ${stated.years} år enligt myndighetens eget besked`,
      en: `${title.en}: ${stated.years} years, as the authority states`,
    },
    source: { sv: stated.ground, en: stated.ground },
    status: 'U',
  };
}

function counted(file: RetentionFile, arises: LocalDate, source: RetentionSource): RetentionBecause {
  const start = (file.endedOn ?? file.lastEntryOn) > file.lastEntryOn ? file.endedOn : file.lastEntryOn;
  return {
    code: 'COUNTED',
    text: {
      sv: `sista anteckningen eller avslutet var ${formatDate(start ?? file.lastEntryOn, 'sv')}; tiden gick ut ${formatDate(arises, 'sv')}`,
      en: `the last entry or the end was on ${formatDate(start ?? file.lastEntryOn, 'en')}; the time ran out on ${formatDate(arises, 'en')}`,
    },
    source: source.reference,
    status: source.status,
  };
}

function finished(by: LocalDate): RetentionBecause {
  return {
    code: 'FINISHED_BY',
    text: {
      sv: `gallringen ska vara klar senast ${formatDate(by, 'sv')}`,
      en: `purging must be finished by ${formatDate(by, 'en')}`,
    },
    source: FINISHED_SOURCE.reference,
    status: FINISHED_SOURCE.status,
  };
}
