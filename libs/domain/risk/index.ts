export * from './repeat-incidents.js';
export * from './risk-events.js';
export * from './risk-triage.js';
