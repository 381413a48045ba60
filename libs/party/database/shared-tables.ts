import type { PartyService } from '#database';
import { insightTables } from '../insight/insight.tables.js';
import type { OwnTables } from './party-schema.js';

/** The tables of the features that every party shares, in the order in which they are made. */
export function sharedTables(party: PartyService): readonly OwnTables[] {
  return [insightTables(party)];
}
