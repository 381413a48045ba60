import type { Logger } from '@temporalio/common';

/** Work that is done again and again until stopped, at once when woken and at the latest after `pollMs`. */
export interface Rounds {
  wake(): void;
  stop(): Promise<void>;
}

/** Runs rounds one after another. A round that did something is followed by the next at once; a failure by a pause. */
export function keepRounds(name: string, round: () => Promise<number>, pollMs: number, log: Logger): Rounds {
  let stopping = false;
  let woken = false;
  let wakeUp: (() => void) | undefined;
  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  async function pause(): Promise<void> {
    if (woken || stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        if ((await round()) > 0) continue;
      } catch (error) {
        log.warn(`${name}.failed`, { error });
      }
      await pause();
    }
  }
  const running = run();
  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
