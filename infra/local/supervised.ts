import { setTimeout as pause } from 'node:timers/promises';

/** Something that runs until it is stopped, or dies. */
export interface Running {
  readonly ended?: Promise<string> | undefined;
  stop(): Promise<void>;
}

export interface Supervision {
  readonly name: string;
  readonly start: () => Promise<Running>;
  readonly tell: (line: string) => void;
  /** Restarts allowed within a minute; more of them help nobody. */
  readonly mostPerMinute?: number;
  readonly firstPauseMs?: number;
}

/**
 * Starts something and starts it again when it dies, each time with a line that says so. The first start must
 * succeed: it throws what the start throws.
 */
export async function supervise(supervision: Supervision): Promise<Running> {
  const { name, start, tell, mostPerMinute = 5, firstPauseMs = 300 } = supervision;
  const state: { current: Running; stopping: boolean } = { current: await start(), stopping: false };
  const restarts: number[] = [];

  const watch = async (): Promise<void> => {
    for (;;) {
      const how = await state.current.ended;
      if (state.stopping || how === undefined) return;
      const now = Date.now();
      while (restarts[0] !== undefined && restarts[0] < now - 60_000) restarts.shift();
      if (restarts.length >= mostPerMinute) {
        tell(
          `${name} ended (${how}) for the ${restarts.length + 1}th time in a minute and is left down; see its log, then press Ctrl-C and start again`,
        );
        return;
      }
      await pause(firstPauseMs * 2 ** restarts.length);
      restarts.push(now);
      if (state.stopping) return;
      tell(`${name} ended (${how}); starting it again`);
      try {
        state.current = await start();
        if (state.stopping) await state.current.stop();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        state.current = { ended: Promise.resolve(`could not start: ${why}`), stop: async () => {} };
      }
    }
  };
  const watching = state.current.ended === undefined ? Promise.resolve() : watch();
  return {
    stop: async () => {
      state.stopping = true;
      await state.current.stop();
      await watching;
    },
  };
}
