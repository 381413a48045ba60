export * from './headers.schema.js';
export * from './problem.schema.js';
export * from './wire-values.schema.js';
