export * from './child-queries.js';
export * from './list-queries.js';
export * from './verify-queries.js';
