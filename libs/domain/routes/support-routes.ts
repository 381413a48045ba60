import type { Audience } from '../forms/index.js';
import type { SubjectRole } from '../matter/index.js';
import type { UnitKind } from '../units/index.js';
import type { RouteId, RouteTerms } from './route.js';
import { careDeadlines, OFFICE_DEADLINES } from './route-deadlines.js';
import { type Way, way } from './way.js';

/** Support: RVT decides on adults and BoU on children, RVC delivers, each in a matter of its own (R-005, R-006, DESIGN 2). */
const support = (
  some: Pick<Way, 'kind' | 'from' | 'to' | 'subject' | 'audience' | 'direction'>,
): RouteTerms => way({ form: 'support-referral', deadlines: OFFICE_DEADLINES, group: 'support', ...some });

/** Him: his residence, his own words, composed apart (R-020, R-021, DESIGN 6.2). */
const change = (some: Pick<Way, 'from' | 'to' | 'direction'>): RouteTerms =>
  way({
    kind: 'perpetrator-change',
    subject: 'alleged-perpetrator',
    form: 'change-offer',
    audience: 'perpetrator-unit',
    deadlines: OFFICE_DEADLINES,
    group: 'support',
    ...some,
  });

const toCare = (from: UnitKind, subject: SubjectRole): RouteTerms =>
  way({
    kind: 'mental-health',
    from,
    to: 'region',
    subject,
    form: 'care-referral',
    audience: 'care-unit',
    direction: 'forward',
    deadlines: careDeadlines(subject === 'child' ? 'first-visit-child-psychiatry' : 'first-visit-specialist'),
    group: 'care',
  });
const fromCare = (to: UnitKind, subject: SubjectRole, audience: Audience): RouteTerms =>
  way({
    kind: 'mental-health',
    from: 'region',
    to,
    subject,
    form: 'care-answer',
    audience,
    direction: 'hand-back',
    deadlines: OFFICE_DEADLINES,
    group: 'care',
  });

/** Support, change and care: what follows the night and the morning. */
export const SUPPORT_ROUTES: Readonly<Partial<Record<RouteId, RouteTerms>>> = {
  'adult-support.rvt.rvc': support({
    ...{ kind: 'adult-support', subject: 'victim', from: 'rvt', to: 'rvc' },
    ...{ audience: 'support-unit', direction: 'forward' },
  }),
  'adult-support.rvc.rvt': support({
    // Back from a commission; and forward what began at RVC and needs a decision or a risk assessment.
    ...{ kind: 'adult-support', subject: 'victim', from: 'rvc', to: 'rvt' },
    ...{ audience: 'victim-unit', direction: 'forward' },
  }),
  // She moved: the contact goes on where she is (REC-1).
  'adult-support.rvc.rvc': support({
    ...{ kind: 'adult-support', subject: 'victim', from: 'rvc', to: 'rvc' },
    ...{ audience: 'support-unit', direction: 'hand-on' },
  }),
  'child-support.bou.rvc': support({
    ...{ kind: 'child-support', subject: 'child', from: 'bou', to: 'rvc' },
    ...{ audience: 'support-unit', direction: 'forward' },
  }),
  'child-support.rvc.bou': support({
    ...{ kind: 'child-support', subject: 'child', from: 'rvc', to: 'bou' },
    ...{ audience: 'child-unit', direction: 'hand-back' },
  }),
  'child-support.bou.bou': support({
    ...{ kind: 'child-support', subject: 'child', from: 'bou', to: 'bou' },
    ...{ audience: 'child-unit', direction: 'hand-on' },
  }),
  'perpetrator-change.socialjouren.rvt': change({ from: 'socialjouren', to: 'rvt', direction: 'forward' }),
  'perpetrator-change.rvt.socialjouren': change({ from: 'rvt', to: 'socialjouren', direction: 'hand-back' }),
  'perpetrator-change.rvt.rvt': change({ from: 'rvt', to: 'rvt', direction: 'forward' }),
  'perpetrator-change.rvt.rvc': change({ from: 'rvt', to: 'rvc', direction: 'forward' }),
  'perpetrator-change.rvc.rvt': change({ from: 'rvc', to: 'rvt', direction: 'hand-back' }),
  'perpetrator-change.rvc.rvc': change({ from: 'rvc', to: 'rvc', direction: 'hand-on' }),
  'mental-health.rvt.region': toCare('rvt', 'victim'),
  'mental-health.rvc.region': toCare('rvc', 'victim'),
  'mental-health.bou.region': toCare('bou', 'child'),
  // Another care level or another part of the county: the holder hands on, and holds until they take it (forms.md 3).
  'mental-health.region.region': way({
    ...{ kind: 'mental-health', from: 'region', to: 'region', subject: 'victim', direction: 'hand-on' },
    ...{ form: 'care-referral', audience: 'care-unit', group: 'care' },
    deadlines: careDeadlines('first-visit-specialist'),
  }),
  'mental-health.region.rvt': fromCare('rvt', 'victim', 'victim-unit'),
  'mental-health.region.rvc': fromCare('rvc', 'victim', 'support-unit'),
  'mental-health.region.bou': fromCare('bou', 'child', 'child-unit'),
};
