import { z } from 'zod';
import { LogLevelSchema, TemporalConfigSchema } from '#temporal';

/** All the engine is told: where Temporal is and how to read it. No database, so nothing else can be asked (C5). */
export const EngineConfigSchema = TemporalConfigSchema.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4114),
  HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: LogLevelSchema,
});
export type EngineConfig = z.infer<typeof EngineConfigSchema>;
