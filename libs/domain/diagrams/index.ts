export * from './diagram-files.js';
