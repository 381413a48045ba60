import { UNIT_KINDS, type UnitKind } from '../units/index.js';
import type { RouteTerms } from './route.js';

/** Units that decide on what another delivers; the night decides until the morning. */
const DECIDERS: readonly UnitKind[] = ['rvt', 'bou', 'socialjouren'];

/** Support that one unit decides and another delivers (DESIGN 2); `custody.is_commission` says the same in SQL. */
export function isCommission({
  group,
  direction,
  from,
  to,
}: Pick<RouteTerms, 'group' | 'direction' | 'from' | 'to'>): boolean {
  return (
    group === 'support' && direction === 'forward' && DECIDERS.includes(from) && !UNIT_KINDS[to].isOutside
  );
}
