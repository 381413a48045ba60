export * from './directory-id.js';
export * from './directory-snapshot.js';
