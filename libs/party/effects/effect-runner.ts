import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import type { Effects } from './effects.js';

/** Behind the wake-up that follows each act: what a crash left waiting is found within this long. */
const POLL_MS = 2000;

/** Keeps the party's effects going, from the start of the service to its end. */
export class EffectRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #poll: NodeJS.Timeout | undefined;
  #working: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly effects: Effects,
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

  /** After the commit of an act: what it does in custody follows at once, and nobody waits for it. */
  wake(): void {
    if (this.#stopped) return;
    this.#working = this.effects.relay().catch((error: unknown) => {
      this.log.warn('effects.unreachable', { error });
    });
  }
}
