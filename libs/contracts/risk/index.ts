export * from './risk.schema.js';
