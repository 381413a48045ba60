export * from './action-inputs.schema.js';
