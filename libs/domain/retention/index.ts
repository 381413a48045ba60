export * from './decide-retention.js';
export * from './disposal.decision.js';
export * from './research-sample.js';
export * from './retention-exemptions.js';
export * from './retention-file.js';
export * from './retention-rules.js';
