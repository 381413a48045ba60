import { SqlMigration, serviceRole } from '#database';
import { KEY_HOLDERS } from '../key-holders.js';

const holders = KEY_HOLDERS.map(serviceRole).join(', ');

/** By which disposal a unit's wrap was erased, so that a backup from before can be held against it (domain.md B8). */
export class EraseByDisposal1795330000020 extends SqlMigration {
  readonly name = 'EraseByDisposal1795330000020';
  readonly sql = `
alter table keys.erased_wrap add column disposal_id uuid;
create index erased_wrap_by_disposal on keys.erased_wrap (disposal_id) where disposal_id is not null;
grant insert (disposal_id) on keys.erased_wrap to ${holders};
`;
}
