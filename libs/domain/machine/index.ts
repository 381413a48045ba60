export * from './machine.js';
export * from './machine-defects.js';
