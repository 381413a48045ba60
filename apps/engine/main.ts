import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createLogger } from '#temporal';
import { startEngine } from './engine.service.js';
import { EngineConfigSchema } from './engine-config.schema.js';

const BUNDLE = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));

const config = EngineConfigSchema.parse(process.env);
const logger = createLogger(config.LOG_LEVEL);

try {
  const engine = await startEngine(config, await readFile(BUNDLE, 'utf8'), logger);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      logger.info('engine.stopping', { signal });
      void engine.stop().then(() => logger.info('engine.stopped'));
    });
  }
} catch (error) {
  // A port in use, or no bundle: nothing that another try would mend.
  logger.error('engine.not-started', { port: config.PORT, error });
  process.exit(1);
}
