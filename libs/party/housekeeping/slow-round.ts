import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@temporalio/common';

const HOUR_MS = 3_600_000;

/** Work that can wait: once as the service starts, then every hour or as told, never twice at once; ended with the service. */
export class SlowRound implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;

  constructor(
    private readonly name: string,
    /** What it answers is told as a count; what is not worth a line answers nothing. */
    private readonly round: () => Promise<number | undefined>,
    private readonly log: Logger,
    private readonly everyMs = HOUR_MS,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.begin(), this.everyMs);
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
      if (count !== undefined && count > 0) this.log.info(`${this.name}.swept`, { count });
    } catch (error) {
      // The next round tries again; nothing waits for it.
      this.log.warn(`${this.name}.failed`, { error });
    }
  }
}
