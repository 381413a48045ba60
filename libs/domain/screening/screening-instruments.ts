import type { Label } from '../wording/index.js';

/** How well a number is known (domain.md 0). */
type Tag = 'C' | 'U';

/** A line that a result is read against. Configuration: a unit that reads it otherwise changes it here, with a new version. */
export interface CutOff {
  readonly code: string;
  readonly label: Label;
  readonly scale: string;
  /** Reached from this sum on. */
  readonly from: number;
  readonly tag: Tag;
  readonly source: string;
}

/** A sum over items by number; every item counts as it was answered. */
export interface Scale {
  readonly code: string;
  readonly label: Label;
  readonly items: readonly number[];
}

export interface ScreeningInstrument {
  readonly version: string;
  readonly label: Label;
  /** Items are numbered from 1; their words are the publisher's and are not here. */
  readonly items: number;
  /** What an item can be answered, from 0. */
  readonly highest: number;
  readonly scales: readonly Scale[];
  readonly cutOffs: readonly CutOff[];
  readonly source: string;
  readonly tag: Tag;
  readonly validFrom: string;
}

const from = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const every = (first: number, step: number, last: number): number[] =>
  from(first, last).filter((number) => (number - first) % step === 0);

const SUM: Label = { sv: 'Summa', en: 'Sum' };
const HAD_SOURCE = 'domain.md C2 (HAD), unconfirmed';

/** The self-ratings of trauma symptoms, anxiety and low mood that RVT and RVC may use (REC-5, domain.md C2). */
export const SCREENING_INSTRUMENTS = {
  'pcl-5': {
    version: '1',
    label: { sv: 'PCL-5', en: 'PCL-5' },
    items: 20,
    highest: 4,
    scales: [{ code: 'sum', label: SUM, items: from(1, 20) }],
    cutOffs: [
      {
        code: 'suspected',
        label: { sv: 'Vid misstanke, svensk studie', en: 'Where suspected, Swedish study' },
        scale: 'sum',
        from: 31,
        tag: 'C',
        source: 'carlbring.se/fbanken, fbanken.se, epavt.org',
      },
      {
        code: 'general',
        label: { sv: 'I allmän befolkning, svensk studie', en: 'General population, Swedish study' },
        scale: 'sum',
        from: 37,
        tag: 'C',
        source: 'carlbring.se/fbanken, fbanken.se, epavt.org',
      },
    ],
    source: 'domain.md C2',
    tag: 'C',
    validFrom: '2026-01-01',
  },
  itq: {
    version: '1',
    label: { sv: 'ITQ', en: 'ITQ' },
    // P1 to P9, then C1 to C9.
    items: 18,
    highest: 4,
    // Read by its pattern; no sum decides.
    scales: [],
    cutOffs: [],
    source: 'psypack, PMC7685205, Cloitre 2018',
    tag: 'C',
    validFrom: '2026-01-01',
  },
  'pc-ptsd-5': {
    version: '1',
    label: { sv: 'PC-PTSD-5', en: 'PC-PTSD-5' },
    items: 5,
    highest: 1,
    scales: [{ code: 'sum', label: { sv: 'Antal ja', en: 'Number of yes' }, items: from(1, 5) }],
    cutOffs: [
      {
        code: 'configured',
        label: { sv: 'Inställt gränsvärde, obekräftat', en: 'Configured line, unconfirmed' },
        scale: 'sum',
        from: 3,
        tag: 'U',
        source: 'domain.md C2 (PC-PTSD-5), unconfirmed',
      },
    ],
    source: 'stress.se',
    tag: 'C',
    validFrom: '2026-01-01',
  },
  had: {
    version: '1',
    label: { sv: 'HAD', en: 'HAD' },
    items: 14,
    highest: 3,
    scales: [
      { code: 'anxiety', label: { sv: 'Ångest', en: 'Anxiety' }, items: every(1, 2, 13) },
      { code: 'low-mood', label: { sv: 'Nedstämdhet', en: 'Low mood' }, items: every(2, 2, 14) },
    ],
    cutOffs: (['anxiety', 'low-mood'] as const).flatMap((scale) => [
      {
        code: `${scale}-possible`,
        label: { sv: 'Lägre gräns, obekräftad', en: 'Lower line, unconfirmed' },
        scale,
        from: 8,
        tag: 'U' as const,
        source: HAD_SOURCE,
      },
      {
        code: `${scale}-clear`,
        label: { sv: 'Högre gräns, obekräftad', en: 'Higher line, unconfirmed' },
        scale,
        from: 11,
        tag: 'U' as const,
        source: HAD_SOURCE,
      },
    ]),
    source: HAD_SOURCE,
    tag: 'U',
    validFrom: '2026-01-01',
  },
} as const satisfies Record<string, ScreeningInstrument>;
export type ScreeningInstrumentId = keyof typeof SCREENING_INSTRUMENTS;

/** The definition of an instrument, widened so that it can be read without narrowing on the id. */
export function screeningInstrument(id: ScreeningInstrumentId): ScreeningInstrument {
  return SCREENING_INSTRUMENTS[id];
}

/** When in the support it was filled in: before and after show whether it helped (forms.md 6). */
export const SCREENING_OCCASIONS = {
  before: { sv: 'Före insatsen', en: 'Before the support' },
  during: { sv: 'Under insatsen', en: 'During the support' },
  after: { sv: 'Efter insatsen', en: 'After the support' },
} as const satisfies Record<string, Label>;
export type ScreeningOccasion = keyof typeof SCREENING_OCCASIONS;

/** What a screening came to, in words that name no illness: a screening says whom to ask further (domain.md C2). */
export const SCREENING_RESULTS = {
  REACHED: { sv: 'Når ett inställt gränsvärde', en: 'Reaches a configured line' },
  BELOW: { sv: 'Under de inställda gränsvärdena', en: 'Below the configured lines' },
  PATTERN_PTSD: { sv: 'Svarsmönster för PTSD', en: 'Answer pattern for PTSD' },
  PATTERN_CPTSD: { sv: 'Svarsmönster för komplex PTSD', en: 'Answer pattern for complex PTSD' },
  NO_PATTERN: { sv: 'Inget av svarsmönstren', en: 'Neither answer pattern' },
  INCOMPLETE: { sv: 'Ofullständigt besvarad', en: 'Not answered in full' },
  STOPPED: { sv: 'Avbruten: akut självmordsrisk', en: 'Stopped: acute risk of suicide' },
  DECLINED: { sv: 'Erbjuden, personen tackade nej', en: 'Offered, the person said no' },
} as const satisfies Record<string, Label>;
export type ScreeningResult = keyof typeof SCREENING_RESULTS;

/** Shown with every result. */
export const SCREENING_IS: Label = {
  sv: 'En skattning säger vem som bör bedömas vidare. Bedömningen gör hälso- och sjukvården.',
  en: 'A rating says who should be assessed further. Health care makes the assessment.',
};

/** Results that are a reason to offer a referral to the Region. */
export const SCREENING_POINTS_TO_CARE: readonly ScreeningResult[] = [
  'REACHED',
  'PATTERN_PTSD',
  'PATTERN_CPTSD',
  'STOPPED',
];
