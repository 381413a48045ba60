import { formatLocalTime, localDateOfInstant, minutesOf, parseLocalTime, weekdayOf } from '#calendar';
import { keysOf, type Label } from '../wording/index.js';
import type { ContactChannel, ContactManner, SafeContactCard, SafeWindow } from './safe-contact.js';

/** What a contact can break (forms.md 1; DESIGN 8). `field` is the part of the manner that does. */
export const SAFE_CONTACT_RULES = {
  CHANNEL: {
    field: 'channel',
    label: { sv: 'Personen kan inte nås på det sättet.', en: 'The person cannot be reached that way.' },
  },
  TIME: {
    field: 'at',
    label: { sv: 'Tiden är inte säker.', en: 'The time is not safe.' },
  },
  MESSAGE: {
    field: 'leftMessage',
    label: {
      sv: 'Inget meddelande får lämnas, eller så är det inte sagt att det får.',
      en: 'No message may be left, or nobody said that one may.',
    },
  },
  SAID_WHO: {
    field: 'saidWhoWeAre',
    label: {
      sv: 'Vi får inte säga vilka vi är, eller så är det inte sagt att vi får.',
      en: 'We may not say who we are, or nobody said that we may.',
    },
  },
  SHARED_PHONE: {
    field: 'channel',
    label: {
      sv: 'Telefonen delas, eller så är det inte sagt att den inte gör det: någon annan kan läsa eller lyssna.',
      en: 'The telephone is shared, or nobody said that it is not: somebody else may read or listen.',
    },
  },
  RELATIVE_INTERPRETED: {
    field: 'interpreter',
    label: {
      sv: 'En anhörig eller bekant tolkar aldrig.',
      en: 'A relative or acquaintance never interprets.',
    },
  },
  NO_INTERPRETER: {
    field: 'interpreter',
    label: { sv: 'Tolk behövs för att tala med personen.', en: 'An interpreter is needed to speak.' },
  },
} as const satisfies Record<string, { field: keyof ContactManner; label: Label }>;
export type SafeContactRule = keyof typeof SAFE_CONTACT_RULES;

/** Somebody talks, so that an interpreter can be needed. */
const SPOKEN: readonly ContactChannel[] = ['phone-call', 'in-person', 'through-another'];
/** What stays on a telephone for whoever holds it. */
const STAYS_ON_PHONE: readonly ContactChannel[] = ['text-message'];

/**
 * Which rules a contact breaks, in the order of the table; none is right. What nobody was told counts as not allowed.
 * `reached`: she was spoken with herself, so that an interpreter can have been needed.
 */
export function brokenBy(
  card: SafeContactCard | null,
  manner: ContactManner,
  reached: boolean,
): readonly SafeContactRule[] {
  const rules = new Set<SafeContactRule>();
  if (manner.interpreter === 'relative') rules.add('RELATIVE_INTERPRETED');
  if (card !== null) {
    if (!channelsOf(card).includes(manner.channel)) rules.add('CHANNEL');
    if (!isSafeTime(card, manner)) rules.add('TIME');
    if (manner.leftMessage && card.voicemail !== true) rules.add('MESSAGE');
    // To herself it may be said; whoever else answers, or passes it on, is somebody else.
    const saidToAnother = manner.saidWhoWeAre && (!reached || manner.channel === 'through-another');
    if (saidToAnother && card.mayWeSayWhoWeAre !== true) rules.add('SAID_WHO');
    const stays = manner.leftMessage || STAYS_ON_PHONE.includes(manner.channel);
    if (stays && card.sharedPhone !== false) rules.add('SHARED_PHONE');
    if (reached && card.interpreter === 'needed' && SPOKEN.includes(manner.channel)) {
      if (manner.interpreter === 'none') rules.add('NO_INTERPRETER');
    }
  }
  return keysOf(SAFE_CONTACT_RULES).filter((rule) => rules.has(rule));
}

/** The ways in which a person can be reached, as far as it was told. */
export function channelsOf({ channels, number }: SafeContactCard): readonly ContactChannel[] {
  return channels ?? (number === 'unknown' ? ['in-person'] : ['phone-call', 'in-person']);
}

function isSafeTime(
  { windows, times }: SafeContactCard,
  { at, channel, withinTimes }: ContactManner,
): boolean {
  // Who comes by herself chose the time.
  if (channel === 'in-person') return true;
  if (windows !== null && windows.length > 0) return windows.some((window) => isWithin(window, at));
  return times === 'unknown' || withinTimes;
}

/** Whether an instant is inside a window of its local day. A window that ends before it begins goes past midnight. */
export function isWithin({ weekdays, from, until }: SafeWindow, at: Date): boolean {
  const today = weekdayOf(localDateOfInstant(at));
  const time = parseLocalTime(formatLocalTime(at));
  if (time === undefined) return false;
  const [minute, start, end] = [minutesOf(time), minutesOf(from), minutesOf(until)];
  if (start < end) return weekdays.includes(today) && start <= minute && minute < end;
  const yesterday = weekdays.find((day) => (day % 7) + 1 === today);
  return (weekdays.includes(today) && minute >= start) || (yesterday !== undefined && minute < end);
}
