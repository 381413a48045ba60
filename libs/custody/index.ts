export * from './commands/clock-state.js';
export {
  DispatchPlanSchema,
  HandoffFactsSchema,
  MatterFactsSchema,
} from './commands/command-facts.schema.js';
export * from './commands/coordinator-commands.js';
export * from './commands/custody-clock.js';
export * from './commands/custody-commands.js';
export type { Caller, CustodyDependencies, Done } from './commands/custody-transaction.js';
export { eventHeader, type SealedContent } from './commands/custody-write.js';
export { refusalOfDatabase } from './commands/database-refusal.js';
export { type Swept, sweepExpired } from './commands/sweep-expired.js';
export * from './entities/index.js';
export * from './queries/index.js';
export * from './schema.js';
