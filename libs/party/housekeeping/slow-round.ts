import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@temporalio/common';

const HOUR_MS = 3_600_000;

/** Work that can wait: once as the service starts, then every hour, never twice at once; ended with the service. */
export class SlowRound implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;

  constructor(
    private readonly name: string,
    private readonly round: () => Promise<number>,
    private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.begin(), HOUR_MS);
    this.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  private begin(): void {
    this.#working ??= this.run().finally(() => {
      this.#working = undefined;
    });
  }

  private async run(): Promise<void> {
    try {
      const count = await this.round();
      if (count > 0) this.log.info(`${this.name}.swept`, { count });
    } catch (error) {
      // The next hour tries again; nothing waits for it.
      this.log.warn(`${this.name}.failed`, { error });
    }
  }
}
