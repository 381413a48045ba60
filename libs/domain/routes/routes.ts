import { basesBetween } from '../disclosure/index.js';
import type { MatterKind } from '../matter/index.js';
import type { UnitKind } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { CONCERN_ROUTES } from './concern-routes.js';
import { EXTERNAL_ROUTES } from './external-routes.js';
import { FORWARD_ROUTES } from './forward-routes.js';
import { HAND_BACK_ROUTES } from './hand-back-routes.js';
import { HOUSING_ROUTES } from './housing-routes.js';
import { PARTNER_ROUTES } from './partner-routes.js';
import type { RouteDefinition, RouteId, RouteTerms } from './route.js';
import { SUPPORT_ROUTES } from './support-routes.js';

/** A route with its id. */
export interface Route extends RouteDefinition {
  readonly id: RouteId;
}

const TABLE: Readonly<Partial<Record<RouteId, RouteTerms>>> = {
  ...FORWARD_ROUTES,
  ...HAND_BACK_ROUTES,
  ...EXTERNAL_ROUTES,
  ...SUPPORT_ROUTES,
  ...CONCERN_ROUTES,
  ...PARTNER_ROUTES,
  ...HOUSING_ROUTES,
};

/** Every route that ships. */
export const ROUTES: readonly Route[] = keysOf(TABLE).flatMap((id) => {
  const terms = TABLE[id];
  if (terms === undefined) return [];
  const { from, to, subject, matterKind } = terms;
  return [{ id, ...terms, bases: basesBetween(from, to, subject, matterKind) }];
});

/** The route with this id; undefined if there is none. Ids that come from outside may be asked for as they are. */
export function routeById(id: string): Route | undefined {
  return ROUTES.find((route) => route.id === id);
}

/** The route of this kind of matter between these kinds of unit; undefined if there is none. */
export function findRoute(kind: MatterKind, from: UnitKind, to: UnitKind): Route | undefined {
  return ROUTES.find((route) => route.matterKind === kind && route.from === from && route.to === to);
}

/** The routes by which a unit of this kind can pass a matter of this kind on, in the order shipped. */
export function routesFrom(kind: MatterKind, from: UnitKind): readonly Route[] {
  return ROUTES.filter((route) => route.matterKind === kind && route.from === from);
}
