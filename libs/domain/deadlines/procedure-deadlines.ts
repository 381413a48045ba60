import type { DeadlineRule } from './deadline-rule.js';
import {
  administrativeProcedureAct,
  informationTalksAct,
  oldSocialServicesAct,
  socialServicesAct,
  statusReport2021,
} from './legal-acts.js';

const ROLL_INFERRED = {
  sv: 'Att tiden flyttas till nästa vardag är en slutsats av lag (1930:173) 2 §.',
  en: 'That the time moves to the next working day is inferred from act 1930:173 section 2.',
};

/** Talks, appeals, transfers and cooperation: domain.md B3, D-13 to D-18 and D-20. */
export const PROCEDURE_DEADLINES = {
  'D-13': {
    version: 1,
    title: {
      sv: 'informationssamtal hålls så snart som möjligt, senast inom fyra veckor',
      en: 'the information talk is held as soon as possible, within four weeks at most',
    },
    startsAt: { sv: 'begäran om samtal', en: 'the request for a talk' },
    boundBy: 'family-law-unit',
    character: 'statute',
    sources: [informationTalksAct('5 och 6 §§', 'C')],
    period: { kind: 'weeks', count: 4, roll: 'next-working-day' },
    periodStatus: 'C',
    note: ROLL_INFERRED,
  },
  'D-14': {
    version: 1,
    title: {
      sv: 'efter sex månader får den enskilde begära att ärendet avgörs',
      en: 'after six months the person may ask that the case be decided',
    },
    startsAt: { sv: 'ärendet inleddes av den enskilde', en: 'the person started the case' },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [administrativeProcedureAct('12 §', 'C')],
    period: { kind: 'months', count: 6, roll: 'none' },
    periodStatus: 'C',
  },
  'D-14-answer': {
    version: 1,
    title: {
      sv: 'myndigheten avgör ärendet eller avslår begäran inom fyra veckor',
      en: 'the authority decides the case or refuses the request within four weeks',
    },
    startsAt: { sv: 'begäran om avgörande kom in', en: 'the request for a decision was received' },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [administrativeProcedureAct('12 §', 'C')],
    period: { kind: 'weeks', count: 4, roll: 'next-working-day' },
    periodStatus: 'C',
    note: ROLL_INFERRED,
  },
  'D-15': {
    version: 1,
    title: { sv: 'beslutet överklagas inom tre veckor', en: 'the decision is appealed within three weeks' },
    startsAt: { sv: 'den enskilde fick del av beslutet', en: 'the person received the decision' },
    boundBy: 'party-to-the-case',
    character: 'statute',
    sources: [administrativeProcedureAct('44 §', 'C')],
    period: { kind: 'weeks', count: 3, roll: 'next-working-day' },
    periodStatus: 'C',
  },
  'D-16': {
    version: 1,
    title: {
      sv: 'gynnande beslut som inte verkställts rapporteras efter tre månader, därefter varje kvartal',
      en: 'a favourable decision not carried out is reported after three months, then every quarter',
    },
    startsAt: {
      sv: 'det gynnande beslutet, eller senaste rapporten',
      en: 'the favourable decision, or the last report',
    },
    boundBy: 'deciding-board',
    character: 'statute',
    sources: [oldSocialServicesAct('16 kap. 6 f §', 'C'), socialServicesAct('32 eller 34 kap.', 'U')],
    period: { kind: 'months', count: 3, roll: 'next-working-day' },
    periodStatus: 'C',
    note: ROLL_INFERRED,
    recurring: true,
  },
  'D-17': {
    version: 1,
    title: {
      sv: 'begäran om överflyttning besvaras utan dröjsmål; utan svar inom en månad får den andra kommunen vända sig till IVO',
      en: 'a request to transfer a case is answered without delay; with no answer in a month the other municipality may apply to IVO',
    },
    startsAt: { sv: 'begäran om överflyttning', en: 'the request for transfer' },
    boundBy: 'transfer-receiver',
    character: 'statute',
    sources: [oldSocialServicesAct('2 a kap. 10–11 §§', 'C'), socialServicesAct('29 kap. 10–11 §§', 'CI')],
    period: { kind: 'months', count: 1, roll: 'none' },
    periodStatus: 'C',
    note: {
      sv: 'Mellan stadsdelar i Stockholm är motsvarande ordning obekräftad.',
      en: 'Between districts of Stockholm the corresponding order is unconfirmed.',
    },
  },
  'D-17-ivo': {
    version: 1,
    title: {
      sv: 'IVO beslutar om överflyttning inom tre månader',
      en: 'IVO decides on the transfer within three months',
    },
    startsAt: { sv: 'ansökan kom in till IVO', en: 'the application reached IVO' },
    boundBy: 'supervisory-authority',
    character: 'statute',
    sources: [oldSocialServicesAct('2 a kap. 10–11 §§', 'C'), socialServicesAct('29 kap. 10–11 §§', 'CI')],
    period: { kind: 'months', count: 3, roll: 'next-working-day' },
    periodStatus: 'C',
    note: ROLL_INFERRED,
  },
  'D-18': {
    version: 1,
    title: {
      sv: 'den ordinarie socialtjänsten kopplas in nästkommande vardag, när kontoret öppnar närmast',
      en: 'the ordinary social service is brought in on the next weekday, when its office next opens',
    },
    startsAt: { sv: 'händelsen som socialjouren tog hand om', en: 'the event that socialjouren dealt with' },
    boundBy: 'responsible-unit',
    character: 'local-practice',
    sources: [statusReport2021(undefined, 'S')],
    period: { kind: 'next-opening' },
    periodStatus: 'S',
    note: {
      sv: 'Inte lagstadgad tid: lag (1930:173) tillämpas inte, men kalendern är densamma. En händelse kl. 03.00 en tisdag följs upp samma tisdag.',
      en: 'Not a statutory time: act 1930:173 does not apply, but the calendar is the same. An event at 03:00 on a Tuesday is followed up the same Tuesday.',
    },
  },
  'D-20': {
    version: 1,
    title: {
      sv: 'arbetet med en samordnad individuell plan (SIP) påbörjas utan dröjsmål',
      en: 'work on a coordinated individual plan (SIP) starts without delay',
    },
    startsAt: { sv: 'behovet och samtycket fanns', en: 'the need and the consent were there' },
    boundBy: 'municipality-and-region',
    character: 'statute',
    sources: [oldSocialServicesAct('2 kap. 7 §', 'C'), socialServicesAct(undefined, 'U')],
    period: { kind: 'first-office-day' },
    periodStatus: 'U',
    note: {
      sv: 'Lagen säger utan dröjsmål; slutet av första kontorsdagen är en inställning.',
      en: 'The act says without delay; the end of the first office day is configuration.',
    },
  },
} as const satisfies Record<string, DeadlineRule>;
