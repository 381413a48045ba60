import { type PartyService, SqlMigration, serviceRole } from '#database';
import type { OwnTables } from '../database/party-schema.js';
import { HEAD_VERDICTS, KeptTreeHeadEntity } from './kept-tree-head.entity.js';

/** Where a party keeps the heads it has seen. Nothing for coordination, which holds no matters. */
export function treeHeadTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [KeptTreeHeadEntity],
    migrations: [
      class CreateKeptTreeHeads1795340003000 extends SqlMigration {
        readonly name = 'CreateKeptTreeHeads1795340003000';
        readonly sql = `
create table ${party}.kept_tree_head (
  authority text not null,
  size integer not null,
  root text not null,
  verdict text not null,
  jws text not null,
  seen_at timestamptz(3) not null,
  constraint kept_tree_head_pk primary key (authority, size, root, verdict),
  constraint kept_tree_head_verdict check (verdict in (${HEAD_VERDICTS.map((verdict) => `'${verdict}'`).join(', ')}))
);
create index kept_tree_head_alarm on ${party}.kept_tree_head (seen_at) where verdict <> 'consistent';
create trigger kept_tree_head_append_only before update or delete or truncate on ${party}.kept_tree_head
  for each statement execute function ${party}.refuse_audit_change();
alter table ${party}.kept_tree_head enable always trigger kept_tree_head_append_only;
grant select, insert on ${party}.kept_tree_head to ${serviceRole(party)};
grant select (verdict, seen_at) on ${party}.kept_tree_head to ${serviceRole('coordination')};
`;
      },
    ],
  };
}
