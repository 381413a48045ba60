export * from './case-file.schema.js';
