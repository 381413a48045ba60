export * from './actions/index.js';
export * from './handoff/index.js';
export * from './machine/index.js';
export * from './matter/index.js';
export * from './reasons/index.js';
export * from './refusals/index.js';
export * from './units/index.js';
export * from './wording/index.js';
