import type { Text } from '#calendar';
import type { DeadlineRule } from './deadline-rule.js';
import { shippedTime } from './legal-acts.js';

/**
 * Insight is to be given promptly (TF 2:16 and OSL 6:4: "genast eller så snart det är möjligt", "skyndsamt"); no norm says
 * how many days. These are internal targets, tagged so; the law's own word stands in the note of each.
 */
const PROMPTLY = {
  sv: 'Lagen säger skyndsamt (TF 2:16, OSL 6:4), inte hur många dagar. Tiden är ett internt mål.',
  en: 'The law says promptly (TF 2:16, OSL 6:4), not how many days. The time is an internal target.',
} as const satisfies Text;

const target = (title: Text, startsAt: Text, workingDays: number) =>
  ({
    version: 1,
    title,
    startsAt,
    boundBy: 'responsible-unit',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: { kind: 'working-days', count: workingDays },
    periodStatus: 'U',
    note: PROMPTLY,
  }) as const satisfies DeadlineRule;

/** The steps of a request for insight: each explains itself (C8). */
export const INSIGHT_TIMES = {
  'insight-decision': target(
    { sv: 'begäran om insyn avgörs skyndsamt', en: 'the request for insight is decided promptly' },
    { sv: 'begäran kom in', en: 'the request was received' },
    2,
  ),
  'insight-release': target(
    { sv: 'det som beslutats lämnas ut skyndsamt', en: 'what was decided is handed out promptly' },
    { sv: 'beslutet', en: 'the decision' },
    1,
  ),
} as const satisfies Record<string, DeadlineRule>;
