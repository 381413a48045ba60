export * from './handoff.schema.js';
export * from './handoff-commands.schema.js';
