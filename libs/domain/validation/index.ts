export * from './domain-data.js';
export * from './validate-domain.js';
