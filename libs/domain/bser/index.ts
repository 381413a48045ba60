export * from './bser-adapter.js';
export * from './bser-nodes.js';
