export * from './report-feedback.schema.js';
export * from './social-acts.schema.js';
