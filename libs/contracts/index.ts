export * from './actions/index.js';
export * from './dispatches/index.js';
export * from './handoffs/index.js';
export * from './incidents/index.js';
export * from './matters/index.js';
export * from './persons/index.js';
export * from './units/index.js';
export * from './wire/index.js';
