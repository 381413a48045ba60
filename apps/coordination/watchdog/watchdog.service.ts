import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import type { Watchdog } from './watchdog.js';
import type { WatchdogConfig } from './watchdog-config.schema.js';

/** Sweeps again and again while the service runs; a sweep that fails is followed by the next. Closes what it was given. */
export class WatchdogService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();
  #sweeps = 0;
  #stopping = false;

  constructor(
    private readonly watchdog: Watchdog,
    private readonly config: WatchdogConfig,
    private readonly log: Logger,
    private readonly close: () => Promise<void>,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.WATCHDOG_EVERY_SECONDS > 0) this.#next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#sweeping;
    await this.close();
  }

  #next(): void {
    this.#timer = setTimeout(() => {
      this.#sweeping = this.#sweep().finally(() => {
        if (!this.#stopping) this.#next();
      });
    }, this.config.WATCHDOG_EVERY_SECONDS * 1_000);
  }

  async #sweep(): Promise<void> {
    try {
      const whole = this.#sweeps % this.config.WATCHDOG_WHOLE_EVERY === 0;
      this.#sweeps += 1;
      const sweep = await this.watchdog.sweep({ graceSeconds: this.config.WATCHDOG_GRACE_SECONDS, whole });
      if (sweep.outcome === 'swept' && sweep.found.length > 0) {
        this.log.warn('watchdog.found', { count: sweep.found.length });
      }
    } catch (error) {
      this.log.warn('watchdog.failed', { error });
    }
  }
}
