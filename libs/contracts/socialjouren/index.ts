export * from './change-offer.schema.js';
export * from './report-feedback.schema.js';
export * from './social-acts.schema.js';
