import type { UnitKind } from '../units/index.js';
import { UNIT_KINDS } from '../units/index.js';
import type { RouteId, RouteTerms } from './route.js';
import { OFFICE_DEADLINES, withoutCancellation } from './route-deadlines.js';
import { CHILD_REASONS, fieldTerms, termsOf } from './route-terms.js';

/** Whoever else meets a child in the work and must report (X-02; within social services X-11; REC-11). */
type Reporter = Exclude<UnitKind, 'police' | 'socialjouren' | 'bou' | 'coordination'>;
const REPORTERS: readonly Reporter[] = [
  'region',
  'youth-clinic',
  'partner',
  'district-service',
  'rvt',
  'rvc',
];

function report(from: Reporter, to: 'bou' | 'socialjouren'): RouteTerms {
  const audience = to === 'bou' ? 'child-unit' : 'socialjouren';
  return {
    version: 1,
    validFrom: '2026-01-01',
    ...termsOf('child-protection', 'morning'),
    matterKind: 'child-protection',
    subject: 'child',
    from,
    to,
    group: 'morning',
    direction: 'forward',
    custody: 'moves',
    attestable: false,
    deadlines: withoutCancellation(OFFICE_DEADLINES),
    // The commit of the sending transaction is the receipt of the report, also from within the board (C9, D-01…D-04).
    statutory: { opens: UNIT_KINDS[from].takesReports ? [] : ['D-01', 'D-02', 'D-03', 'D-04'], passes: [] },
    form: 'concern-report',
    audience,
    ...fieldTerms('concern-report', audience, 'child'),
    // A report never waits for a morning.
    onlyWhileOpen:
      to === 'bou' ? { minutesLeft: 30, otherwise: `child-protection.${from}.socialjouren` } : null,
    // A report about a child does not return to its reporter: the way out is onward (C9).
    wayBack: {
      kind: 'onward',
      route: to === 'bou' ? 'child-protection.bou.bou' : 'child-protection.socialjouren.bou',
      reasons: CHILD_REASONS,
    },
  };
}

/** Concern reports beside the police's. */
export const CONCERN_ROUTES: Readonly<Partial<Record<RouteId, RouteTerms>>> = Object.fromEntries(
  REPORTERS.flatMap((from) =>
    (['bou', 'socialjouren'] as const).map((to) => [`child-protection.${from}.${to}`, report(from, to)]),
  ),
);
