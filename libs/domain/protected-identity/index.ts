export * from './protection-levels.js';
export * from './recorded-protection.js';
export * from './strictest-protection.js';
export * from './unmasking.js';
