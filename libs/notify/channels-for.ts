import type { DirectorySnapshot, NoticeFunction } from '#domain';
import type { ChannelName } from './channel.port.js';
import type { Notice } from './notice.js';
import { type RingNumber, ringNumber } from './notice-words.js';

/** What a unit has said about how it is reached, beside mail: numbers in the directory, and systems of its own. */
export interface ReachedBy {
  readonly hasSmsNumber: boolean;
  readonly hasWebhook: boolean;
}

/** A text message wakes: from the second rung of a ladder on, and at once for what must not wait. */
const SMS_FROM_RUNG = 1;
const SMS_AT_ONCE: readonly Notice['kind'][] = ['ring', 'offer.acute'];

/**
 * The ways that a notice takes. Mail always: it is the default and the one that the watchdog has too. A text message where
 * the directory names a number for that function, when the notice is acute or has climbed. The unit's own system, where
 * its administrator has registered one, of everything to who is on duty.
 */
export function channelsFor(notice: Notice, { hasSmsNumber, hasWebhook }: ReachedBy): ChannelName[] {
  const wakes = SMS_AT_ONCE.includes(notice.kind) || notice.rung >= SMS_FROM_RUNG;
  return [
    'email',
    ...(hasSmsNumber && wakes ? (['sms'] as const) : []),
    ...(hasWebhook && notice.function === 'on-duty' ? (['webhook'] as const) : []),
  ];
}

/** The number for text messages to a function of a unit, from the directory; never a person's. */
export function smsNumberOf(
  { contactPoints }: DirectorySnapshot,
  unit: string,
  ofFunction: NoticeFunction,
): RingNumber | null {
  const point = contactPoints.find((one) => one.unit === unit && one.purpose === `sms-${ofFunction}`);
  return point === undefined ? null : ringNumber(point.value);
}

/** The number by which a unit is rung; null where the directory has none. */
export function ringNumberOf({ contactPoints }: DirectorySnapshot, unit: string | null): RingNumber | null {
  const point = contactPoints.find((one) => one.unit === unit && one.purpose === 'ring');
  return point === undefined ? null : ringNumber(point.value);
}
