import { parseLocalTime, type Weekday } from '#calendar';
import { keysOf } from '../wording/index.js';
import {
  CONTACT_CHANNELS,
  type ContactChannel,
  type SafeContactCard,
  type SafeWindow,
  type Told,
} from './safe-contact.js';

interface Answer {
  readonly field: string;
  readonly value: unknown;
}

const PREFIX = 'safe-contact.';
const CARD = 'safe-contact.card';

/**
 * The card of one person out of the answers about her, as the police's single answers or as the card of a handover; the
 * first of each counts, so hand them the newest first. Null when nobody told anything.
 */
export function cardOfAnswers(answers: readonly Answer[]): SafeContactCard | null {
  const parts = new Map<string, unknown>();
  for (const { field, value } of answers) {
    if (field === CARD && isRecord(value)) {
      for (const [key, part] of Object.entries(value)) if (!parts.has(key)) parts.set(key, part);
    } else if (field.startsWith(PREFIX) && field !== CARD) {
      const key = field.slice(PREFIX.length);
      if (!parts.has(key)) parts.set(key, value);
    }
  }
  if (![...parts.values()].some((value) => value !== 'unknown' && value !== null)) return null;
  return {
    number: text(parts.get('number')),
    times: text(parts.get('times')),
    windows: windowsOf(parts.get('windows')),
    channels: channelsIn(parts.get('channels')),
    mayWeSayWhoWeAre: yesNo(parts.get('may-say-who')),
    voicemail: yesNo(parts.get('voicemail')),
    sharedPhone: yesNo(parts.get('shared-phone')),
    language: text(parts.get('language')),
    interpreter: interpreterOf(parts.get('interpreter')),
  };
}

/** The answers of a card, by their fields; the inverse of {@link cardOfAnswers}. */
export function answersOfCard(card: SafeContactCard): readonly Answer[] {
  const said = (value: Told<boolean>) => (value === 'unknown' ? value : value ? 'YES' : 'NO');
  return [
    { field: 'safe-contact.number', value: card.number },
    { field: 'safe-contact.times', value: card.times },
    { field: 'safe-contact.windows', value: card.windows },
    { field: 'safe-contact.channels', value: card.channels },
    { field: 'safe-contact.may-say-who', value: said(card.mayWeSayWhoWeAre) },
    { field: 'safe-contact.voicemail', value: said(card.voicemail) },
    { field: 'safe-contact.shared-phone', value: said(card.sharedPhone) },
    { field: 'safe-contact.language', value: card.language },
    { field: 'safe-contact.interpreter', value: card.interpreter },
  ];
}

function text(value: unknown): Told<string> {
  return typeof value === 'string' && value !== '' ? value : 'unknown';
}

function yesNo(value: unknown): Told<boolean> {
  return value === 'YES' ? true : value === 'NO' ? false : 'unknown';
}

function interpreterOf(value: unknown): SafeContactCard['interpreter'] {
  // The form's own code is yes or no; the report says it in words.
  if (value === 'needed' || value === 'YES') return 'needed';
  return value === 'not-needed' || value === 'NO' ? 'not-needed' : 'unknown';
}

function channelsIn(value: unknown): readonly ContactChannel[] | null {
  if (!Array.isArray(value)) return null;
  return keysOf(CONTACT_CHANNELS).filter((channel) => value.includes(channel));
}

const DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

function windowsOf(value: unknown): readonly SafeWindow[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((one: unknown): SafeWindow[] => {
    if (!isRecord(one)) return [];
    const { weekdays, from, until } = one;
    const [start, end] = [from, until].map((time) =>
      typeof time === 'string' ? parseLocalTime(time) : undefined,
    );
    if (!Array.isArray(weekdays) || start === undefined || end === undefined) return [];
    return [{ weekdays: DAYS.filter((day) => weekdays.includes(day)), from: start, until: end }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
