import { SqlMigration } from '#database';

/**
 * The ways by which one unit decides and another delivers, of every process (DESIGN 2, R-007, C-17): nobody accepts what she
 * decided herself. The same as `isCommission` of libs/domain/routes; a test holds one against the other.
 */
export class CommissionsOfEveryProcess1795351000000 extends SqlMigration {
  readonly name = 'CommissionsOfEveryProcess1795351000000';
  readonly sql = `
create or replace function custody.is_commission(route text)
returns boolean language sql immutable set search_path = pg_catalog as $$
  select route in (
    'adult-support.rvt.district-service', 'adult-support.rvt.partner', 'adult-support.rvt.rvc',
    'child-support.bou.district-service', 'child-support.bou.rvc', 'child-support.bou.youth-clinic',
    'legal-process.rvt.rvc', 'perpetrator-change.rvt.partner', 'perpetrator-change.rvt.rvc',
    'perpetrator-change.rvt.rvt', 'perpetrator-change.socialjouren.rvt', 'protected-housing.bou.partner',
    'protected-housing.rvt.partner', 'protected-housing.socialjouren.bou', 'protected-housing.socialjouren.rvt'
  )
$$;
`;
}
