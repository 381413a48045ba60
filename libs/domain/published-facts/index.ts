export * from './published-facts.js';
