import type { Logger } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { AUDIT_SCHEMA } from '#audit';
import { openDataSource } from '#database';
import { createLocalKms } from '#sealing';
import { listenForHealth } from '#temporal';
import { Sealer } from './sealer.js';
import type { SealerConfig } from './sealer-config.schema.js';
import { TreeKeys } from './tree-keys.js';
import { WaitingLeaves } from './waiting-leaves.js';

/** Enough for a backlog to go fast, few enough that a round holds its transaction for a moment only. */
const BATCH = 1_000;
const RETRY_MS = 1_000;

/** A running sealer: the port its health is asked on, and how to end it. */
export interface RunningSealer {
  readonly port: number;
  /** Ends the round in progress, then closes. */
  stop(): Promise<void>;
}

/**
 * Starts the sealer and its health. The record may be away then and later, and is tried again for as long as it takes; a
 * round that fails is followed by the next, and the sealer is not ready until one succeeds. Throws when its port is taken.
 */
export async function startSealer(config: SealerConfig, log: Logger): Promise<RunningSealer> {
  let working: { database: DataSource; waiting: WaitingLeaves } | undefined;
  let isSealing = false;
  const health = await listenForHealth(
    config,
    {
      database: async () => working !== undefined && Boolean(await working.database.query('select 1')),
      sealing: () => Promise.resolve(isSealing),
    },
    async () => {
      if (working === undefined) return {};
      const { count, seconds } = await working.waiting.unsealed();
      return { unsealed: count, unsealedSeconds: seconds };
    },
  );
  log.info('sealer.listening', { port: health.port });
  const stopping = new AbortController();
  const running = (async () => {
    const database = await reached(() => openRecord(config), stopping.signal, log);
    if (database === undefined) return;
    try {
      const keys = new TreeKeys(database, createLocalKms(config.HANDSLAG_MASTER_KEY), config.TREE_KEY_DAYS);
      if (config.NEW_TREE_KEY === '1') await reached(() => keys.renew(), stopping.signal, log);
      const waiting = new WaitingLeaves(database);
      const sealer = new Sealer({ database, waiting, key: () => keys.current(), log, batch: BATCH });
      working = { database, waiting };
      const told = (succeeded: boolean) => {
        isSealing = succeeded;
      };
      await keepSealing(sealer, { everyMs: config.SEAL_EVERY_MS, stopped: stopping.signal, told, log });
    } finally {
      working = undefined;
      await database.destroy();
    }
  })();
  return {
    port: health.port,
    async stop() {
      stopping.abort();
      await running;
      await health.close();
    },
  };
}

function openRecord({ DATABASE_URL }: SealerConfig): Promise<DataSource> {
  return openDataSource({
    url: DATABASE_URL,
    definition: { ...AUDIT_SCHEMA, migrations: [] },
    applicationName: 'handslag sealer',
    poolSize: 3,
  });
}

interface Keeping {
  readonly everyMs: number;
  readonly stopped: AbortSignal;
  /** Whether the last round succeeded. */
  readonly told: (succeeded: boolean) => void;
  readonly log: Logger;
}

/** Round after round; at once when the last one was full, else after `everyMs`. */
async function keepSealing(sealer: Sealer, { everyMs, stopped, told, log }: Keeping): Promise<void> {
  while (!stopped.aborted) {
    try {
      const taken = await sealer.sealOnce();
      told(true);
      if (taken >= BATCH) continue;
    } catch (error) {
      told(false);
      log.warn('sealer.failed', { error });
    }
    await pause(everyMs, stopped);
  }
}

/** Tries until it is so; nothing when it was to stop first. */
async function reached<Value>(
  attempt: () => Promise<Value>,
  stopped: AbortSignal,
  log: Logger,
): Promise<Value | undefined> {
  while (!stopped.aborted) {
    try {
      return await attempt();
    } catch (error) {
      log.warn('database.unreachable', { error });
      await pause(RETRY_MS, stopped);
    }
  }
  return undefined;
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (stopped.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stopped.addEventListener('abort', end);
  });
}
