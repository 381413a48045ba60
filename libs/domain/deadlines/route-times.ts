import { localTimeOf, type NamedEvent, type Period, type Text } from '#calendar';
import type { DeadlineRule, DutyHolderKind } from './deadline-rule.js';
import { shippedTime } from './legal-acts.js';

/** The incident behind a handoff. Without it, acceptance counts from the sending alone. */
export const INCIDENT: NamedEvent = { id: 'incident', label: { sv: 'händelsen', en: 'the incident' } };

/** What the receiver must be there for: school pick-up, a contact visit, a release from custody. */
export const NEEDED_BEFORE: NamedEvent = {
  id: 'needed-before',
  label: { sv: 'tiden som hjälpen behövs före', en: 'the time before which help is needed' },
};

/** A time that ships where no norm gives one (DESIGN 6 and 13). */
const shipped = (title: Text, startsAt: Text, boundBy: DutyHolderKind, period: Period) =>
  ({
    version: 1,
    title,
    startsAt,
    boundBy,
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period,
    periodStatus: 'U',
  }) as const satisfies DeadlineRule;

const SENT = { sv: 'erbjudandet skickades', en: 'the offer was sent' };
const DECLINED = { sv: 'erbjudandet avböjdes', en: 'the offer was declined' };
const ASKED = { sv: 'frågan ställdes', en: 'the question was asked' };

const ANSWER_TITLE = { sv: 'frågan besvaras', en: 'the question is answered' };
const REVIEW_TITLE = {
  sv: 'avsändaren tar ställning till avböjandet',
  en: 'the sender decides what to do after the decline',
};
const CONTACT_TITLE = { sv: 'första kontakten tas', en: 'first contact is made' };
const FOLLOW_UP_TITLE = {
  sv: 'uppföljning efter utflyttning görs',
  en: 'the follow-up after the exit is made',
};
const EXIT = { sv: 'placeringen upphörde', en: 'the placement ended' };

/**
 * Two of the receiver's office hours from the later of its first opening after the incident and the sending; earlier
 * if it is needed before that (DESIGN 6.1).
 */
const TWO_OFFICE_HOURS: Period = {
  kind: 'earliest',
  of: [
    {
      kind: 'then',
      first: {
        kind: 'latest',
        of: [{ kind: 'from-event', event: INCIDENT, period: { kind: 'when-open' } }, { kind: 'at-once' }],
      },
      next: { kind: 'office-minutes', count: 120 },
    },
    { kind: 'known-instant', event: NEEDED_BEFORE },
  ],
};

const days = (count: number): Period => ({ kind: 'days', count, roll: 'none' });

/** Times of routes and of follow-up, all configuration. `-acute` is for the acute routes. */
export const ROUTE_TIMES = {
  send: shipped(
    { sv: 'det som rapporterats skickas vidare', en: 'what was reported is sent on' },
    { sv: 'händelsen registrerades', en: 'the incident was recorded' },
    'sending-unit',
    { kind: 'minutes', count: 15 },
  ),
  delivery: shipped(
    { sv: 'erbjudandet är framme i mottagarens system', en: "the offer has reached the receiver's system" },
    SENT,
    'receiving-system',
    { kind: 'minutes', count: 1 },
  ),
  opening: shipped(
    { sv: 'en person hos mottagaren öppnar erbjudandet', en: 'a person at the receiver opens the offer' },
    SENT,
    'receiving-unit',
    { kind: 'minutes', count: 3 },
  ),
  'acceptance-acute': shipped(
    { sv: 'mottagaren tar över akut', en: 'the receiver takes over, acute' },
    SENT,
    'receiving-unit',
    { kind: 'minutes', count: 30 },
  ),
  'acceptance-office': shipped(
    {
      sv: 'mottagaren tar över inom två kontorstimmar',
      en: 'the receiver takes over within two office hours',
    },
    SENT,
    'receiving-unit',
    TWO_OFFICE_HOURS,
  ),
  'first-contact': shipped(
    CONTACT_TITLE,
    { sv: 'övertagandet skulle ha skett', en: 'acceptance was due' },
    'receiving-unit',
    { kind: 'same-day' },
  ),
  'contact-offered': shipped(
    {
      sv: 'kontakt erbjuds senast kl. 12 första kontorsdagen',
      en: 'contact is offered by 12:00 on the first office day',
    },
    { sv: 'händelsen', en: 'the incident' },
    'responsible-unit',
    { kind: 'first-office-day-at', time: localTimeOf(12, 0) },
  ),
  'review-after-decline-acute': shipped(REVIEW_TITLE, DECLINED, 'sending-unit', {
    kind: 'minutes',
    count: 15,
  }),
  'review-after-decline': shipped(REVIEW_TITLE, DECLINED, 'sending-unit', {
    kind: 'office-minutes',
    count: 60,
  }),
  'answer-information-acute': shipped(ANSWER_TITLE, ASKED, 'sending-unit', { kind: 'minutes', count: 30 }),
  'answer-information': shipped(ANSWER_TITLE, ASKED, 'sending-unit', { kind: 'office-days', count: 1 }),
  'answer-cancellation': shipped(
    { sv: 'begäran om att avbryta besvaras', en: 'the request to cancel is answered' },
    { sv: 'begäran gjordes', en: 'the request was made' },
    'responsible-unit',
    { kind: 'office-days', count: 1 },
  ),
  'decide-after-attempts': shipped(
    {
      sv: 'efter tre misslyckade kontaktförsök beslutas om personen behöver sökas upp',
      en: 'after three failed contacts it is decided whether to check on the person',
    },
    { sv: 'tredje försöket inom två dygn', en: 'the third attempt within two days' },
    'responsible-unit',
    { kind: 'same-day', late: { from: localTimeOf(20, 0), days: 1 } },
  ),
  'hand-back-confirmed': shipped(
    {
      sv: 'ärendet erbjuds tillbaka efter att avbrottet bekräftats',
      en: 'the matter is offered back after the cancellation was confirmed',
    },
    { sv: 'avbrottet bekräftades', en: 'the cancellation was confirmed' },
    'responsible-unit',
    { kind: 'office-minutes', count: 60 },
  ),
  'attested-check': shipped(
    {
      sv: 'övertagandet utanför Handslag kontrolleras nästa kontorsdag',
      en: 'the handover outside Handslag is checked again on the next office day',
    },
    { sv: 'övertagandet intygades', en: 'the handover was attested' },
    'sending-unit',
    { kind: 'office-days', count: 1 },
  ),
  review: {
    ...shipped(
      { sv: 'ärendet ses över', en: 'the matter is reviewed' },
      { sv: 'senaste genomgången', en: 'the last review' },
      'responsible-unit',
      days(14),
    ),
    recurring: true,
  },
  'risk-review': shipped(
    { sv: 'risken bedöms på nytt samma dag', en: 'the risk is reviewed the same day' },
    {
      sv: 'gripande, frigivning eller ändrat kontaktförbud',
      en: 'an arrest, a release or a change of a contact ban',
    },
    'responsible-unit',
    { kind: 'same-day' },
  ),
  'region-receipt': shipped(
    { sv: 'regionen bekräftar remissen', en: 'the region acknowledges the referral' },
    SENT,
    'receiving-region-unit',
    { kind: 'working-days', count: 1 },
  ),
  'region-decision': shipped(
    { sv: 'regionen beslutar om remissen', en: 'the region decides on the referral' },
    SENT,
    'receiving-region-unit',
    { kind: 'working-days', count: 5 },
  ),
  'first-visit-child-psychiatry': shipped(
    { sv: 'första besöket hos BUP', en: 'the first visit to child psychiatry' },
    { sv: 'remissen togs emot', en: 'the referral was received' },
    'receiving-region-unit',
    days(30),
  ),
  'first-visit-specialist': shipped(
    { sv: 'första besöket i specialistvården', en: 'the first visit to specialist care' },
    { sv: 'remissen togs emot', en: 'the referral was received' },
    'receiving-region-unit',
    days(90),
  ),
  'waiting-list-check': {
    ...shipped(
      { sv: 'tryggheten stäms av under väntetiden', en: 'safety is checked while waiting' },
      { sv: 'senaste avstämningen', en: 'the last check' },
      'responsible-unit',
      days(14),
    ),
    recurring: true,
  },
  'safe-contact-check': {
    ...shipped(
      { sv: 'den säkra kontaktvägen bekräftas på nytt', en: 'the safe contact is confirmed anew' },
      { sv: 'senaste bekräftelsen', en: 'the last confirmation' },
      'responsible-unit',
      days(30),
    ),
    recurring: true,
  },
  'exit-follow-up-2': shipped(FOLLOW_UP_TITLE, EXIT, 'responsible-unit', days(2)),
  'exit-follow-up-14': shipped(FOLLOW_UP_TITLE, EXIT, 'responsible-unit', days(14)),
  'exit-follow-up-30': shipped(FOLLOW_UP_TITLE, EXIT, 'responsible-unit', days(30)),
} as const satisfies Record<string, DeadlineRule>;
