import { addMonths, endOfDay, localDateOfInstant } from '#calendar';
import { type DeadlineRuleId, EXTENDED_UNTIL, WARNED_AT } from '../deadlines/index.js';
import type { StepOf } from '../processes/index.js';
import type { LadderName } from '../routes/index.js';
import type { ChildAct } from './child-acts.js';
import { type ChildCase, type ChildRecord, childCaseOf, last, type Term } from './child-case.js';

/** What a child's case asks of people now: one piece of work with one deadline. */
export interface ChildQuestion {
  readonly stepKey: StepOf<'child-decision'>;
  readonly occurrence: string;
  readonly rule: DeadlineRuleId;
  readonly ladder: LadderName;
  readonly startEvent: string;
  readonly startAt: Date;
  readonly events?: Readonly<Record<string, Date>>;
}

const TWO_WEEKS_MS = 14 * 24 * 60 * 60_000;

/**
 * Everything that the case asks for as it stands, in the order of the story (DESIGN 6.4). What is done, or asked for no
 * longer, is not in it.
 */
export function childQuestions(record: ChildRecord): readonly ChildQuestion[] {
  const theCase = childCaseOf(record);
  return [
    ...riskReviews(record, theCase),
    ...(theCase.phase === 'running' && theCase.term !== null ? investigation(theCase, theCase.term) : []),
    ...programmeReview(record, theCase),
    ...supportReview(theCase),
    ...delivery(theCase),
    ...followUp(theCase),
    ...youthClinic(theCase),
  ];
}

/** forms.md 4: arrest, release and a contact ban are answered the same day. */
function riskReviews({ changes }: ChildRecord, { standing }: ChildCase): ChildQuestion[] {
  const reviewed = new Set(
    standing.filter(({ kind }) => kind === 'risk-review').map(({ aboutId }) => aboutId),
  );
  return changes
    .filter(({ id, isFact }) => isFact && !reviewed.has(id))
    .map(({ id, knownAt }) => asked('risk-review', id, 'child-risk-review', 'fact-told', knownAt, 'acute'));
}

/** D-06 at once, a plan, the two checks of the time, and its end (D-05). */
function investigation({ standing, openedAt, openingId: opening }: ChildCase, term: Term): ChildQuestion[] {
  if (openedAt === null || opening === null) return [];
  const isOf = (act: ChildAct | null): boolean => act !== null && act.effectiveAt >= openedAt;
  const checked = (code: string): boolean =>
    standing.some((act) => act.kind === 'progress' && act.code === code && act.effectiveAt >= term.startsAt);
  const warn = (code: 'THREE_MONTHS' | 'TWO_WEEKS', at: Date): ChildQuestion[] =>
    checked(code) || at <= term.startsAt
      ? []
      : [
          {
            ...asked(
              'time-check',
              `${term.id}.${code}`,
              'investigation-warning',
              'investigation-opened',
              term.startsAt,
            ),
            events: { [WARNED_AT.id]: at },
          },
        ];
  return [
    ...(isOf(last(standing, 'notices-complete'))
      ? []
      : [asked('notices', opening, 'D-06', 'investigation-opened', openedAt)]),
    ...(isOf(last(standing, 'plan'))
      ? []
      : [asked('plan', opening, 'investigation-plan', 'investigation-opened', openedAt)]),
    ...(term.isExtended ? [] : warn('THREE_MONTHS', endOfDay(addMonths(localDateOfInstant(openedAt), 3)))),
    ...warn('TWO_WEEKS', new Date(term.endsAt.getTime() - TWO_WEEKS_MS)),
    term.isExtended
      ? {
          ...asked('investigation', term.id, 'D-05-extended', 'extension-decided', term.startsAt),
          events: { [EXTENDED_UNTIL.id]: term.endsAt },
        }
      : asked('investigation', term.id, 'D-05', 'investigation-opened', openedAt),
  ];
}

/** evaluated anew when what is safe has changed since, as long as the support is not over. */
function programmeReview(
  { changes }: ChildRecord,
  { granted, endedAt, evaluation }: ChildCase,
): ChildQuestion[] {
  if (granted === null || endedAt !== null || evaluation === null) return [];
  const since = changes.find(({ knownAt }) => knownAt > evaluation.recordedAt);
  if (since === undefined) return [];
  return [asked('programme-review', since.id, 'child-programme-review', 'safety-changed', since.knownAt)];
}

/** What is granted follows the newest evaluation, by a decision and never by itself. */
function supportReview({ granted, endedAt, evaluation }: ChildCase): ChildQuestion[] {
  if (granted === null || endedAt !== null || evaluation === null) return [];
  const isProgramme = granted.code !== 'GRANTED_OPEN_CARE';
  if (
    !isProgramme ||
    evaluation.recordedAt <= granted.recordedAt ||
    granted.code === `GRANTED_${evaluation.code}`
  )
    return [];
  return [
    asked(
      'support-review',
      evaluation.id,
      'child-support-review',
      'programme-evaluated',
      evaluation.effectiveAt,
    ),
  ];
}

/** C-12: decided, commissioned, begun; three months without a beginning are reported (D-16), every quarter anew. */
function delivery({ standing, granted, startedAt, endedAt }: ChildCase): ChildQuestion[] {
  if (granted === null || startedAt !== null || endedAt !== null) return [];
  const commissioned = standing.some(
    ({ kind, effectiveAt }) => kind === 'commission' && effectiveAt >= granted.effectiveAt,
  );
  const report = last(standing, 'undelivered-report');
  const reported = report !== null && report.effectiveAt >= granted.effectiveAt ? report : null;
  return [
    ...(commissioned
      ? []
      : [asked('commission', granted.id, 'child-commission', 'support-decided', granted.effectiveAt)]),
    asked(
      'delivery',
      reported?.id ?? granted.id,
      'D-16',
      reported === null ? 'support-decided' : 'undelivered-reported',
      reported?.effectiveAt ?? granted.effectiveAt,
    ),
  ];
}

/** D-07 is the ceiling of a follow-up that was decided; nothing opens one by itself. */
function followUp({ followUp: decided }: ChildCase): ChildQuestion[] {
  if (decided === null) return [];
  const rule = decided.code === 'AFTER_LVU' ? 'D-07-lvu' : 'D-07';
  return [asked('follow-up', decided.id, rule, 'follow-up-since', decided.effectiveAt)];
}

/** R-024, forms.md 6: the report is made always; the youth clinic is offered besides. */
function youthClinic({ standing }: ChildCase): ChildQuestion[] {
  const known = last(standing, 'young-relationship');
  const clinic = last(standing, 'youth-clinic');
  if (known === null || (clinic !== null && clinic.recordedAt >= known.recordedAt)) return [];
  return [
    asked('youth-clinic', known.id, 'youth-clinic-offer', 'young-relationship-known', known.effectiveAt),
  ];
}

function asked(
  stepKey: ChildQuestion['stepKey'],
  occurrence: string,
  rule: DeadlineRuleId,
  startEvent: string,
  startAt: Date,
  ladder: LadderName = 'office',
): ChildQuestion {
  return { stepKey, occurrence, rule, ladder, startEvent, startAt };
}
