import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import type { CaseFileExports } from './case-file-export.service.js';

/** Behind the wake-up that follows each request: what a crash left is found within this long. */
const POLL_MS = 5000;

/** Makes exports in the background, from the start of the service to its end. */
export class CaseFileRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #poll: NodeJS.Timeout | undefined;
  #working: Promise<unknown> | undefined;
  #stopped = false;

  constructor(
    private readonly exports: CaseFileExports,
    private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#poll = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    await this.#working;
  }

  /** Something was asked for; nobody waits for it here. */
  wake(): void {
    if (this.#stopped) return;
    this.#working ??= this.exports
      .work()
      .catch((error: unknown) => this.log.warn('exports.unreachable', { error }))
      .finally(() => {
        this.#working = undefined;
      });
  }
}
