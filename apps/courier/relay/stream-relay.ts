import type { Client } from '@temporalio/client';
import type { Logger } from '@temporalio/common';
import { isTemporalServing } from '#temporal';
import { deliver } from './delivery-of-stream.js';
import type { StreamRepository, WantedStream } from './stream.repository.js';

const BATCH = 200;
const AT_ONCE = 20;
const TEMPORAL_DOWN_SECONDS = 1;

/** Relays what the record wants told to Temporal. Order does not matter, bursts collapse, a repeat is harmless. */
export class StreamRelay {
  private isTemporalGone = false;

  constructor(
    private readonly streams: StreamRepository,
    private readonly client: Client,
    private readonly log: Logger,
  ) {}

  /** One round over every schema; answers how many streams were told. */
  async relayOnce(): Promise<number> {
    // While Temporal is away one question a round is enough; nothing is claimed and nobody is blamed.
    if (this.isTemporalGone && !(await isTemporalServing(this.client))) return 0;
    this.isTemporalGone = false;
    let told = 0;
    for (const schema of await this.streams.schemas()) {
      const wanted = await this.streams.claim(schema, BATCH);
      for (let start = 0; start < wanted.length; start += AT_ONCE) {
        const outcomes = await Promise.all(wanted.slice(start, start + AT_ONCE).map((one) => this.tell(one)));
        told += outcomes.filter(Boolean).length;
      }
    }
    return told;
  }

  private async tell(stream: WantedStream): Promise<boolean> {
    try {
      await deliver(this.client, stream);
      await this.streams.relayed(stream);
      return true;
    } catch (error) {
      if (!(await isTemporalServing(this.client))) {
        this.isTemporalGone = true;
        await this.streams.postpone(stream, TEMPORAL_DOWN_SECONDS);
        return false;
      }
      const outcome = await this.streams.failed(stream, 'DELIVERY_REFUSED');
      this.log.warn(`stream.${outcome}`, { schema: stream.schema, kind: stream.kind, id: stream.id, error });
      return false;
    }
  }
}
