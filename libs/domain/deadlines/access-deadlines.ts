import type { DeadlineRule } from './deadline-rule.js';
import { dataProtectionRegulation, shippedTime, socialDataOrdinance } from './legal-acts.js';

const OURS = {
  sv: 'Hur ofta och hur fort är en inställning.',
  en: 'How often and how soon is configuration.',
};

/** What is asked of a unit about its own accesses: reviews of the log, of emergency openings, and register extracts. */
export const ACCESS_DEADLINES = {
  'break-glass-review': {
    version: 1,
    title: {
      sv: 'nödöppningen granskas av en annan person',
      en: 'the emergency opening is reviewed by another person',
    },
    startsAt: { sv: 'nödöppningen', en: 'the emergency opening' },
    boundBy: 'responsible-unit',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: { kind: 'office-days', count: 1 },
    periodStatus: 'U',
  },
  'log-review': {
    version: 1,
    title: {
      sv: 'loggen granskas systematiskt och återkommande',
      en: 'the log is reviewed systematically and regularly',
    },
    startsAt: { sv: 'senaste granskningen', en: 'the last review' },
    boundBy: 'responsible-unit',
    character: 'binding-regulation',
    sources: [socialDataOrdinance('10 §', 'C')],
    period: { kind: 'months', count: 1, roll: 'none' },
    periodStatus: 'U',
    note: OURS,
    recurring: true,
  },
  'log-review-follow-up': {
    version: 1,
    title: { sv: 'granskningens frågor är utredda', en: 'the questions of the review are looked into' },
    startsAt: { sv: 'granskningen avslutades', en: 'the review was finished' },
    boundBy: 'responsible-unit',
    character: 'configuration',
    sources: [shippedTime(undefined, 'U')],
    period: { kind: 'working-days', count: 5 },
    periodStatus: 'U',
  },
  'register-extract': {
    version: 1,
    title: {
      sv: 'begäran om registerutdrag besvaras utan onödigt dröjsmål, senast inom en månad',
      en: 'the request for a register extract is answered without undue delay, within a month at most',
    },
    startsAt: { sv: 'begäran kom in', en: 'the request was received' },
    boundBy: 'responsible-unit',
    character: 'statute',
    sources: [dataProtectionRegulation('art. 12.3, 15', 'U')],
    period: { kind: 'months', count: 1, roll: 'none' },
    periodStatus: 'U',
    note: {
      sv: 'Förordningens text är inte kontrollerad mot källan.',
      en: 'The text of the regulation has not been checked against its source.',
    },
  },
} as const satisfies Record<string, DeadlineRule>;
