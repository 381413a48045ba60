export * from './protected-identity.schema.js';
