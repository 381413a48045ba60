export * from './committee-decisions.js';
export * from './content-access.js';
export * from './granting.js';
export * from './log-risks.js';
export * from './log-sample.js';
export * from './permissions.js';
export * from './roles-at.js';
export * from './work-conflicts.js';
