export * from './audit-leaf.entity.js';
export * from './audit-leaf.js';
export * from './audit-leaf.table.js';
export * from './canonical-json.js';
export * from './event-chain.js';
