export * from './unit-kinds.js';
