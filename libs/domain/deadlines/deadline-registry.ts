import { needsOfficeHours, type Period, type Roll, validatePeriod } from '#calendar';
import { ACCESS_DEADLINES } from './access-deadlines.js';
import { CALL_OUT_TIMES } from './call-out-times.js';
import { CHILD_DEADLINES } from './child-deadlines.js';
import type { DeadlineRule, LegalReference } from './deadline-rule.js';
import { INSIGHT_TIMES } from './insight-times.js';
import { INVESTIGATION_TIMES } from './investigation-times.js';
import { PROCEDURE_DEADLINES } from './procedure-deadlines.js';
import { PROTECTION_DEADLINES } from './protection-deadlines.js';
import { RISK_TIMES } from './risk-times.js';
import { ROUTE_TIMES } from './route-times.js';
import { SAFETY_TIMES } from './safety-times.js';

/** Every rule that can arm a deadline, by its id. Data: nothing in code names a number of days. */
export const DEADLINE_RULES = {
  ...CHILD_DEADLINES,
  ...PROTECTION_DEADLINES,
  ...PROCEDURE_DEADLINES,
  ...ROUTE_TIMES,
  ...CALL_OUT_TIMES,
  ...SAFETY_TIMES,
  ...RISK_TIMES,
  ...INSIGHT_TIMES,
  ...ACCESS_DEADLINES,
  ...INVESTIGATION_TIMES,
} as const satisfies Record<string, DeadlineRule>;

/** The id of a rule, as stored with each deadline. */
export type DeadlineRuleId = keyof typeof DEADLINE_RULES;

/** Whether a text from outside is the id of a rule. */
export const isDeadlineRuleId = (text: string): text is DeadlineRuleId => Object.hasOwn(DEADLINE_RULES, text);

/** The ids in the order of the registry. */
export const DEADLINE_RULE_IDS: readonly DeadlineRuleId[] =
  Object.keys(DEADLINE_RULES).filter(isDeadlineRuleId);

/** The rule with an id. */
export const deadlineRule = (id: DeadlineRuleId): DeadlineRule => DEADLINE_RULES[id];

/** Whether a due time by this rule needs the hours of a unit. */
export const ruleNeedsOfficeHours = (id: DeadlineRuleId): boolean =>
  needsOfficeHours(deadlineRule(id).period);

/** How a period treats a last day that is not a working day; a period made of parts has no day of its own to move. */
export const rollOf = (period: Period): Roll =>
  period.kind === 'days' || period.kind === 'weeks' || period.kind === 'months' ? period.roll : 'none';

/** D-01 and D-02 run in calendar time, weekends too, whatever else changes (domain.md B3). */
const NEVER_ROLLED: readonly string[] = ['D-01', 'D-02'];
const NUMBERED = Array.from({ length: 22 }, (_, index) => `D-${String(index + 1).padStart(2, '0')}`);

const unlabelled = ({ title, startsAt, note }: DeadlineRule): boolean =>
  [title, startsAt, note].some(
    (text) => text !== undefined && (text.sv.trim() === '' || text.en.trim() === ''),
  );

const endsBeforeItBegins = ({ validFrom, validTo }: LegalReference): boolean =>
  validFrom !== undefined && validTo !== undefined && validTo < validFrom;

const overlaps = (a: LegalReference, b: LegalReference): boolean =>
  (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999');

/** A day on which two acts would both be the law: a rule has one source on each day. */
const areInForceTogether = (sources: readonly LegalReference[]): boolean =>
  sources.some((one, index) => sources.slice(index + 1).some((other) => overlaps(one, other)));

const problemsOf = (id: string, rule: DeadlineRule): readonly string[] => [
  ...validatePeriod(rule.period),
  ...(unlabelled(rule) ? ['A text is empty in one of the languages.'] : []),
  ...(Number.isInteger(rule.version) && rule.version > 0
    ? []
    : ['The version is not a whole number from 1.']),
  ...(rule.sources.length > 0 ? [] : ['It has no source.']),
  ...(rule.sources.some(endsBeforeItBegins) ? ['A source ends before it begins.'] : []),
  ...(areInForceTogether(rule.sources) ? ['Two sources are in force on the same day.'] : []),
  ...(NEVER_ROLLED.includes(id) && rollOf(rule.period) !== 'none'
    ? ['It runs in calendar time and cannot roll.']
    : []),
  ...(rollOf(rule.period) !== 'none' && rule.character !== 'statute'
    ? ['Only a statutory time moves by lag (1930:173) 2 §.']
    : []),
  ...(rule.periodStatus === 'U' && rule.character !== 'configuration' && rule.note === undefined
    ? ['An unconfirmed length needs a note that says so.']
    : []),
];

/**
 * What is wrong with the registry, one sentence each with the rule's id first; empty is right. Asked at boot: a service
 * does not start with a registry that has a problem.
 */
export const validateDeadlineRegistry = (
  rules: Readonly<Record<string, DeadlineRule>> = DEADLINE_RULES,
): readonly string[] => [
  ...NUMBERED.filter((id) => !Object.hasOwn(rules, id)).map((id) => `${id}: The rule is missing.`),
  ...Object.entries(rules).flatMap(([id, rule]) =>
    problemsOf(id, rule).map((problem) => `${id}: ${problem}`),
  ),
];
