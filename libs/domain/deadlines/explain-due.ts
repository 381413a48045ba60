import {
  type Due,
  type DueContext,
  due,
  type LocalDate,
  localDateOfInstant,
  type RuleCitation,
  type Text,
} from '#calendar';
import { type DeadlineRuleId, deadlineRule } from './deadline-registry.js';
import type { DeadlineRule, LegalCharacter, LegalReference, StatusTag } from './deadline-rule.js';

/** The legal character in words. */
export const LEGAL_CHARACTERS: Readonly<Record<LegalCharacter, Text>> = {
  statute: { sv: 'lag', en: 'statute' },
  'binding-regulation': { sv: 'bindande föreskrift', en: 'binding regulation' },
  'preparatory-works': { sv: 'förarbete', en: 'preparatory works' },
  'local-practice': { sv: 'lokal praxis', en: 'local practice' },
  configuration: { sv: 'inställning', en: 'configuration' },
};

/** The status tags in words (domain.md 0). */
export const STATUS_TAGS: Readonly<Record<StatusTag, Text>> = {
  S: { sv: 'enligt underlagen', en: 'stated in the sources' },
  C: { sv: 'bekräftad', en: 'confirmed' },
  CI: { sv: 'bekräftad indirekt', en: 'confirmed indirectly' },
  INF: { sv: 'slutsats', en: 'inferred' },
  U: { sv: 'obekräftad', en: 'unconfirmed' },
};

const cited = ({ act, section, status }: LegalReference, character: LegalCharacter): Text => {
  const inLanguage = (language: 'sv' | 'en') =>
    `${act[language]}${section === undefined ? '' : ` ${section}`} (${LEGAL_CHARACTERS[character][language]}, ${STATUS_TAGS[status][language]})`;
  return { sv: inLanguage('sv'), en: inLanguage('en') };
};

/** The sources in force on a day. A matter keeps the reference of its own day when an act is replaced (domain.md B2). */
export const sourcesOn = (rule: DeadlineRule, day: LocalDate): readonly LegalReference[] =>
  rule.sources.filter(({ validFrom, validTo }) => (validFrom ?? day) <= day && day <= (validTo ?? day));

/** How a rule is cited for something that started on a day. */
export const citationOf = (id: DeadlineRuleId, day: LocalDate): RuleCitation => {
  const rule = deadlineRule(id);
  const sources = sourcesOn(rule, day).map((reference) => cited(reference, rule.character));
  const none = { sv: `ingen källa gällde ${day}`, en: `no source was in force on ${day}` };
  const [source = none] = sources;
  return {
    id,
    version: rule.version,
    title: rule.title,
    source,
    ...(rule.note ? { note: rule.note } : {}),
  };
};

/** A due time with the rule that gave it, as stored with a deadline. */
export interface ExplainedDue extends Due {
  readonly rule: DeadlineRuleId;
  readonly ruleVersion: number;
}

/**
 * When a rule is due for something that started on a local day or at an instant (Europe/Stockholm), and why: rule,
 * source with its standing, calendar, start, each step and rolled day. `context.officeHours` is needed for the rules
 * that `ruleNeedsOfficeHours` names; `context.events` takes `incident` and `needed-before`.
 * Throws `CalendarError` (see `due`).
 */
export const explainDue = (
  id: DeadlineRuleId,
  start: LocalDate | Date,
  context: Omit<DueContext, 'rule'> = {},
): ExplainedDue => {
  const day = typeof start === 'string' ? start : localDateOfInstant(start);
  const rule = citationOf(id, day);
  return {
    rule: id,
    ruleVersion: rule.version,
    ...due(deadlineRule(id).period, start, { ...context, rule }),
  };
};
