import 'reflect-metadata';
import { createLogger, installRuntime } from '#temporal';
import { startCourier } from './courier.service.js';
import { CourierConfigSchema } from './courier-config.schema.js';

const config = CourierConfigSchema.parse(process.env);
const logger = createLogger(config.LOG_LEVEL);
installRuntime(logger, 'warn');
const courier = await startCourier(config, logger);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    logger.info('courier.stopping', { signal });
    void courier.stop();
  });
}
