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

  /** Whether Temporal answers; a worker whose server was killed still says that it runs. */
  serving(): Promise<boolean> {
    return isTemporalServing(this.deps.temporal.client, 1000);
  }
}
