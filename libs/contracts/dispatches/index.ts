export * from './dispatch.schema.js';
