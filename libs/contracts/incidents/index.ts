export * from './incident.schema.js';
export * from './report-incident.schema.js';
