export * from './social-acts.schema.js';
