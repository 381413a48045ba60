import type { Audience } from '../forms/index.js';
import type { RouteId, RouteTerms } from './route.js';
import { ACUTE_DEADLINES, OFFICE_DEADLINES, withoutCancellation } from './route-deadlines.js';
import { ALL_REASONS, CHILD_REASONS, fieldTerms, termsOf } from './route-terms.js';

const HELD = {
  version: 1,
  validFrom: '2026-01-01',
  custody: 'moves',
  attestable: false,
  onlyWhileOpen: null,
} as const;
const adult = {
  ...HELD,
  ...termsOf('adult-safety', 'morning'),
  matterKind: 'adult-safety',
  subject: 'victim',
  statutory: { opens: [], passes: [] },
} as const satisfies Partial<RouteTerms>;

const child = {
  ...HELD,
  ...termsOf('child-protection', 'morning'),
  matterKind: 'child-protection',
  subject: 'child',
  statutory: { opens: [], passes: ['D-03', 'D-04'] },
} as const satisfies Partial<RouteTerms>;

const carrying = (audience: Audience, subject: 'victim' | 'child') =>
  ({ form: 'morning-handover', audience, ...fieldTerms('morning-handover', audience, subject) }) as const;

const toPolice = {
  // As the route forward (DESIGN 13).
  group: 'acute',
  direction: 'hand-back',
  deadlines: ACUTE_DEADLINES,
  to: 'police',
  form: 'return-to-police',
  audience: 'police',
  ...fieldTerms('return-to-police', 'police', 'victim'),
} as const satisfies Partial<RouteTerms>;

/** Hand back and hand on: new handoffs of the same matter; the holder answers until the other accepts (C2). */
export const HAND_BACK_ROUTES = {
  'adult-safety.socialjouren.police': {
    ...adult,
    ...toPolice,
    from: 'socialjouren',
    wayBack: { kind: 'hand-back', route: 'adult-safety.police.socialjouren', reasons: ALL_REASONS },
  },
  'adult-safety.rvt.police': {
    ...adult,
    ...toPolice,
    from: 'rvt',
    wayBack: { kind: 'hand-back', route: 'adult-safety.police.rvt', reasons: ALL_REASONS },
  },
  'adult-safety.rvt.socialjouren': {
    ...adult,
    from: 'rvt',
    to: 'socialjouren',
    group: 'morning',
    direction: 'hand-back',
    deadlines: OFFICE_DEADLINES,
    ...carrying('socialjouren', 'victim'),
    wayBack: { kind: 'hand-back', route: 'adult-safety.socialjouren.rvt', reasons: ALL_REASONS },
  },
  'child-protection.bou.socialjouren': {
    ...child,
    from: 'bou',
    to: 'socialjouren',
    group: 'morning',
    direction: 'hand-back',
    deadlines: withoutCancellation(OFFICE_DEADLINES),
    ...carrying('socialjouren', 'child'),
    wayBack: { kind: 'hand-back', route: 'child-protection.socialjouren.bou', reasons: CHILD_REASONS },
  },
  // Wrong district: on to the right one, with the fields' origin and secrecy kept (DESIGN 5).
  'adult-safety.rvt.rvt': {
    ...adult,
    from: 'rvt',
    to: 'rvt',
    group: 'morning',
    direction: 'hand-on',
    deadlines: OFFICE_DEADLINES,
    ...carrying('victim-unit', 'victim'),
    wayBack: { kind: 'hand-back', route: 'adult-safety.rvt.rvt', reasons: ALL_REASONS },
  },
  'child-protection.bou.bou': {
    ...child,
    from: 'bou',
    to: 'bou',
    group: 'morning',
    direction: 'hand-on',
    deadlines: withoutCancellation(OFFICE_DEADLINES),
    ...carrying('child-unit', 'child'),
    wayBack: { kind: 'hand-back', route: 'child-protection.bou.bou', reasons: CHILD_REASONS },
  },
} as const satisfies Partial<Record<RouteId, RouteTerms>>;
