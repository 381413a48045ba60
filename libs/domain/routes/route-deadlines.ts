import type { LadderName } from './ladder.js';
import type { RouteDeadline, RouteDefinition } from './route.js';

type Deadlines = RouteDefinition['deadlines'];

const ofReceiver = (rule: RouteDeadline['rule'], ladder: LadderName): RouteDeadline => ({
  rule,
  dutyHolder: 'receiving-unit',
  askedOf: 'receiving-unit',
  ladder,
  cappedByNeededBefore: false,
});

const ofSender = (rule: RouteDeadline['rule'], ladder: LadderName): RouteDeadline => ({
  rule,
  dutyHolder: 'sending-unit',
  askedOf: 'sending-unit',
  ladder,
  cappedByNeededBefore: false,
});

/** Police → socialjouren, and → an ordinary unit in office hours (DESIGN 6.1, 13). */
export const ACUTE_DEADLINES: Deadlines = {
  // Undelivered or unopened: the sender is called, and told to ring, with the number (C3).
  delivery: { ...ofReceiver('delivery', 'acute-ring'), askedOf: 'sending-unit' },
  opening: { ...ofReceiver('opening', 'acute-ring'), askedOf: 'sending-unit' },
  acceptance: ofReceiver('acceptance-acute', 'acute'),
  'first-contact': ofReceiver('first-contact', 'office'),
  review: ofSender('review-after-decline-acute', 'acute'),
  'information-answer': ofSender('answer-information-acute', 'acute'),
  'cancellation-answer': ofReceiver('answer-cancellation', 'office'),
};

/** Between ordinary units, and socialjouren → an ordinary unit (DESIGN 6.1, 13). */
export const OFFICE_DEADLINES: Deadlines = {
  delivery: { ...ofReceiver('delivery', 'office'), askedOf: 'sending-unit' },
  acceptance: { ...ofReceiver('acceptance-office', 'office'), cappedByNeededBefore: true },
  'first-contact': ofReceiver('first-contact', 'office'),
  review: ofSender('review-after-decline', 'office'),
  'information-answer': ofSender('answer-information', 'office'),
  'cancellation-answer': ofReceiver('answer-cancellation', 'office'),
};

/** To the Region (REC-5, C4): acknowledged in a working day, decided in five, the first visit by what kind of care it is. */
export function careDeadlines(
  firstVisit: 'first-visit-child-psychiatry' | 'first-visit-specialist',
): Deadlines {
  return {
    delivery: { ...ofReceiver('delivery', 'office'), askedOf: 'sending-unit' },
    opening: ofReceiver('region-receipt', 'office'),
    acceptance: ofReceiver('region-decision', 'office'),
    'first-contact': ofReceiver(firstVisit, 'office'),
    review: ofSender('review-after-decline', 'office'),
    'information-answer': ofSender('answer-information', 'office'),
    'cancellation-answer': ofReceiver('answer-cancellation', 'office'),
  };
}

/** To a unit outside Handslag: the sender rings, attests, and checks again on the next office day (DESIGN 2). */
export const ATTESTED_DEADLINES: Deadlines = {
  acceptance: ofSender('acceptance-office', 'office'),
  review: ofSender('review-after-decline', 'office'),
  recheck: ofSender('attested-check', 'office'),
};

/** From the police to a unit outside: as to socialjouren, but it is the police that ring and attest. */
export const ATTESTED_ACUTE_DEADLINES: Deadlines = {
  acceptance: ofSender('acceptance-acute', 'acute-ring'),
  review: ofSender('review-after-decline-acute', 'acute'),
  recheck: ofSender('attested-check', 'office'),
};

/** A concern report cannot be cancelled (C9), so nobody owes an answer to that. */
export function withoutCancellation({ 'cancellation-answer': _never, ...rest }: Deadlines): Deadlines {
  return rest;
}
