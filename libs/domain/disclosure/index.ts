export * from './bases.js';
