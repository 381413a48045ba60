export * from './commission.js';
export * from './ladder.js';
export * from './route.js';
export * from './routes.js';
