import type { NamedEvent } from '#calendar';
import type { DeadlineRule } from './deadline-rule.js';
import { shippedTime } from './legal-acts.js';

/** The end of the day that was set for the review. */
export const REVIEW_SET: NamedEvent = {
  id: 'review-set',
  label: { sv: 'dagen som sattes för omprövning', en: 'the day set for the review' },
};

/** What keeps a person from being told for ever: a postponed decision is reviewed (DESIGN 6.4, 13). */
export const SAFETY_TIMES = {
  'safety-gate-review': {
    version: 1,
    title: {
      sv: 'det omprövas om personen får nås',
      en: 'it is reviewed whether the person may be reached',
    },
    startsAt: { sv: 'beslutet att skjuta upp', en: 'the decision to postpone' },
    boundBy: 'responsible-unit',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: {
      kind: 'earliest',
      of: [
        { kind: 'known-instant', event: REVIEW_SET },
        { kind: 'days', count: 14, roll: 'none' },
      ],
    },
    periodStatus: 'U',
    note: {
      sv: 'Att dagen passerar öppnar inget: personen nås först efter ett nytt beslut.',
      en: 'The day passing opens nothing: the person is reached only after a new decision.',
    },
  },
} as const satisfies Record<string, DeadlineRule>;
