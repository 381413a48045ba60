export * from './action.js';
export * from './actions.js';
export * from './allowed-actions.js';
export * from './handoff-actions.js';
export * from './matter-actions.js';
