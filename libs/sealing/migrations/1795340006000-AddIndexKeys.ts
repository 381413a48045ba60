import { SqlMigration, serviceRole } from '#database';
import { KEY_HOLDERS } from '../key-holders.js';

const holders = KEY_HOLDERS.map(serviceRole).join(', ');
const OWN = `'handslag_' || party = current_user`;

/** The keys of the blind indexes: each party its own, for each authority that it works for. */
export class AddIndexKeys1795340006000 extends SqlMigration {
  readonly name = 'AddIndexKeys1795340006000';
  readonly sql = `
create table keys.index_key (
  party text not null,
  authority_id text not null,
  version integer not null,
  key_sealed bytea not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  constraint index_key_pk primary key (party, authority_id, version)
);
alter table keys.index_key enable row level security;
create policy of_own_party on keys.index_key using (${OWN}) with check (${OWN});
grant select, delete, insert (party, authority_id, version, key_sealed) on keys.index_key to ${holders};
`;
}
