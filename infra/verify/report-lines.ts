import { formatLocalInstant, type Language } from '#calendar';
import type { Defect } from './defects.js';
import type { ExportFigures, ExportReport } from './verify-export.js';
import type { VerifyFigures, VerifyReport } from './verify-record.js';

const FIGURES: { readonly [Key in keyof VerifyFigures]: Readonly<Record<Language, string>> } = {
  mattersOpen: { sv: 'öppna ärenden', en: 'open matters' },
  mattersClosed: { sv: 'avslutade ärenden', en: 'closed matters' },
  spells: { sv: 'ansvarsperioder', en: 'spells of responsibility' },
  unownedMinutes: { sv: 'minuter som ingen svarade för', en: 'minutes that nobody answered for' },
  deadlinesArmed: { sv: 'tider som löper', en: 'deadlines armed' },
  breaches: { sv: 'tider som gått ut', en: 'deadlines passed' },
  auditLeaves: { sv: 'loggposter omräknade', en: 'audit leaves re-hashed' },
  trees: { sv: 'loggträd omräknade', en: 'audit trees computed anew' },
  heads: { sv: 'signerade trädtoppar', en: 'signed tree heads' },
  sealed: { sv: 'loggposter förseglade', en: 'audit leaves sealed' },
  unsealed: { sv: 'loggposter som väntar på försegling', en: 'audit leaves that wait to be sealed' },
  chains: { sv: 'händelsekedjor', en: 'chains of events' },
  events: { sv: 'händelser', en: 'events' },
  receipts: { sv: 'kvitton kontrollerade', en: 'receipts checked' },
  clocksRunning: { sv: 'klockor som går', en: 'clocks running' },
};
const NOT_CHECKED = {
  receipts: {
    sv: 'inte kontrollerade: sätt KEYS_DATABASE_URL',
    en: 'not checked: set KEYS_DATABASE_URL',
  },
  clocksRunning: { sv: 'inte räknade: Temporal svarar inte', en: 'not counted: Temporal does not answer' },
} as const;
const EXPORT_FIGURES: { readonly [Key in keyof ExportFigures]: Readonly<Record<Language, string>> } = {
  trees: FIGURES.trees,
  heads: FIGURES.heads,
  sealed: FIGURES.sealed,
  unsealed: FIGURES.unsealed,
  persons: { sv: 'varav med person', en: 'of them with the person' },
};
const EXPORT_HOLDS = {
  sv: 'Loggen är hel: varje post, varje träd och varje topp stämmer.',
  en: 'The audit is whole: every leaf, every tree and every head agrees.',
};
const EXPORT_BROKEN = { sv: 'Loggen är INTE hel:', en: 'The audit is NOT whole:' };
const WITHOUT_KNOWN_HEADS = {
  sv: 'Inga trädtoppar som bevarats på annat håll jämfördes: ange dem med --heads <fil>.',
  en: 'No tree heads kept elsewhere were compared: name them with --heads <file>.',
};
const HOLDS = {
  sv: 'Allt som alltid ska gälla gäller (C1, C2, C3, C4, C7).',
  en: 'Everything that must always hold holds (C1, C2, C3, C4, C7).',
};
const BROKEN = {
  sv: 'Något som alltid ska gälla gäller INTE:',
  en: 'Something that must always hold does NOT:',
};

/** The report for people: figures, then the verdict, then what offends with its first ids. */
export function reportLines({ at, figures, ok, defects }: VerifyReport, language: Language): string[] {
  const keys = Object.keys(FIGURES).filter((key): key is keyof VerifyFigures => Object.hasOwn(FIGURES, key));
  return [
    formatLocalInstant(new Date(at)),
    ...keys.map((key) => `  ${FIGURES[key][language].padEnd(36)} ${shown(key, figures[key], language)}`),
    '',
    ok ? HOLDS[language] : BROKEN[language],
    ...defectLines(defects),
  ];
}

/** The report on an export, for people. */
export function exportReportLines(
  { at, figures, ok, defects }: ExportReport,
  knownHeads: number,
  language: Language,
): string[] {
  const keys = Object.keys(EXPORT_FIGURES).filter((key): key is keyof ExportFigures =>
    Object.hasOwn(EXPORT_FIGURES, key),
  );
  return [
    at === null ? '?' : formatLocalInstant(new Date(at)),
    ...keys.map((key) => `  ${EXPORT_FIGURES[key][language].padEnd(36)} ${figures[key]}`),
    '',
    ok ? EXPORT_HOLDS[language] : EXPORT_BROKEN[language],
    // Against itself alone, a history that was rewritten as a whole looks as good as the one it replaced.
    ...(ok && knownHeads === 0 ? [WITHOUT_KNOWN_HEADS[language]] : []),
    ...defectLines(defects),
  ];
}

function defectLines(defects: readonly Defect[]): string[] {
  return defects.flatMap(({ rule, check, of, count, ids }) => [
    `  ${rule}  ${check}: ${count}`,
    ...ids.map((id) => `        ${of} ${id}`),
    ...(count > ids.length ? ['        …'] : []),
  ]);
}

function shown(key: keyof VerifyFigures, figure: number | null, language: Language): string {
  if (figure !== null) return String(Math.round(figure * 1_000) / 1_000);
  return key === 'receipts' || key === 'clocksRunning' ? NOT_CHECKED[key][language] : '–';
}
