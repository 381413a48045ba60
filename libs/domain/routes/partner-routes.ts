import type { RouteId, RouteTerms } from './route.js';
import { OFFICE_DEADLINES } from './route-deadlines.js';
import { attestedWay, thereAndBack, way } from './way.js';

const RVT = { at: 'rvt', reads: 'victim-unit' } as const;
const RVC = { at: 'rvc', reads: 'support-unit' } as const;
const BOU = { at: 'bou', reads: 'child-unit' } as const;
/** The board's other services, private partners and the youth clinic read what a unit that gives support reads. */
const SERVICE = { at: 'district-service', reads: 'support-unit' } as const;
const PARTNER = { at: 'partner', reads: 'support-unit' } as const;
const CLINIC = { at: 'youth-clinic', reads: 'support-unit' } as const;

const ADULT = {
  kind: 'adult-support',
  subject: 'victim',
  form: 'support-referral',
  group: 'support',
} as const;
const SAFETY = { ...ADULT, kind: 'adult-safety' } as const;
const COURT = { ...ADULT, kind: 'legal-process' } as const;
const CHILD = { ...ADULT, kind: 'child-support', subject: 'child' } as const;
const HIM = {
  kind: 'perpetrator-change',
  subject: 'alleged-perpetrator',
  form: 'change-offer',
  group: 'support',
} as const;
const CARE = { kind: 'mental-health', form: 'care-referral', audience: 'care-unit', group: 'care' } as const;

/** The rest of social services, private partners, clinics (REC-4, REC-7): what they take, and what they begin (C-22). */
export const PARTNER_ROUTES: Readonly<Partial<Record<RouteId, RouteTerms>>> = {
  // Economy, family law, substance misuse: beside or before the support (forms.md 6). What began there can come here.
  ...thereAndBack(ADULT, RVT, SERVICE, 'forward'),
  ...thereAndBack(ADULT, RVC, SERVICE, 'forward'),
  ...thereAndBack(ADULT, RVT, PARTNER, 'forward'),
  ...thereAndBack(ADULT, RVC, PARTNER, 'forward'),
  'adult-support.rvt.outside-partner': attestedWay({
    ...ADULT,
    ...{ from: 'rvt', to: 'outside-partner', audience: 'support-unit' },
  }),
  'adult-support.rvc.outside-partner': attestedWay({
    ...ADULT,
    ...{ from: 'rvc', to: 'outside-partner', audience: 'support-unit' },
  }),
  'adult-support.rvt.other-municipality': attestedWay({
    ...ADULT,
    ...{ from: 'rvt', to: 'other-municipality', audience: 'victim-unit' },
  }),

  // Risk comes first: whoever meets her hands her safety to who assesses it.
  ...thereAndBack(SAFETY, RVC, RVT),
  ...thereAndBack(SAFETY, SERVICE, RVT),
  ...thereAndBack(SAFETY, PARTNER, RVT),

  // Through the legal process: from the police with her yes, also where no case exists (R-009, C-22, REC-7).
  'legal-process.police.rvc': way({
    ...COURT,
    ...{ from: 'police', to: 'rvc', audience: 'support-unit' },
    ...{ direction: 'forward', deadlines: OFFICE_DEADLINES },
  }),
  'legal-process.rvc.police': way({
    ...COURT,
    ...{ from: 'rvc', to: 'police', form: 'return-to-police', audience: 'police' },
    ...{ direction: 'hand-back', deadlines: OFFICE_DEADLINES },
  }),
  ...thereAndBack(COURT, RVT, RVC),
  ...thereAndBack(COURT, RVC, PARTNER, 'forward'),

  // A child: by the board's decision to its open care or family law; the youth clinic beside it (R-006, R-024, P21).
  ...thereAndBack(CHILD, BOU, SERVICE),
  ...thereAndBack(CHILD, BOU, CLINIC),
  'child-support.bou.other-municipality': attestedWay({
    ...CHILD,
    ...{ from: 'bou', to: 'other-municipality', audience: 'child-unit' },
  }),

  // Him: some go to Manscentrum or others, by where he lives (R-020, P18).
  ...thereAndBack(
    HIM,
    { at: 'rvt', reads: 'perpetrator-unit' },
    { at: 'partner', reads: 'perpetrator-unit' },
  ),
  ...thereAndBack(
    HIM,
    { at: 'rvc', reads: 'perpetrator-unit' },
    { at: 'partner', reads: 'perpetrator-unit' },
  ),
  'perpetrator-change.rvt.outside-partner': attestedWay({
    ...HIM,
    ...{ from: 'rvt', to: 'outside-partner', audience: 'perpetrator-unit' },
  }),
  'perpetrator-change.rvc.outside-partner': attestedWay({
    ...HIM,
    ...{ from: 'rvc', to: 'outside-partner', audience: 'perpetrator-unit' },
  }),
  'perpetrator-change.rvt.other-municipality': attestedWay({
    ...HIM,
    ...{ from: 'rvt', to: 'other-municipality', audience: 'perpetrator-unit' },
  }),

  // Care that Handslag cannot call at every hour, a health centre for one: the city attests and goes on holding (C-06).
  'mental-health.rvt.outside-care': attestedWay({
    ...CARE,
    ...{ from: 'rvt', to: 'outside-care', subject: 'victim' },
  }),
  'mental-health.rvc.outside-care': attestedWay({
    ...CARE,
    ...{ from: 'rvc', to: 'outside-care', subject: 'victim' },
  }),
  'mental-health.bou.outside-care': attestedWay({
    ...CARE,
    ...{ from: 'bou', to: 'outside-care', subject: 'child' },
  }),
};
