export * from './ladder.js';
export * from './route.js';
export * from './routes.js';
