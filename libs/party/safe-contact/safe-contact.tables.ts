import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import {
  SafeContactConfirmationEntity,
  SafeContactEntity,
  SafeContactOverrideEntity,
} from './safe-contact.entities.js';

const TABLES = ['safe_contact', 'safe_contact_confirmation', 'safe_contact_override'] as const;

/** Safe contact as units record, confirm and override it: of every party that holds matters. */
export function safeContactTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [SafeContactEntity, SafeContactConfirmationEntity, SafeContactOverrideEntity],
    migrations: [createSafeContact(party)],
  };
}

function createSafeContact(schema: PartyService): new () => SqlMigration {
  return class CreateSafeContact1795340004020 extends SqlMigration {
    readonly name = 'CreateSafeContact1795340004020';
    readonly sql = `
create table ${schema}.safe_contact (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  matter_id uuid not null,
  constraint safe_contact_pk primary key (id)
);
create unique index safe_contact_version on ${schema}.safe_contact (subject_id, unit_id, version);

create table ${schema}.safe_contact_confirmation (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  matter_id uuid not null,
  confirmed_at timestamptz(3) not null,
  constraint safe_contact_confirmation_pk primary key (id)
);
create unique index safe_contact_confirmation_version on ${schema}.safe_contact_confirmation (matter_id, version);

create table ${schema}.safe_contact_override (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  matter_id uuid not null,
  action text not null,
  rules text not null,
  constraint safe_contact_override_pk primary key (id)
);
create index safe_contact_override_by_matter on ${schema}.safe_contact_override (matter_id, recorded_at, id);
${TABLES.map((table) => appendedByUnitsSql(schema, table)).join('')}
`;
  };
}
