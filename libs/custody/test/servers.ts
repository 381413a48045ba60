/** A server that the database tests run against. */
export interface Server {
  readonly name: string;
  readonly url: string | undefined;
}

/** PostgreSQL 18 always; 15, the oldest that is supported, where it is installed. */
export const SERVERS: readonly Server[] = [
  { name: 'PostgreSQL 18', url: process.env['TEST_DATABASE_URL'] },
  ...(process.env['TEST_POSTGRES_15_URL']
    ? [{ name: 'PostgreSQL 15', url: process.env['TEST_POSTGRES_15_URL'] }]
    : []),
];
