export * from './notice-kind.js';
