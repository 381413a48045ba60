import type { Logger } from '@temporalio/common';
import pg from 'pg';

const CHANNEL = 'handslag_relay';
const RETRY_MS = 1_000;

/** Listens to the record's notices; a lost connection is made anew, and the poll covers what was missed meanwhile. */
export function listenToRecord(url: string, wake: () => void, log: Logger): { stop(): Promise<void> } {
  let stopping = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const connecting = new pg.Client({ connectionString: url, application_name: 'handslag courier notices' });
    client = connecting;
    connecting.on('error', () => undefined);
    connecting.on('end', again);
    connecting.on('notification', wake);
    try {
      await connecting.connect();
      await connecting.query(`listen ${CHANNEL}`);
      wake();
    } catch (error) {
      log.debug('notices.unreachable', { error });
      await connecting.end().catch(() => undefined);
    }
  }
  function again(): void {
    if (stopping) return;
    clearTimeout(retry);
    retry = setTimeout(() => void listen(), RETRY_MS);
  }
  void listen();
  return {
    async stop() {
      stopping = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
