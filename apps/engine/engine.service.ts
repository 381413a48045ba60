import type { Logger } from '@temporalio/common';
import {
  connectClient,
  createWorkerOptions,
  installRuntime,
  isTemporalServing,
  keepWorker,
  listenForHealth,
} from '#temporal';
import { ENGINE_QUEUE } from '#workflows';
import type { EngineConfig } from './engine-config.schema.js';

/** A running engine: the port its health is asked on, and how to end it. */
export interface Engine {
  readonly port: number;
  /** Lets workflow tasks in progress end, then closes. */
  stop(): Promise<void>;
}

/**
 * Starts the workflow worker over a bundle, and its health on the configured port. Returns once health is answered; Temporal
 * may be down then and later, and is tried again for as long as it takes.
 */
export async function startEngine(config: EngineConfig, bundleCode: string, logger: Logger): Promise<Engine> {
  installRuntime(logger, 'warn');
  const temporal = connectClient(config);
  const worker = keepWorker(
    config,
    {
      ...createWorkerOptions(config, ENGINE_QUEUE),
      workflowBundle: { code: bundleCode },
      // How long a task waits for the engine that knew its workflow before another, or this one started anew, takes it.
      stickyQueueScheduleToStartTimeout: '3 seconds',
    },
    logger,
  );
  const health = await listenForHealth(config, {
    temporal: () => isTemporalServing(temporal.client),
    worker: () => Promise.resolve(worker.isRunning()),
  });
  logger.info('engine.listening', { port: health.port });
  return {
    port: health.port,
    async stop() {
      await worker.stop();
      await temporal.close();
      await health.close();
    },
  };
}
