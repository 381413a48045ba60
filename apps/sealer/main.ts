import 'reflect-metadata';
import { createLogger } from '#temporal';
import { startSealer } from './sealer.service.js';
import { SealerConfigSchema } from './sealer-config.schema.js';

const config = SealerConfigSchema.parse(process.env);
const logger = createLogger(config.LOG_LEVEL);

try {
  const sealer = await startSealer(config, logger);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      logger.info('sealer.stopping', { signal });
      void sealer.stop().then(() => logger.info('sealer.stopped'));
    });
  }
} catch (error) {
  // A port in use: nothing that another try would mend.
  logger.error('sealer.not-started', { port: config.PORT, error });
  process.exit(1);
}
