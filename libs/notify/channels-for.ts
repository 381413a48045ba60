import { localDateOfInstant } from '#calendar';
import { type ContactPoint, type DirectorySnapshot, isInForce, type NoticeFunction } from '#domain';
import type { ChannelName } from './channel.port.js';
import type { Notice } from './notice.js';
import { type RingNumber, ringNumber } from './notice-words.js';

/** What a unit has said about how it is reached, beside mail: a number in the directory, and a system of its own. */
export interface ReachedBy {
  readonly sms: SmsAddress | null;
  readonly hasWebhook: boolean;
}

/** A function's number for text messages, and from which rung of a ladder it wants them; null is the usual. */
export interface SmsAddress {
  readonly number: RingNumber;
  readonly fromRung: number | null;
}

/** A text message wakes: where the directory says nothing else, from the second rung on, and at once for what must not wait. */
const SMS_FROM_RUNG = 1;
const SMS_AT_ONCE: readonly Notice['kind'][] = ['ring', 'offer.acute'];

/**
 * The ways that a notice takes. Mail always: it is the default and the one that the watchdog has too. A text message where
 * the directory names a number for that function, from the rung it names. The unit's own system, where its administrator
 * has registered one, of everything to who is on duty.
 */
export function channelsFor(notice: Notice, { sms, hasWebhook }: ReachedBy): ChannelName[] {
  return [
    'email',
    ...(sms !== null && isTexted(notice, sms) ? (['sms'] as const) : []),
    ...(hasWebhook && notice.function === 'on-duty' ? (['webhook'] as const) : []),
  ];
}

function isTexted({ kind, rung }: Notice, { fromRung }: SmsAddress): boolean {
  if (fromRung !== null) return rung >= fromRung;
  return SMS_AT_ONCE.includes(kind) || rung >= SMS_FROM_RUNG;
}

/** Where text messages to a function of a unit go on the day of an instant, from the directory; never a person's number. */
export function smsAddressOf(
  snapshot: DirectorySnapshot,
  unit: string,
  ofFunction: NoticeFunction,
  at: Date,
): SmsAddress | null {
  const point = pointOf(snapshot, unit, `sms-${ofFunction}`, at);
  const number = point === undefined ? null : ringNumber(point.value);
  return point === undefined || number === null ? null : { number, fromRung: point.fromRung };
}

/** The number by which a unit is rung on the day of an instant; null where the directory has none. */
export function ringNumberOf(snapshot: DirectorySnapshot, unit: string | null, at: Date): RingNumber | null {
  const point = unit === null ? undefined : pointOf(snapshot, unit, 'ring', at);
  return point === undefined ? null : ringNumber(point.value);
}

function pointOf(
  { contactPoints }: DirectorySnapshot,
  unit: string,
  purpose: ContactPoint['purpose'],
  at: Date,
): ContactPoint | undefined {
  const day = localDateOfInstant(at);
  return contactPoints.find((one) => one.unit === unit && one.purpose === purpose && isInForce(one, day));
}
