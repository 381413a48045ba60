export * from './conversations.js';
export * from './eligibility.js';
export * from './interventions.js';
