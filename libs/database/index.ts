export * from './common-entities.js';
export * from './common-tables.js';
export * from './infinity.js';
export * from './migrate-schema.js';
export * from './schema-definition.js';
export * from './service-roles.js';
export * from './sql-migration.js';
export * from './test-database.js';
