export * from './list-queries.js';
export * from './verify-queries.js';
