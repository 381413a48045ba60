import type { SenderSees, SenderView } from './route.js';

const MOVING: readonly SenderSees[] = ['phase', 'sent-at', 'delivered-at', 'opened-at'];
const ENDED: readonly SenderSees[] = [...MOVING, 'review-due'];

const byPhase: SenderView['byPhase'] = {
  sent: ['phase', 'sent-at'],
  delivered: ['phase', 'sent-at', 'delivered-at'],
  opened: MOVING,
  'awaiting-information': [...MOVING, 'question', 'answered-at'],
  // A function took it, never a person; the receipt says no more than that.
  accepted: [...MOVING, 'taken-at', 'taken-by-function', 'receipt'],
  declined: [...ENDED, 'masked-reason'],
  redirected: [...ENDED, 'masked-reason', 'proposed-unit'],
  withdrawn: MOVING,
  superseded: MOVING,
  'entered-in-error': MOVING,
};

/** About a child: taken by which function, then only what BoU decides to tell the reporter (OSL 26:9 a). */
export const VIEW_OF_A_REPORT: SenderView = {
  byPhase,
  afterAcceptance: { tells: 'concern-report-outcome', basis: 'X-13' },
};

/** About an adult: after acceptance nothing without consent (DESIGN 8). */
export const VIEW_OF_AN_ADULT: SenderView = {
  byPhase,
  afterAcceptance: { tells: 'nothing-without-consent', basis: 'X-01' },
};
