import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@temporalio/common';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { createDataConverter } from './data-converter.js';
import { type Level, SDK_LEVELS } from './redacting-logger.js';
import type { TemporalConfig } from './temporal-config.schema.js';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

/** Installs the redacting logger for the SDK of this process, its native part too. Once, before the first worker. */
export function installRuntime(logger: Logger, level: Level): void {
  Runtime.install({
    logger,
    telemetryOptions: { logging: { filter: { core: SDK_LEVELS[level], other: 'ERROR' }, forward: {} } },
    // The service stops its workers itself, in its own order.
    shutdownSignals: [],
  });
}

/** What all our workers share: namespace, encryption and a graceful end. Add activities, or a bundle. */
export function createWorkerOptions(config: TemporalConfig, taskQueue: string): WorkerOptions {
  return {
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue,
    dataConverter: createDataConverter(config.HANDSLAG_PAYLOAD_KEY),
    identity: `${taskQueue}:${process.pid}`,
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '10 seconds',
  };
}

/** A worker that is kept going until stopped. */
export interface KeptWorker {
  /** Whether it polls; says nothing of the server, see `isTemporalServing`. */
  isRunning(): boolean;
  /** Lets running tasks end (five seconds), then closes the connection. */
  stop(): Promise<void>;
}

/**
 * Runs a worker in the background, for as long as it takes: a Temporal that is down at the start or fails later is tried
 * again, half a second to ten seconds apart. Never throws; the log says `worker.running` and `worker.failed`.
 */
export function keepWorker(config: TemporalConfig, options: WorkerOptions, logger: Logger): KeptWorker {
  const stopping = new AbortController();
  const whenStopping = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let worker: Worker | undefined;

  async function runOnce(): Promise<void> {
    const connection = await NativeConnection.connect({
      address: config.TEMPORAL_ADDRESS,
      tls: config.TEMPORAL_TLS,
    });
    try {
      worker = await Worker.create({ ...options, connection });
      logger.info('worker.running', { taskQueue: options.taskQueue });
      await worker.runUntil(whenStopping);
    } finally {
      worker = undefined;
      await connection.close();
    }
  }

  async function keepRunning(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!stopping.signal.aborted) {
      const began = Date.now();
      try {
        await runOnce();
      } catch (error) {
        logger.warn('worker.failed', { taskQueue: options.taskQueue, error });
      }
      if (stopping.signal.aborted) return;
      retryMs =
        Date.now() - began > LONGEST_RETRY_MS ? FIRST_RETRY_MS : Math.min(2 * retryMs, LONGEST_RETRY_MS);
      await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const kept = keepRunning();
  return {
    isRunning: () => worker?.getState() === 'RUNNING',
    async stop() {
      stopping.abort();
      await kept;
    },
  };
}
