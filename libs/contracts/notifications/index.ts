export * from './dead-letter.schema.js';
export * from './webhook.schema.js';
