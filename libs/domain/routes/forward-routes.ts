import type { HandBackReason } from '../reasons/index.js';
import type { RouteId, RouteTerms, StatutoryDuties, WayBack } from './route.js';
import { ACUTE_DEADLINES, OFFICE_DEADLINES, withoutCancellation } from './route-deadlines.js';
import { ALL_REASONS, CHILD_REASONS, fieldTerms, termsOf } from './route-terms.js';

const SHIPPED = { version: 1, validFrom: '2026-01-01' } as const;
const HELD = { ...SHIPPED, direction: 'forward', custody: 'moves', attestable: false } as const;

const NO_DUTIES: StatutoryDuties = { opens: [], passes: [] };
/** The report is received with the commit of the sending transaction (C9). */
const REPORT_RECEIVED: StatutoryDuties = { opens: ['D-01', 'D-02', 'D-03', 'D-04'], passes: [] };
const REPORT_PASSED_ON: StatutoryDuties = { opens: [], passes: ['D-03', 'D-04'] };

/** To the police only what they can act on. */
const POLICE_REASONS: readonly HandBackReason[] = [
  'SAFETY_CHANGED',
  'CONSENT_WITHDRAWN',
  'ACCEPTED_IN_ERROR',
];

const back = (route: RouteId, reasons: readonly HandBackReason[]): WayBack => ({
  kind: 'hand-back',
  route,
  reasons,
});

const policeAdult = {
  ...HELD,
  ...termsOf('adult-safety', 'acute'),
  matterKind: 'adult-safety',
  subject: 'victim',
  from: 'police',
  group: 'acute',
  deadlines: ACUTE_DEADLINES,
  statutory: NO_DUTIES,
  form: 'acute-police-referral',
} as const satisfies Partial<RouteTerms>;

const policeChild = {
  ...HELD,
  ...termsOf('child-protection', 'acute'),
  matterKind: 'child-protection',
  subject: 'child',
  from: 'police',
  group: 'acute',
  deadlines: withoutCancellation(ACUTE_DEADLINES),
  statutory: REPORT_RECEIVED,
  form: 'acute-police-referral',
} as const satisfies Partial<RouteTerms>;

/** Routes forward, as the case goes: the night, the office day, the morning, and support. */
export const FORWARD_ROUTES = {
  'adult-safety.police.socialjouren': {
    ...policeAdult,
    to: 'socialjouren',
    audience: 'socialjouren',
    ...fieldTerms('acute-police-referral', 'socialjouren', 'victim'),
    onlyWhileOpen: null,
    wayBack: back('adult-safety.socialjouren.police', POLICE_REASONS),
  },
  'child-protection.police.socialjouren': {
    ...policeChild,
    to: 'socialjouren',
    audience: 'socialjouren',
    ...fieldTerms('acute-police-referral', 'socialjouren', 'child'),
    onlyWhileOpen: null,
    wayBack: { kind: 'onward', route: 'child-protection.socialjouren.bou', reasons: CHILD_REASONS },
  },
  'adult-safety.police.rvt': {
    ...policeAdult,
    to: 'rvt',
    audience: 'victim-unit',
    ...fieldTerms('acute-police-referral', 'victim-unit', 'victim'),
    onlyWhileOpen: { minutesLeft: 30, otherwise: 'adult-safety.police.socialjouren' },
    wayBack: back('adult-safety.rvt.police', POLICE_REASONS),
  },
  'child-protection.police.bou': {
    ...policeChild,
    to: 'bou',
    audience: 'child-unit',
    ...fieldTerms('acute-police-referral', 'child-unit', 'child'),
    onlyWhileOpen: { minutesLeft: 30, otherwise: 'child-protection.police.socialjouren' },
    wayBack: { kind: 'onward', route: 'child-protection.bou.bou', reasons: CHILD_REASONS },
  },
  'adult-safety.socialjouren.rvt': {
    ...HELD,
    ...termsOf('adult-safety', 'morning'),
    matterKind: 'adult-safety',
    subject: 'victim',
    from: 'socialjouren',
    to: 'rvt',
    group: 'morning',
    deadlines: OFFICE_DEADLINES,
    statutory: NO_DUTIES,
    form: 'morning-handover',
    audience: 'victim-unit',
    ...fieldTerms('morning-handover', 'victim-unit', 'victim'),
    onlyWhileOpen: null,
    wayBack: back('adult-safety.rvt.socialjouren', ALL_REASONS),
  },
  'child-protection.socialjouren.bou': {
    ...HELD,
    ...termsOf('child-protection', 'morning'),
    matterKind: 'child-protection',
    subject: 'child',
    from: 'socialjouren',
    to: 'bou',
    group: 'morning',
    deadlines: withoutCancellation(OFFICE_DEADLINES),
    statutory: REPORT_PASSED_ON,
    form: 'morning-handover',
    audience: 'child-unit',
    ...fieldTerms('morning-handover', 'child-unit', 'child'),
    onlyWhileOpen: null,
    wayBack: back('child-protection.bou.socialjouren', CHILD_REASONS),
  },
} as const satisfies Partial<Record<RouteId, RouteTerms>>;
