export * from './reason-masking.js';
export * from './reasons.js';
