import type { RouteId, RouteTerms } from './route.js';
import { OFFICE_DEADLINES } from './route-deadlines.js';
import { attestedWay, thereAndBack, way } from './way.js';

const HERS = {
  kind: 'protected-housing',
  subject: 'victim',
  form: 'housing-referral',
  group: 'support',
} as const;
const CHILDS = { ...HERS, subject: 'child', form: 'child-housing-referral' } as const;

const NIGHT = { at: 'socialjouren', reads: 'socialjouren' } as const;
const RVT = { at: 'rvt', reads: 'victim-unit' } as const;
const BOU = { at: 'bou', reads: 'child-unit' } as const;
const HOUSE = { at: 'partner', reads: 'support-unit' } as const;

/**
 * Protected housing (D-08…D-12, domain.md B5): the board that placed stays responsible for its decision and commissions the
 * house; a move between districts hands on; another municipality is attested (D-17). Each child has a decision of its own.
 */
export const HOUSING_ROUTES: Readonly<Partial<Record<RouteId, RouteTerms>>> = {
  ...thereAndBack(HERS, RVT, HOUSE),
  ...thereAndBack(CHILDS, BOU, HOUSE),
  ...thereAndBack(HERS, NIGHT, RVT),
  ...thereAndBack(CHILDS, NIGHT, BOU),
  'protected-housing.rvt.rvt': way({
    ...HERS,
    ...{ from: 'rvt', to: 'rvt', audience: 'victim-unit' },
    ...{ direction: 'hand-on', deadlines: OFFICE_DEADLINES },
  }),
  'protected-housing.bou.bou': way({
    ...CHILDS,
    ...{ from: 'bou', to: 'bou', audience: 'child-unit' },
    ...{ direction: 'hand-on', deadlines: OFFICE_DEADLINES },
  }),
  // At night the house is rung; a women's shelter without hours never holds.
  'protected-housing.socialjouren.outside-partner': attestedWay({
    ...HERS,
    ...{ from: 'socialjouren', to: 'outside-partner', audience: 'support-unit' },
  }),
  'protected-housing.rvt.outside-partner': attestedWay({
    ...HERS,
    ...{ from: 'rvt', to: 'outside-partner', audience: 'support-unit' },
  }),
  'protected-housing.bou.outside-partner': attestedWay({
    ...CHILDS,
    ...{ from: 'bou', to: 'outside-partner', audience: 'support-unit' },
  }),
  'protected-housing.rvt.other-municipality': attestedWay({
    ...HERS,
    ...{ from: 'rvt', to: 'other-municipality', audience: 'victim-unit' },
  }),
  'protected-housing.bou.other-municipality': attestedWay({
    ...CHILDS,
    ...{ from: 'bou', to: 'other-municipality', audience: 'child-unit' },
  }),
};
