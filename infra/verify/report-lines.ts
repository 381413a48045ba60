import { formatLocalInstant } from '#calendar';
import type { VerifyFigures, VerifyReport } from './verify-record.js';

export type Language = 'sv' | 'en';

const FIGURES: { readonly [Key in keyof VerifyFigures]: Readonly<Record<Language, string>> } = {
  mattersOpen: { sv: 'öppna ärenden', en: 'open matters' },
  mattersClosed: { sv: 'avslutade ärenden', en: 'closed matters' },
  spells: { sv: 'ansvarsperioder', en: 'spells of responsibility' },
  unownedMinutes: { sv: 'minuter som ingen svarade för', en: 'minutes that nobody answered for' },
  deadlinesArmed: { sv: 'tider som löper', en: 'deadlines armed' },
  breaches: { sv: 'tider som gått ut', en: 'deadlines passed' },
  auditLeaves: { sv: 'loggposter omräknade', en: 'audit leaves re-hashed' },
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
    ...keys.map((key) => `  ${FIGURES[key][language].padEnd(34)} ${shown(key, figures[key], language)}`),
    '',
    ok ? HOLDS[language] : BROKEN[language],
    ...defects.flatMap(({ rule, check, of, count, ids }) => [
      `  ${rule}  ${check}: ${count}`,
      ...ids.map((id) => `        ${of} ${id}`),
      ...(count > ids.length ? ['        …'] : []),
    ]),
  ];
}

function shown(key: keyof VerifyFigures, figure: number | null, language: Language): string {
  if (figure !== null) return String(Math.round(figure * 1_000) / 1_000);
  return key === 'receipts' || key === 'clocksRunning' ? NOT_CHECKED[key][language] : '–';
}
