import type { DataSource } from 'typeorm';

/** The owner of every table and guarded function; nobody can log in as it. */
export const OWNER_ROLE = 'handslag_owner';

/** Parties with a service of their own: each has a role and a schema named after it. */
export const PARTY_SERVICES = [
  'police',
  'socialjouren',
  'rvt',
  'bou',
  'rvc',
  'region',
  'coordination',
  'partner',
] as const;
export type PartyService = (typeof PARTY_SERVICES)[number];

/** Every process that may log in to the database. The engine is missing on purpose: it has no database. */
export const SERVICES = [...PARTY_SERVICES, 'courier', 'sealer', 'issuer'] as const;
export type Service = (typeof SERVICES)[number];

/** The login role of a service, such as `handslag_police`. */
export function serviceRole(service: Service): string {
  return `handslag_${service}`;
}

/** A group of the roles that act for people: the seven parties and coordination. */
export const PARTIES_GROUP = 'handslag_parties';

/** A password for each service's role, from the secret store; never written to the repository. */
export type ServicePasswords = Record<Service, string>;

/**
 * Creates the owner, the group and one login role per service, and sets their passwords. Idempotent; two at
 * once wait for one another. Needs a connection that may create roles.
 */
export async function createServiceRoles(admin: DataSource, passwords: ServicePasswords): Promise<void> {
  await admin.transaction(async (manager) => {
    await manager.query(`select pg_advisory_xact_lock(hashtext('handslag roles'))`);
    for (const role of [OWNER_ROLE, PARTIES_GROUP]) await createRole(role, 'nologin');
    for (const service of SERVICES) {
      await createRole(serviceRole(service), 'login');
      const statement: { sql: string }[] = await manager.query(
        `select format('alter role %I login password %L', $1::text, $2::text) as sql`,
        [serviceRole(service), passwords[service]],
      );
      for (const { sql } of statement) await manager.query(sql);
    }
    for (const party of PARTY_SERVICES)
      await manager.query(`grant ${PARTIES_GROUP} to ${serviceRole(party)}`);
    await manager.query(`grant ${OWNER_ROLE} to current_user`);

    async function createRole(role: string, login: 'login' | 'nologin'): Promise<void> {
      const known: unknown[] = await manager.query('select 1 from pg_roles where rolname = $1', [role]);
      if (known.length === 0) await manager.query(`create role ${role} ${login}`);
    }
  });
}
