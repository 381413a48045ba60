import { type DeadlineRuleId, deadlineRule, isDeadlineRuleId } from '../deadlines/index.js';
import { ROUTES, type RouteGroup, routeById } from '../routes/index.js';
import type { Label } from '../wording/index.js';

/**
 * Rules that are the same for every kind of matter, so that naming one tells nothing of the kind. All others (a
 * statutory duty about a child, the Region's times, a follow-up after protected housing) the coordinator sees as one.
 */
const TELLS_NO_KIND: ReadonlySet<DeadlineRuleId> = new Set<DeadlineRuleId>([
  'send',
  'delivery',
  'opening',
  'acceptance-acute',
  'acceptance-office',
  'first-contact',
  'review-after-decline-acute',
  'review-after-decline',
  'answer-information-acute',
  'answer-information',
  'attested-check',
  'review',
]);

/** A rule as the coordinator is told it; `whole` when its source may be shown too. */
export interface RuleForCoordinator {
  readonly code: string;
  readonly label: Label;
  readonly whole: boolean;
}

const OF_THE_MATTER: RuleForCoordinator = {
  code: 'of-the-matter',
  label: { sv: 'en tid som hör till ärendet har gått ut', en: "a time of the matter's own has run out" },
  whole: false,
};

/** What the coordinator may know of the rule behind a late deadline: never what betrays the kind of matter (DESIGN 8). */
export function ruleForCoordinator(rule: string): RuleForCoordinator {
  if (!isDeadlineRuleId(rule) || !TELLS_NO_KIND.has(rule)) return OF_THE_MATTER;
  return { code: rule, label: deadlineRule(rule).title, whole: true };
}

/** The group of a stored route, which is all the coordinator learns of it; null when there is no such route. */
export function groupOfRoute(route: string | null): RouteGroup | null {
  return route === null ? null : (routeById(route)?.group ?? null);
}

/** The ids of a group's routes, for a list that is filtered by group and stored by id. */
export function routesOfGroup(group: RouteGroup): string[] {
  return ROUTES.filter((route) => route.group === group).map(({ id }) => id);
}
