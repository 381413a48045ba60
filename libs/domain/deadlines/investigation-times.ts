import type { NamedEvent, Period, Text } from '#calendar';
import { localTimeOf } from '#calendar';
import type { DeadlineRule } from './deadline-rule.js';
import { oldSocialServicesAct, shippedTime, socialServicesAct } from './legal-acts.js';

/** Until when the investigation may go on, as it was decided. */
export const EXTENDED_UNTIL: NamedEvent = {
  id: 'extended-until',
  label: { sv: 'dagen som utredningen förlängts till', en: 'the day to which the investigation is extended' },
};

/** When it is asked whether the investigation will be done in time. */
export const WARNED_AT: NamedEvent = {
  id: 'warned-at',
  label: { sv: 'dagen för avstämningen', en: 'the day of the check' },
};

const OPENED: Text = { sv: 'utredningen inleddes', en: 'the investigation was opened' };
const DECIDED: Text = { sv: 'beslutet om stöd', en: 'the decision on support' };
const TOLD: Text = { sv: 'händelsen blev känd', en: 'the event became known' };

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

/** BoU's own times in an investigation, beside D-03 to D-07 and D-16 (DESIGN 6.4). */
export const INVESTIGATION_TIMES = {
  'D-05-extended': {
    version: 1,
    title: {
      sv: 'den förlängda barnutredningen är slutförd',
      en: "the child's extended investigation is completed",
    },
    startsAt: { sv: 'beslutet om förlängning', en: 'the decision to extend' },
    boundBy: 'holding-social-authority',
    character: 'statute',
    sources: [oldSocialServicesAct('11 kap. 2 §', 'C'), socialServicesAct('20 kap. 3–5 §§', 'CI')],
    period: { kind: 'known-instant', event: EXTENDED_UNTIL },
    periodStatus: 'C',
    note: {
      sv: 'En viss tid, på särskilda skäl. Tiden flyttas bara av ett nytt beslut.',
      en: 'A certain time, for special reasons. Only a new decision moves it.',
    },
  },
  'investigation-warning': shipped(
    {
      sv: 'det är avstämt om utredningen blir klar i tid',
      en: 'it is checked whether it will be done in time',
    },
    OPENED,
    { kind: 'known-instant', event: WARNED_AT },
  ),
  'investigation-plan': shipped(
    { sv: 'utredningen har en plan', en: 'the investigation has a plan' },
    OPENED,
    { kind: 'office-days', count: 10 },
  ),
  'child-risk-review': {
    ...shipped(
      { sv: 'risken för barnet är omprövad samma dag', en: 'the risk to the child is reviewed the same day' },
      TOLD,
      { kind: 'same-day', late: { from: localTimeOf(20, 0), days: 1 } },
    ),
    note: {
      sv: 'Gripande, frigivning och kontaktförbud ändrar läget. Löper alla dagar och flyttas aldrig.',
      en: 'Arrest, release and a contact ban change what holds. It runs on all days and never moves.',
    },
  },
  'child-programme-review': shipped(
    { sv: 'stödformen är prövad på nytt', en: 'the programme is evaluated anew' },
    TOLD,
    { kind: 'office-days', count: 2 },
  ),
  'child-support-review': shipped(
    {
      sv: 'beslutet om stöd följer den nya prövningen',
      en: 'the decision on support follows the evaluation',
    },
    { sv: 'den nya prövningen', en: 'the new evaluation' },
    { kind: 'office-days', count: 5 },
  ),
  'child-commission': shipped({ sv: 'stödet är beställt', en: 'the support is commissioned' }, DECIDED, {
    kind: 'office-days',
    count: 3,
  }),
  'youth-clinic-offer': shipped(
    { sv: 'ungdomsmottagningen är erbjuden', en: 'the youth clinic is offered' },
    {
      sv: 'våldet i den unga relationen blev känt',
      en: 'the violence in the young relationship became known',
    },
    { kind: 'office-days', count: 5 },
  ),
} as const satisfies Record<string, DeadlineRule>;
