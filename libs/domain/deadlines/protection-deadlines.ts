import type { DeadlineRule } from './deadline-rule.js';
import { careOfYoungPersonsAct, contactBanAct, protectedHousingAct } from './legal-acts.js';

const FOR_A_LAWYER = {
  sv: 'Ska bekräftas av jurist.',
  en: 'To be confirmed by a lawyer.',
};
const NOT_MOVED = {
  sv: 'Domstolens egen tid; flyttas inte här.',
  en: "The court's own time; not moved here.",
};

/** Placements, immediate care and contact bans: domain.md B3 D-08 to D-12 and D-19, forms.md 4 D-21 and D-22. */
export const PROTECTION_DEADLINES = {
  'D-08': {
    version: 1,
    title: {
      sv: 'det omedelbara beslutet om skyddat boende underställs förvaltningsrätten inom en vecka, annars upphör det',
      en: 'the immediate decision on protected housing is submitted to the administrative court within a week, else it lapses',
    },
    startsAt: { sv: 'det omedelbara beslutet', en: 'the immediate decision' },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [protectedHousingAct('4 kap. 3–4 §§', 'C')],
    period: { kind: 'weeks', count: 1, roll: 'lapse' },
    periodStatus: 'C',
  },
  'D-08-court': {
    version: 1,
    title: {
      sv: 'förvaltningsrätten prövar det omedelbara beslutet inom en vecka',
      en: 'the administrative court examines the immediate decision within a week',
    },
    startsAt: { sv: 'underställningen kom in till rätten', en: 'the submission reached the court' },
    boundBy: 'court',
    character: 'statute',
    sources: [protectedHousingAct('4 kap. 3–4 §§', 'C')],
    period: { kind: 'weeks', count: 1, roll: 'none' },
    periodStatus: 'C',
    note: NOT_MOVED,
  },
  'D-09': {
    version: 1,
    title: {
      sv: 'nämnden ansöker enligt 3 kap. inom sex veckor från placeringens början, annars upphör beslutet',
      en: 'the board applies under chapter 3 within six weeks from the start of the placement, else the decision lapses',
    },
    startsAt: { sv: 'placeringen påbörjades', en: 'the placement started' },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [protectedHousingAct('4 kap. 6 §', 'C')],
    period: { kind: 'weeks', count: 6, roll: 'lapse' },
    periodStatus: 'C',
    note: { sv: 'Rätten får förlänga tiden.', en: 'The court may extend it.' },
  },
  'D-10': {
    version: 1,
    title: {
      sv: 'rätten avgör ansökan inom två veckor',
      en: 'the court decides the application within two weeks',
    },
    startsAt: {
      sv: 'ansökan gjordes medan det omedelbara beslutet gällde',
      en: 'the application was made while the immediate decision ran',
    },
    boundBy: 'court',
    character: 'statute',
    sources: [protectedHousingAct('8 kap. 2 §', 'C')],
    period: { kind: 'weeks', count: 2, roll: 'none' },
    periodStatus: 'C',
    note: NOT_MOVED,
  },
  'D-11': {
    version: 1,
    title: {
      sv: 'den beviljade placeringen påbörjas inom fyra veckor, annars upphör beslutet',
      en: 'the granted placement starts within four weeks, else the decision lapses',
    },
    startsAt: { sv: 'beslutet fick laga kraft', en: 'the decision gained legal force' },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [protectedHousingAct('3 kap. 4 §', 'C')],
    period: { kind: 'weeks', count: 4, roll: 'lapse' },
    periodStatus: 'C',
  },
  'D-12': {
    version: 1,
    title: {
      sv: 'placeringen, hemlig vistelse och begränsat umgänge övervägs minst var sjätte månad',
      en: 'the placement, secret whereabouts and limits on contact are considered at least every six months',
    },
    startsAt: { sv: 'beslutet, eller senaste övervägandet', en: 'the decision, or the last consideration' },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [protectedHousingAct('5 kap. 3, 6 och 7 §§, 7 kap. 2 §', 'C')],
    period: { kind: 'months', count: 6, roll: 'none' },
    periodStatus: 'C',
    recurring: true,
  },
  'D-19': {
    version: 1,
    title: {
      sv: 'kontaktförbudet löper ut senast efter ett år',
      en: 'the contact ban expires after a year at most',
    },
    startsAt: { sv: 'kontaktförbudet meddelades', en: 'the contact ban was granted' },
    boundBy: 'prosecutor',
    character: 'statute',
    sources: [contactBanAct('4, 6 a, 7 och 19 §§', 'C')],
    period: { kind: 'months', count: 12, roll: 'none' },
    periodStatus: 'C',
    note: {
      sv: 'Åklagaren prövar frågan skyndsamt. Beslutets egen tid gäller om den är kortare.',
      en: "The prosecutor decides promptly. The decision's own time holds if it is shorter.",
    },
  },
  'D-19-shared-home': {
    version: 1,
    title: {
      sv: 'kontaktförbud avseende gemensam bostad löper ut senast efter två månader',
      en: 'a contact ban for a shared home expires after two months at most',
    },
    startsAt: { sv: 'kontaktförbudet meddelades', en: 'the contact ban was granted' },
    boundBy: 'prosecutor',
    character: 'statute',
    sources: [contactBanAct('4, 6 a, 7 och 19 §§', 'C')],
    period: { kind: 'months', count: 2, roll: 'none' },
    periodStatus: 'C',
  },
  'D-19-extension': {
    version: 1,
    title: {
      sv: 'en förlängning av förbudet avseende gemensam bostad gäller högst två veckor',
      en: 'an extension of the ban for a shared home lasts two weeks at most',
    },
    startsAt: { sv: 'förlängningen började gälla', en: 'the extension took effect' },
    boundBy: 'prosecutor',
    character: 'statute',
    sources: [contactBanAct('4, 6 a, 7 och 19 §§', 'C')],
    period: { kind: 'weeks', count: 2, roll: 'none' },
    periodStatus: 'C',
  },
  'D-19-hearing': {
    version: 1,
    title: {
      sv: 'rätten håller förhandling om gemensam bostad senast på fjärde dagen',
      en: 'the court holds its hearing on a shared home on the fourth day at the latest',
    },
    startsAt: { sv: 'begäran om prövning kom in', en: 'the request for review was received' },
    boundBy: 'court',
    character: 'statute',
    sources: [contactBanAct('4, 6 a, 7 och 19 §§', 'C')],
    period: { kind: 'days', count: 4, roll: 'none' },
    periodStatus: 'C',
    note: {
      sv: 'Undantagen från lag (1930:173) 2 §: flyttas inte.',
      en: 'Excepted from act 1930:173 section 2: it does not move.',
    },
  },
  'D-21': {
    version: 1,
    title: {
      sv: 'beslutet om omedelbart omhändertagande underställs förvaltningsrätten inom en vecka, annars upphör det',
      en: 'the decision on immediate care is submitted to the administrative court within a week, else it lapses',
    },
    startsAt: { sv: 'beslutet om omhändertagande', en: 'the decision on immediate care' },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [careOfYoungPersonsAct('7 §', 'U')],
    period: { kind: 'weeks', count: 1, roll: 'lapse' },
    periodStatus: 'U',
    note: FOR_A_LAWYER,
  },
  'D-22': {
    version: 1,
    title: {
      sv: 'ansökan om vård görs inom fyra veckor, annars upphör omhändertagandet',
      en: 'the application for care is made within four weeks, else the immediate care lapses',
    },
    startsAt: { sv: 'omhändertagandet verkställdes', en: 'the immediate care was carried out' },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [careOfYoungPersonsAct('8 §', 'U')],
    period: { kind: 'weeks', count: 4, roll: 'lapse' },
    periodStatus: 'U',
    note: FOR_A_LAWYER,
  },
} as const satisfies Record<string, DeadlineRule>;
