export * from './unit.schema.js';
