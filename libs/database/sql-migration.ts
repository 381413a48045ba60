import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A migration that is one script of SQL. `sql` is public so that a test template notices a changed script.
 * Migrations only run forward: a mistake is mended by the next one.
 */
export abstract class SqlMigration implements MigrationInterface {
  abstract readonly sql: string;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: restore a backup, or write the next migration.');
  }
}
