export {
  DEADLINE_RULE_IDS,
  DEADLINE_RULES,
  type DeadlineRuleId,
  deadlineRule,
  isDeadlineRuleId,
  rollOf,
  ruleNeedsOfficeHours,
  validateDeadlineRegistry,
} from './deadline-registry.js';
export type {
  DeadlineRule,
  DutyHolderKind,
  LegalCharacter,
  LegalReference,
  StatusTag,
} from './deadline-rule.js';
export {
  citationOf,
  type ExplainedDue,
  explainDue,
  LEGAL_CHARACTERS,
  STATUS_TAGS,
  sourcesOn,
} from './explain-due.js';
export { EXTENDED_UNTIL, WARNED_AT } from './investigation-times.js';
export { AHEAD } from './risk-times.js';
export { INCIDENT, NEEDED_BEFORE } from './route-times.js';
export { REVIEW_SET } from './safety-times.js';
