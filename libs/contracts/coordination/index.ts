export * from './coordinator-commands.schema.js';
export * from './record-figures.schema.js';
export * from './stalled.schema.js';
