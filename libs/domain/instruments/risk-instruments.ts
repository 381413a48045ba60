import type { SubjectRole } from '../matter/index.js';
import type { Label } from '../wording/index.js';

type Tag = 'C' | 'U';

/** Factors that belong together, numbered through the instrument; each is called by its group and its place in it. */
export interface FactorGroup {
  readonly label: Label;
  readonly first: number;
  readonly count: number;
}

/**
 * A risk instrument as data. The published words of its items are not here (Socialstyrelsen's terms): factors go by number and
 * a neutral label of ours. `factors` null: how many there are is not confirmed, so they are recorded by number as in the form.
 */
export interface RiskInstrument {
  readonly version: string;
  readonly label: Label;
  readonly use: 'asks' | 'describes' | 'assesses';
  readonly factors: readonly FactorGroup[] | null;
  /** Rated once, or for now and for the time before. */
  readonly periods: readonly ('now' | 'before')[];
  readonly answers: readonly string[];
  readonly mayAssess: readonly SubjectRole[];
  /** `as-entered`: stored as the assessor wrote it. `never`: there is none, and one is refused. Nothing is ever added up here. */
  readonly total: 'as-entered' | 'never';
  readonly source: string;
  readonly tag: Tag;
  readonly validFrom: string;
}

const YES_PARTLY_NO = ['YES', 'PARTLY', 'NO', 'NOT_KNOWN'] as const;
const YES_NO = ['YES', 'NO', 'NOT_KNOWN'] as const;

/** Labels of the answers; the scales are unconfirmed where domain.md does not have them. */
export const FACTOR_ANSWERS = {
  YES: { sv: 'Ja', en: 'Yes' },
  PARTLY: { sv: 'Delvis', en: 'Partly' },
  NO: { sv: 'Nej', en: 'No' },
  NOT_KNOWN: { sv: 'Okänt', en: 'Unknown' },
} as const satisfies Record<string, Label>;
export type FactorAnswer = keyof typeof FACTOR_ANSWERS;

const fives = (...labels: readonly [Label, Label, Label]): FactorGroup[] =>
  labels.map((label, index) => ({ label, first: 1 + 5 * index, count: 5 }));

const freda = {
  version: '2014-10-22',
  factors: null,
  periods: ['now'],
  answers: YES_NO,
  mayAssess: ['victim'],
  total: 'as-entered',
  source: 'Socialstyrelsen Metodguiden; item counts and points unconfirmed',
  tag: 'U',
  validFrom: '2014-10-22',
} as const;

/** Every instrument that a risk assessment can name (domain.md C1). */
export const RISK_INSTRUMENTS = {
  'freda-short': {
    ...freda,
    label: { sv: 'FREDA-kortfrågor', en: 'FREDA short questions' },
    use: 'asks',
  },
  'freda-description': {
    ...freda,
    label: { sv: 'FREDA-beskrivning', en: 'FREDA description' },
    use: 'describes',
  },
  'freda-danger': {
    ...freda,
    label: { sv: 'FREDA-farlighetsbedömning', en: 'FREDA danger assessment' },
    use: 'assesses',
  },
  'sara-sv': {
    version: '1',
    label: { sv: 'SARA:SV', en: 'SARA:SV (B-SAFER)' },
    use: 'assesses',
    factors: fives(
      { sv: 'Tidigare partnervåld', en: 'History of partner violence' },
      { sv: 'Psykosocial situation', en: 'Psychosocial status' },
      { sv: 'Den utsattas sårbarhet', en: 'Vulnerability of the victim' },
    ),
    periods: ['now', 'before'],
    answers: YES_PARTLY_NO,
    mayAssess: ['victim', 'alleged-perpetrator'],
    total: 'never',
    source: 'Socialstyrelsen Metodguiden; valdmotnara.se; answer scale unconfirmed',
    tag: 'C',
    validFrom: '2026-01-01',
  },
  patriark: {
    version: '1',
    label: { sv: 'PATRIARK', en: 'PATRIARK' },
    use: 'assesses',
    factors: fives(
      { sv: 'Våldets mönster', en: 'Pattern of the violence' },
      { sv: 'Förövarna', en: 'The perpetrators' },
      { sv: 'Den utsatta', en: 'The victim' },
    ),
    periods: ['now', 'before'],
    answers: YES_PARTLY_NO,
    mayAssess: ['victim', 'child', 'alleged-perpetrator'],
    total: 'never',
    source: 'Socialstyrelsen; humana.se; hedersfortryck.se; answer scale unconfirmed',
    tag: 'C',
    validFrom: '2026-01-01',
  },
  sam: {
    version: '1',
    label: { sv: 'SAM', en: 'SAM (stalking)' },
    use: 'assesses',
    factors: null,
    periods: ['now', 'before'],
    answers: YES_PARTLY_NO,
    mayAssess: ['victim', 'alleged-perpetrator'],
    // Whether it has one is not confirmed: none is taken until it is.
    total: 'never',
    source: 'valdmotnara.se; factor count and scale unconfirmed',
    tag: 'U',
    validFrom: '2026-01-01',
  },
  // HSLF-FS 2022:39: the board shall assess, and should use a standardised method.
  'no-instrument': {
    version: '1',
    label: { sv: 'Samlad bedömning utan instrument', en: 'Overall assessment without an instrument' },
    use: 'assesses',
    factors: [],
    periods: ['now'],
    answers: [],
    mayAssess: ['victim', 'child', 'alleged-perpetrator'],
    total: 'never',
    source: 'HSLF-FS 2022:39 (a standardised method is a should)',
    tag: 'C',
    validFrom: '2022-11-01',
  },
} as const satisfies Record<string, RiskInstrument>;
export type RiskInstrumentId = keyof typeof RISK_INSTRUMENTS;

/** The definition of an instrument, widened so that it can be read without narrowing on the id. */
export function riskInstrument(id: RiskInstrumentId): RiskInstrument {
  return RISK_INSTRUMENTS[id];
}

/** What a factor is called here: its group and its place; by number alone where the groups are not known. */
export function factorLabel(id: RiskInstrumentId, number: number): Label | null {
  const { factors } = riskInstrument(id);
  if (factors === null) return { sv: `Fråga ${number}`, en: `Item ${number}` };
  const group = factors.find(({ first, count }) => number >= first && number < first + count);
  if (group === undefined) return null;
  const place = number - group.first + 1;
  return { sv: `${group.label.sv} ${place}`, en: `${group.label.en} ${place}` };
}
