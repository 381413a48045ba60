import type { DeadlineRule } from './deadline-rule.js';
import { shippedTime } from './legal-acts.js';

const MINUTES_TO_ANSWER = 15;

/** Steps of the call-out that no norm gives a time for (domain.md E4): configuration, unconfirmed. */
export const CALL_OUT_TIMES = {
  'child-check': {
    version: 1,
    title: {
      sv: 'det kontrolleras om barn bor där',
      en: 'it is checked whether a child lives there',
    },
    startsAt: { sv: 'larmet registrerades', en: 'the alarm was recorded' },
    boundBy: 'responsible-unit',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: { kind: 'minutes', count: MINUTES_TO_ANSWER },
    periodStatus: 'U',
  },
  'attendance-decision': {
    version: 1,
    title: {
      sv: 'det beslutas om socialtjänsten åker ut, med nödvändighet och grund',
      en: 'it is decided whether social services attend, with necessity and ground',
    },
    startsAt: { sv: 'ärendet skickades till socialtjänsten', en: 'the case was sent to social services' },
    boundBy: 'first-social-authority',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: { kind: 'minutes', count: MINUTES_TO_ANSWER },
    periodStatus: 'U',
    note: {
      sv: 'Att programmet gäller på platsen öppnar aldrig ett hembesök (JO:s beslut om Islandsmodellen).',
      en: 'That the programme applies at the place never opens a home visit (JO on the Iceland model).',
    },
  },
} as const satisfies Record<string, DeadlineRule>;
