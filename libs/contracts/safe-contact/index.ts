export * from './safe-contact.schema.js';
