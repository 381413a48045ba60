export { connectClient, countRunning, isTemporalServing, type TemporalClient } from './client.js';
export { createDataConverter, FAILURE_CONVERTER_PATH } from './data-converter.js';
export { EncryptingCodec } from './encrypting.codec.js';
export { type HealthListener, listenForHealth } from './health-listener.js';
export { serveMetrics } from './metrics.js';
export { asNestLogger, createLogger, LogLevelSchema, type NestLogger } from './redacting-logger.js';
export { describeError, REDACTED, redactFields, redactMessage } from './redaction.js';
export { type Delivered, type Delivery, signalWithStart } from './signal-with-start.js';
export {
  type CodecKey,
  codecKey,
  type TemporalConfig,
  TemporalConfigSchema,
} from './temporal-config.schema.js';
export { createWorkerOptions, installRuntime, type KeptWorker, keepWorker } from './worker.js';
export { type BundleSource, bundleWorkflows } from './workflow-bundle.js';
