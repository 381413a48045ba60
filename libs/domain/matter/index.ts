export * from './closing.js';
export * from './matter-kinds.js';
export * from './matter-machine.js';
export * from './matter-phases.js';
export * from './outcomes.js';
