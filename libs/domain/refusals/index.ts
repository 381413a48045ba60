export * from './refusal.js';
export * from './refusal-codes.js';
export * from './refusal-of-routing.js';
