export * from './insight.schema.js';
