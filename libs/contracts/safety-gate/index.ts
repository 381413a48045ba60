export * from './safety-gate.schema.js';
