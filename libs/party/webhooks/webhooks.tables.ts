import { type PartyService, SqlMigration, serviceRole } from '#database';
import { appendedByUnitsSql } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { WebhookChangeEntity } from './webhook-change.entity.js';

/** Where units' own systems listen: appended by the party for its units, read by the courier as what is in force. */
export function webhookTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  class CreateWebhooks1795320000102 extends SqlMigration {
    readonly name = 'CreateWebhooks1795320000102';
    readonly sql = `
create table ${party}.webhook_change (
  id uuid not null,
  unit_id text not null,
  version integer not null,
  change text not null,
  endpoint_id uuid not null,
  url text,
  secret_version integer not null,
  old_until timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null,
  constraint webhook_change_pk primary key (id),
  constraint webhook_change_once unique (unit_id, version),
  constraint webhook_change_known check (change in ('register', 'rotate', 'end')),
  constraint webhook_change_has_url check ((change = 'end') = (url is null))
);
${appendedByUnitsSql(party, 'webhook_change')}

-- What holds now, without who registered it.
create view ${party}.webhook_in_force as
  select c.unit_id, c.endpoint_id, c.url, c.secret_version, c.old_until from ${party}.webhook_change c
  where c.change <> 'end' and not exists (
    select 1 from ${party}.webhook_change later where later.unit_id = c.unit_id and later.version > c.version);
grant usage on schema ${party} to ${serviceRole('courier')};
grant select on ${party}.webhook_in_force to ${serviceRole('courier')};
`;
  }
  return { entities: [WebhookChangeEntity], migrations: [CreateWebhooks1795320000102] };
}
