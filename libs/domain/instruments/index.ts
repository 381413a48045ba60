export * from './check-assessment.js';
export * from './risk-instruments.js';
