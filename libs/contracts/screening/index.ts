export * from './screening.schema.js';
