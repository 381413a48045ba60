export * from './consent.schema.js';
export * from './consent-path.schema.js';
export * from './fhir-consent.schema.js';
