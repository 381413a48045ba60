export * from './handoff-machine.js';
export * from './handoff-phases.js';
export * from './outside-functions.js';
