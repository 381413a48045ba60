import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { ChangeOfferEntity } from './change-offer.entity.js';

/** The third condition of an offer to him, as the unit that answers for her set it: of the parties that can hold her matter. */
export function changeOfferTables(party: PartyService): OwnTables {
  return { entities: [ChangeOfferEntity], migrations: [createChangeOffer(party)] };
}

function createChangeOffer(schema: PartyService): new () => SqlMigration {
  return class CreateChangeOffer1795350000011 extends SqlMigration {
    readonly name = 'CreateChangeOffer1795350000011';
    readonly sql = `
create table ${schema}.change_offer (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  subject_id uuid not null,
  safe_from timestamptz(3) not null,
  constraint change_offer_pk primary key (id)
);
create unique index change_offer_version on ${schema}.change_offer (matter_id, subject_id, version);
${appendedByUnitsSql(schema, 'change_offer')}
`;
  };
}
