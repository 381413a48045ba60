import type { LocalTime, Weekday } from '#calendar';
import type { Label } from '../wording/index.js';

/** How somebody can be reached. Handslag itself uses none of them: people do (DESIGN 8). */
export const CONTACT_CHANNELS = {
  'phone-call': { sv: 'Telefonsamtal', en: 'Telephone call' },
  'text-message': { sv: 'Sms', en: 'Text message' },
  'e-mail': { sv: 'E-post', en: 'E-mail' },
  letter: { sv: 'Brev', en: 'Letter' },
  'in-person': { sv: 'Personligt möte', en: 'In person' },
  'through-another': { sv: 'Genom någon annan', en: 'Through somebody else' },
} as const satisfies Record<string, Label>;
export type ContactChannel = keyof typeof CONTACT_CHANNELS;

export const INTERPRETERS = {
  none: { sv: 'Ingen tolk', en: 'No interpreter' },
  authorised: { sv: 'Tolk', en: 'Interpreter' },
  relative: { sv: 'Anhörig eller bekant tolkade', en: 'A relative or acquaintance interpreted' },
} as const satisfies Record<string, Label>;
export type InterpreterUsed = keyof typeof INTERPRETERS;

export type Told<Value> = Value | 'unknown';

/** From one time of the day until another, on these weekdays, in Europe/Stockholm; until is not included. */
export interface SafeWindow {
  readonly weekdays: readonly Weekday[];
  readonly from: LocalTime;
  readonly until: LocalTime;
}

/** How a person can be reached without danger, as she told it. */
export interface SafeContactCard {
  readonly number: Told<string>;
  /** In her words. */
  readonly times: Told<string>;
  /** The same as can be checked; null when only her words are known. */
  readonly windows: readonly SafeWindow[] | null;
  /** Null when nobody asked: then by telephone where a number is known, and face to face. */
  readonly channels: readonly ContactChannel[] | null;
  readonly mayWeSayWhoWeAre: Told<boolean>;
  readonly voicemail: Told<boolean>;
  readonly sharedPhone: Told<boolean>;
  readonly language: Told<string>;
  readonly interpreter: Told<'needed' | 'not-needed'>;
}

/** How contact was made, or tried. */
export interface ContactManner {
  readonly channel: ContactChannel;
  readonly at: Date;
  readonly leftMessage: boolean;
  readonly saidWhoWeAre: boolean;
  readonly interpreter: InterpreterUsed;
  /** The worker's own word that it was within the times that are known in words only. */
  readonly withinTimes: boolean;
}
