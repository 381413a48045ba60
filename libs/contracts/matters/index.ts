export * from './matter.schema.js';
export * from './matter-commands.schema.js';
