export * from './support.schema.js';
