export * from './child-act.schema.js';
export * from './child-case.schema.js';
