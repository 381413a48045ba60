export * from './entities/index.js';
export * from './schema.js';
