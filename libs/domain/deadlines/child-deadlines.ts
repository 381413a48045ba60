import { localTimeOf } from '#calendar';
import type { DeadlineRule } from './deadline-rule.js';
import {
  careOfYoungPersonsAct,
  oldSocialServicesAct,
  oldViolenceRegulation,
  protectionAssessmentBill,
  shippedTime,
  socialServicesAct,
  violenceRegulation,
} from './legal-acts.js';

const REPORT_RECEIVED = { sv: 'orosanmälan inkom', en: 'the report of concern was received' };
const SECTION_UNKNOWN = {
  sv: 'Paragrafens nummer i 2025 års lag är obekräftat.',
  en: 'The section number in the act of 2025 is unconfirmed.',
};

/** What a report about a child sets going: domain.md B3, D-01 to D-07. */
export const CHILD_DEADLINES = {
  'D-01': {
    version: 1,
    title: {
      sv: 'omedelbar skyddsbedömning görs genast och dokumenteras',
      en: 'the immediate protection assessment is made at once and documented',
    },
    startsAt: REPORT_RECEIVED,
    boundBy: 'first-social-authority',
    character: 'statute',
    sources: [
      oldSocialServicesAct('11 kap. 1 a § första stycket', 'C'),
      socialServicesAct('20 kap. 1 §', 'U'),
    ],
    period: { kind: 'minutes', count: 60 },
    periodStatus: 'U',
    note: {
      sv: 'Lagen säger genast; att larm går efter en timme är en inställning. Löper alla dagar och flyttas aldrig. Paragrafens nummer i 2025 års lag är obekräftat.',
      en: 'The act says at once; that the call comes after an hour is configuration. It runs on all days and never moves. The section number in the act of 2025 is unconfirmed.',
    },
  },
  'D-02': {
    version: 1,
    title: {
      sv: 'skyddsbedömningen är klar samma dag, senast dagen efter om anmälan kom sent',
      en: 'the protection assessment is done the same day, the day after if the report came late',
    },
    startsAt: REPORT_RECEIVED,
    boundBy: 'first-social-authority',
    character: 'preparatory-works',
    sources: [protectionAssessmentBill(undefined, 'C')],
    period: { kind: 'same-day', late: { from: localTimeOf(20, 0), days: 1 } },
    periodStatus: 'U',
    note: {
      sv: 'Att sent på dagen är från kl. 20.00 är en inställning. Löper alla dagar och flyttas aldrig.',
      en: 'That late in the day is from 20:00 is configuration. It runs on all days and never moves.',
    },
  },
  'D-03': {
    version: 1,
    title: {
      sv: 'beslut att inleda eller inte inleda utredning fattas inom 14 dagar',
      en: 'the decision to open or not to open an investigation is made within 14 days',
    },
    startsAt: REPORT_RECEIVED,
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [
      oldSocialServicesAct('11 kap. 1 a § andra stycket', 'C'),
      socialServicesAct('20 kap. 2 §', 'CI'),
    ],
    period: { kind: 'days', count: 14, roll: 'next-working-day' },
    periodStatus: 'C',
    note: {
      sv: 'Gäller inte om en utredning av barnet redan pågår; får överskridas vid synnerliga skäl.',
      en: 'Does not apply if an investigation of the child is already running; may be exceeded for exceptional reasons.',
    },
  },
  'D-04': {
    version: 1,
    title: {
      sv: 'utredning inleds utan dröjsmål när ett barn kan ha utsatts för eller bevittnat våld av eller mot en närstående',
      en: 'an investigation is opened without delay when a child may have suffered or witnessed violence by or against a close person',
    },
    startsAt: REPORT_RECEIVED,
    boundBy: 'holding-social-authority',
    character: 'binding-regulation',
    sources: [oldViolenceRegulation('6 kap. 1 §', 'C'), violenceRegulation(undefined, 'U')],
    period: { kind: 'first-office-day' },
    periodStatus: 'U',
    note: {
      sv: 'Föreskriften säger utan dröjsmål; slutet av första kontorsdagen är en inställning.',
      en: 'The regulation says without delay; the end of the first office day is configuration.',
    },
  },
  'report-feedback': {
    version: 1,
    title: {
      sv: 'det beslutas vad den som anmälde får veta',
      en: 'it is decided what the reporter is told',
    },
    startsAt: { sv: 'beslutet om utredning fattades', en: 'the decision on an investigation was made' },
    boundBy: 'holding-social-authority',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: { kind: 'office-days', count: 5 },
    periodStatus: 'U',
    note: {
      sv: 'OSL 26:9 a tillåter återkopplingen; en tidsgräns är föreslagen (prop. 2025/26:12) och obekräftad. Fem kontorsdagar är en inställning.',
      en: 'OSL 26:9 a allows the feedback; a time limit is proposed (prop. 2025/26:12) and unconfirmed. Five office days is configuration.',
    },
  },
  'D-05': {
    version: 1,
    title: {
      sv: 'barnutredningen är slutförd inom fyra månader',
      en: "the child's investigation is completed within four months",
    },
    startsAt: { sv: 'utredningen inleddes', en: 'the investigation was opened' },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [oldSocialServicesAct('11 kap. 2 §', 'C'), socialServicesAct('20 kap. 3–5 §§', 'CI')],
    period: { kind: 'months', count: 4, roll: 'next-working-day' },
    periodStatus: 'C',
    note: {
      sv: 'Nämnden får förlänga för viss tid vid särskilda skäl.',
      en: 'The board may extend it for a certain time for special reasons.',
    },
  },
  'D-06': {
    version: 1,
    title: {
      sv: 'den som berörs underrättas genast om att utredning inletts',
      en: 'those concerned are told at once that an investigation is opened',
    },
    startsAt: { sv: 'utredningen inleddes', en: 'the investigation was opened' },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [oldSocialServicesAct('11 kap. 2 §', 'C'), socialServicesAct('20 kap. 3–5 §§', 'CI')],
    period: { kind: 'first-office-day' },
    periodStatus: 'U',
    note: {
      sv: 'Lagen säger genast om inte särskilda skäl talar emot; slutet av första kontorsdagen är en inställning.',
      en: 'The act says at once unless there are special reasons; the end of the first office day is configuration.',
    },
  },
  'D-07': {
    version: 1,
    title: {
      sv: 'en beslutad uppföljning av barnets situation avslutas inom två månader',
      en: "a decided follow-up of the child's situation ends within two months",
    },
    startsAt: {
      sv: 'utredningen avslutades utan insats, eller placeringen upphörde',
      en: 'the investigation was closed without a measure, or the placement ended',
    },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [oldSocialServicesAct('11 kap. 4 c §', 'C'), socialServicesAct(undefined, 'U')],
    period: { kind: 'months', count: 2, roll: 'none' },
    periodStatus: 'C',
    note: {
      sv: `Ett tak för en uppföljning som nämnden får besluta om när villkoren är uppfyllda. ${SECTION_UNKNOWN.sv}`,
      en: `A ceiling for a follow-up that the board may decide when its conditions are met. ${SECTION_UNKNOWN.en}`,
    },
  },
  'D-07-lvu': {
    version: 1,
    title: {
      sv: 'en beslutad uppföljning efter vård enligt LVU avslutas inom sex månader',
      en: 'a decided follow-up after care under LVU ends within six months',
    },
    startsAt: { sv: 'vården upphörde', en: 'the care ended' },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [careOfYoungPersonsAct('21 c §', 'C')],
    period: { kind: 'months', count: 6, roll: 'none' },
    periodStatus: 'C',
  },
} as const satisfies Record<string, DeadlineRule>;
