export * from './disposal.schema.js';
