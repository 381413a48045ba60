import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { Logger } from '@temporalio/common';
import {
  createWorkerOptions,
  isTemporalServing,
  type KeptWorker,
  keepWorker,
  type TemporalClient,
} from '#temporal';
import type { PartyConfig } from '../config/party-config.schema.js';
import { reachable } from '../health/reachable.js';
import type { PartyWorker } from '../party.port.js';

/** Serves the party's queue in the background; the door works the same while Temporal is away (C4). */
export class WorkerRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #kept: KeptWorker | undefined;

  constructor(
    private readonly worker: PartyWorker | undefined,
    private readonly deps: { config: PartyConfig; app: ModuleRef; temporal: TemporalClient; log: Logger },
  ) {}

  onApplicationBootstrap(): void {
    if (this.worker === undefined) return;
    const { config, app, log } = this.deps;
    this.#kept = keepWorker(
      config,
      { ...createWorkerOptions(config, this.worker.queue), activities: this.worker.activities(app) },
      log,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#kept?.stop();
    await this.deps.temporal.close();
  }

  /**
   * Whether Temporal answers; a worker whose server was killed still says that it runs. Where nothing listens, nothing
   * is called: the client's retry of that call would outlive the closing of its connection and end the process.
   */
  async serving(): Promise<boolean> {
    const { config, temporal } = this.deps;
    if (!(await reachable(`tcp://${config.TEMPORAL_ADDRESS}`))) return false;
    return isTemporalServing(temporal.client, 1000);
  }
}
