export * from './safety-gate.js';
