export * from './break-glass.schema.js';
export * from './log-review.schema.js';
export * from './mandates.schema.js';
export * from './register-extract.schema.js';
export * from './work-conflict.schema.js';
