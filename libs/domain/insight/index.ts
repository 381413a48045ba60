export * from './appeal-text.js';
export * from './change-masking.js';
export * from './decide-insight.js';
export * from './insight-reader.js';
export * from './insight-rules.js';
export * from './known-fields.js';
export * from './mask-for-reader.js';
export * from './value-in-words.js';
