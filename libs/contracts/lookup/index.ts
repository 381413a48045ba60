export * from './lookup.schema.js';
