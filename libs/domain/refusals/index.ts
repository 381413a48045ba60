export * from './refusal.js';
export * from './refusal-codes.js';
