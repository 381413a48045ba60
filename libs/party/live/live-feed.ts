import type { Logger } from '@temporalio/common';
import { Client } from 'pg';
import { type Observable, Subject } from 'rxjs';

/** Somebody should look again: at a unit's lists. Ids only (DESIGN 12). */
export interface LiveNotice {
  readonly unit: string;
}

const CHANNEL = 'handslag_live';
const RETRY_MS = 1000;

/**
 * Listens to PostgreSQL for units whose lists changed. A lost connection is tried again each second; meanwhile the
 * polls behind it find what was missed, so a lost notice costs a moment and nothing else.
 */
export class LiveFeed {
  readonly #notices = new Subject<LiveNotice>();
  #client: Client | undefined;
  readonly #stopping = new Subject<void>();
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  get notices(): Observable<LiveNotice> {
    return this.#notices.asObservable();
  }

  /** Ends every open stream, so that the server can close. */
  get stopped(): Observable<void> {
    return this.#stopping.asObservable();
  }

  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#stopping.next();
    this.#stopping.complete();
    this.#notices.complete();
    await this.#client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'handslag live' });
    client.on('notification', ({ payload }) => {
      if (payload) this.#notices.next({ unit: payload });
    });
    client.on('error', () => this.again(client));
    client.on('end', () => this.again(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.log.warn('live.unconnected', { error });
      this.again(client);
    }
  }

  private again(lost: Client): void {
    if (this.#stopped || this.#client !== lost) return;
    this.#client = undefined;
    this.#retry = setTimeout(() => void this.connect(), RETRY_MS);
  }
}
