import type { UnitKind } from '../units/index.js';
import type { RouteId, RouteTerms } from './route.js';
import { ATTESTED_ACUTE_DEADLINES, ATTESTED_DEADLINES } from './route-deadlines.js';
import { fieldTerms, termsOf } from './route-terms.js';

const ATTESTED = {
  version: 1,
  validFrom: '2026-01-01',
  to: 'other-municipality',
  direction: 'forward',
  custody: 'attested',
  attestable: true,
  // Nobody there answers through Handslag, and nothing was taken over that could be cancelled or declined.
  declinable: false,
  redirectable: false,
  cancellable: false,
  declineReasons: [],
  redirectReasons: [],
  deadlines: ATTESTED_DEADLINES,
  onlyWhileOpen: null,
  wayBack: { kind: 'never-left' },
} as const satisfies Partial<RouteTerms>;

type FromSocial = Extract<UnitKind, 'socialjouren' | 'rvt' | 'bou'>;

const adultFrom = (from: FromSocial) =>
  ({
    ...termsOf('adult-safety', 'morning'),
    ...ATTESTED,
    matterKind: 'adult-safety',
    subject: 'victim',
    from,
    group: 'morning',
    statutory: { opens: [], passes: [] },
    form: 'morning-handover',
    audience: 'victim-unit',
    ...fieldTerms('morning-handover', 'victim-unit', 'victim'),
  }) as const satisfies RouteTerms;

const childFrom = (from: FromSocial) =>
  ({
    ...termsOf('child-protection', 'morning'),
    ...ATTESTED,
    matterKind: 'child-protection',
    subject: 'child',
    from,
    group: 'morning',
    // The other municipality is not in the record: no duty passes to it until the matter is closed as taken outside.
    statutory: { opens: [], passes: [] },
    form: 'morning-handover',
    audience: 'child-unit',
    ...fieldTerms('morning-handover', 'child-unit', 'child'),
  }) as const satisfies RouteTerms;

/** To another municipality's social service, which never holds: the sender attests (DESIGN 2). */
export const EXTERNAL_ROUTES = {
  'adult-safety.socialjouren.other-municipality': adultFrom('socialjouren'),
  'adult-safety.rvt.other-municipality': adultFrom('rvt'),
  'child-protection.socialjouren.other-municipality': childFrom('socialjouren'),
  'child-protection.bou.other-municipality': childFrom('bou'),
  'adult-safety.police.other-municipality': {
    ...termsOf('adult-safety', 'acute'),
    ...ATTESTED,
    matterKind: 'adult-safety',
    subject: 'victim',
    from: 'police',
    group: 'acute',
    deadlines: ATTESTED_ACUTE_DEADLINES,
    statutory: { opens: [], passes: [] },
    form: 'acute-police-referral',
    audience: 'victim-unit',
    ...fieldTerms('acute-police-referral', 'victim-unit', 'victim'),
  },
  'child-protection.police.other-municipality': {
    ...termsOf('child-protection', 'acute'),
    ...ATTESTED,
    matterKind: 'child-protection',
    subject: 'child',
    from: 'police',
    group: 'acute',
    deadlines: ATTESTED_ACUTE_DEADLINES,
    statutory: { opens: [], passes: [] },
    form: 'acute-police-referral',
    audience: 'child-unit',
    ...fieldTerms('acute-police-referral', 'child-unit', 'child'),
  },
} as const satisfies Partial<Record<RouteId, RouteTerms>>;
