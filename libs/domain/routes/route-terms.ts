import { partsInEnvelope } from '../disclosure/index.js';
import { type Audience, type FieldId, type FormId, fieldsOf } from '../forms/index.js';
import { type MatterKind, matterKind, type SubjectRole } from '../matter/index.js';
import {
  DECLINE_REASONS,
  type DeclineReason,
  type HandBackReason,
  REDIRECT_REASONS,
  type RedirectReason,
} from '../reasons/index.js';
import { keysOf } from '../wording/index.js';
import type { RouteDefinition } from './route.js';
import { VIEW_OF_A_REPORT, VIEW_OF_AN_ADULT } from './sender-views.js';

/** Of use only to the Region, whose care levels are not ours to judge. */
const CARE_ONLY: readonly (DeclineReason | RedirectReason)[] = [
  'CARE_LEVEL',
  'PRIMARY_CARE',
  'BUP',
  'ADULT_PSYCHIATRY',
];
/** Of use only where support is given on a site, after a decision. */
const SUPPORT_ONLY: readonly (DeclineReason | RedirectReason)[] = [
  'SITE_UNSUITABLE',
  'DECISION_NEEDED_FIRST',
];

const CHILD_REDIRECTS: readonly RedirectReason[] = [
  'WRONG_DISTRICT',
  'MOVED',
  'OTHER_MUNICIPALITY',
  'CHILD_TO_BOU',
  'EMERGENCY_NOW',
];
/** What may be said when it should go elsewhere: of a child, of him, and of care each has its own words (forms.md 3). */
function redirectsOf(kind: MatterKind, group: RouteDefinition['group']): readonly RedirectReason[] {
  return keysOf(REDIRECT_REASONS).filter(
    (reason) =>
      (group === 'care' || !CARE_ONLY.includes(reason)) &&
      reason !== 'CHILD_TO_BOU' &&
      (kind === 'perpetrator-change' || reason !== 'PERPETRATOR_RESIDENCE'),
  );
}

/** Why an adult's matter may be handed back. */
export const ALL_REASONS: readonly HandBackReason[] = [
  'UNREACHABLE',
  'SAFETY_CHANGED',
  'CONSENT_WITHDRAWN',
  'MOVED',
  'CAPACITY_LOST',
  'ACCEPTED_IN_ERROR',
];

/** A child is not handed back for want of consent or contact: those call for action where the child is. */
export const CHILD_REASONS: readonly HandBackReason[] = [
  'SAFETY_CHANGED',
  'MOVED',
  'CAPACITY_LOST',
  'ACCEPTED_IN_ERROR',
];
type Terms = Pick<
  RouteDefinition,
  | 'declinable'
  | 'redirectable'
  | 'withdrawable'
  | 'cancellable'
  | 'errorEnterable'
  | 'declineReasons'
  | 'redirectReasons'
  | 'senderView'
>;

/** What may be done with an offer of this kind of matter; a concern report only moves on (C9). */
export function termsOf(kind: MatterKind, group: RouteDefinition['group']): Terms {
  if (matterKind(kind).isStatutoryReport) {
    return {
      declinable: false,
      redirectable: true,
      withdrawable: false,
      cancellable: false,
      errorEnterable: false,
      declineReasons: [],
      redirectReasons: CHILD_REDIRECTS,
      senderView: VIEW_OF_A_REPORT,
    };
  }
  return {
    declinable: true,
    redirectable: true,
    withdrawable: true,
    cancellable: true,
    errorEnterable: true,
    declineReasons: keysOf(DECLINE_REASONS).filter(
      (reason) =>
        (group === 'care' || !CARE_ONLY.includes(reason)) &&
        (group === 'support' || !SUPPORT_ONLY.includes(reason)),
    ),
    redirectReasons: redirectsOf(kind, group),
    senderView: VIEW_OF_AN_ADULT,
  };
}

/** The fields of the form that this audience may see about this subject; the required ones among them. */
export function fieldTerms(
  form: FormId,
  audience: Audience,
  subject: SubjectRole,
): { requiredFields: readonly FieldId[]; permittedFields: readonly FieldId[] } {
  const permitted = fieldsOf(form).filter(([, { visibleTo, concerns, sealedApart }]) => {
    const extent = visibleTo[audience];
    if (extent === undefined || extent === 'masked') return false;
    // A child's file never holds the parent's safe contact, save where the receiver must call her (DESIGN 8, forms.md 2).
    if (sealedApart && !concerns.some((whom) => whom === subject)) return extent === 'when-it-must-call';
    return partsInEnvelope(concerns, subject).length > 0;
  });
  return {
    permittedFields: permitted.map(([id]) => id),
    requiredFields: permitted.filter(([, definition]) => definition.required).map(([id]) => id),
  };
}
