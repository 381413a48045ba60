/**
 * Everything that a notice can be about. A closed list: a notice says that there is something to open, and a kind that
 * could be written freely would be a place for content (C5, B8).
 */
export const NOTICE_KINDS = [
  'ring',
  'late',
  'offer.acute',
  'offer.morning',
  'offer.support',
  'offer.care',
  'answered',
  'withdrawn',
  'question',
  'answer',
  'cancellation-requested',
  'nudge',
  'route-proposed',
  'review',
  // What a newer version of the record wants said: that there is something to open, and nothing else.
  'something',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whom at a unit a notice reaches: a function, never a person (DESIGN 2, function address). */
export const NOTICE_FUNCTIONS = ['on-duty', 'unit-head', 'coordinator'] as const;
export type NoticeFunction = (typeof NOTICE_FUNCTIONS)[number];

/** True for a kind of this version. */
export function isNoticeKind(kind: string): kind is NoticeKind {
  return NOTICE_KINDS.some((known) => known === kind);
}

/** True for a function that a notice can reach. */
export function isNoticeFunction(name: string): name is NoticeFunction {
  return NOTICE_FUNCTIONS.some((known) => known === name);
}
