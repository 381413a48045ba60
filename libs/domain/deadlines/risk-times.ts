import type { NamedEvent, Period, Text } from '#calendar';
import type { DeadlineRule } from './deadline-rule.js';
import { shippedTime, violenceRegulation } from './legal-acts.js';

/** The end of the last day before what is ahead: a custody hearing, a contact visit. */
export const AHEAD: NamedEvent = {
  id: 'ahead',
  label: { sv: 'dagen före det som väntar', en: 'the day before what is ahead' },
};

const ASSESSED: Text = { sv: 'senaste riskbedömningen', en: 'the last risk assessment' };
const TRIAGED: Text = { sv: 'prövningen av behovet', en: 'the triage' };

/** No norm gives these times; HSLF-FS 2022:39 has the duty to assess, and not how soon. */
const shipped = (title: Text, startsAt: Text, period: Period) =>
  ({
    version: 1,
    title,
    startsAt,
    boundBy: 'responsible-unit',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period,
    periodStatus: 'U',
  }) as const satisfies DeadlineRule;

const again = (count: number) =>
  shipped({ sv: 'risken bedöms på nytt', en: 'the risk is assessed anew' }, ASSESSED, {
    kind: 'days',
    count,
    roll: 'none',
  });

/** RVT's own times: triage, assessment, reassessment by the judged risk, decision, commission (DESIGN 6.3). */
export const RISK_TIMES = {
  'risk-triage': shipped(
    {
      sv: 'det prövas om en hot- och riskbedömning behövs',
      en: 'it is settled whether a threat-and-risk assessment is needed',
    },
    { sv: 'enheten tog emot ärendet', en: 'the unit took the matter' },
    { kind: 'first-office-day' },
  ),
  'risk-assessment': {
    ...shipped({ sv: 'risken bedöms', en: 'the risk is assessed' }, TRIAGED, {
      kind: 'office-days',
      count: 1,
    }),
    sources: [violenceRegulation(undefined, 'U')],
    note: {
      sv: 'Nämnden ska bedöma risken (HSLF-FS 2022:39). Hur fort är en inställning.',
      en: 'The board shall assess the risk (HSLF-FS 2022:39). How soon is configuration.',
    },
  },
  'risk-reassessment-high': again(7),
  'risk-reassessment-medium': again(30),
  'risk-reassessment-low': again(90),
  'risk-review-ahead': shipped(
    {
      sv: 'risken bedöms före vårdnadsförhandlingen eller umgänget',
      en: 'the risk is reviewed before the custody hearing or the contact visit',
    },
    { sv: 'det blev känt', en: 'it became known' },
    { kind: 'from-event', event: AHEAD, period: { kind: 'at-once' } },
  ),
  'risk-decision': shipped(
    { sv: 'det beslutas om insatser', en: 'it is decided on measures' },
    {
      sv: 'riskbedömningen, eller prövningen att ingen behövs',
      en: 'the assessment, or the triage that none is needed',
    },
    { kind: 'working-days', count: 5 },
  ),
  commission: shipped(
    {
      sv: 'det beslutade lämnas till den som utför det',
      en: 'what was decided is handed to who carries it out',
    },
    { sv: 'beslutet', en: 'the decision' },
    { kind: 'office-days', count: 1 },
  ),
} as const satisfies Record<string, DeadlineRule>;
