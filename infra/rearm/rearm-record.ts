import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { type Delivered, isTemporalServing } from '#temporal';
import { deliver } from '../../apps/courier/relay/delivery-of-stream.js';
import { StreamRepository, type WantedStream } from '../../apps/courier/relay/stream.repository.js';
import { OpenStreams, SOONEST } from './open-streams.js';

export interface RearmReport {
  /** Open streams when it began. */
  readonly open: number;
  /** Workflows that run now and have the clock as it is; started or told, it is the same call. */
  readonly told: number;
  /** Open in the record, completed in Temporal: nothing was started for them. */
  readonly over: readonly string[];
  /** Temporal answers, and refused these. */
  readonly refused: readonly string[];
  readonly seconds: number;
}

export interface RearmOptions {
  /** As a role that may read and write every schema's streams. */
  readonly record: DataSource;
  readonly client: Client;
  readonly progress?: (told: number, open: number, perSecond: number) => void;
}

/** Small, so that the milliseconds left are still true when the last of a page is told. */
const PAGE = 500;
const AT_ONCE = 20;
/** A busy Temporal may let a call run out of time while it answers others. */
const MOST_TRIES = 6;
const LOOK_AGAIN_MS = 1_000;
const PATIENCE_MS = 120_000;
const MOST_NAMED = 20;

/**
 * Starts the workflow of every open stream anew from PostgreSQL, the soonest due first, and tells those that run the same
 * clock of the same version, which changes nothing. May be stopped and run again, and run twice at once. Throws when
 * Temporal is away for two minutes.
 */
export async function rearmRecord({ record, client, progress }: RearmOptions): Promise<RearmReport> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const streams = new OpenStreams(record, await new StreamRepository(record).schemas());
  const open = await streams.count();
  const over: string[] = [];
  const refused: string[] = [];
  let told = 0;
  for (let after = SOONEST; ; ) {
    const page = await streams.page(after, PAGE);
    if (page.last === null) break;
    after = page.last;
    const done = new Map<string, WantedStream[]>();
    for (let start = 0; start < page.streams.length; start += AT_ONCE) {
      await Promise.all(
        page.streams.slice(start, start + AT_ONCE).map(async (stream) => {
          const outcome = await tell(client, stream);
          if (outcome === 'told') {
            told += 1;
            done.set(stream.schema, [...(done.get(stream.schema) ?? []), stream]);
          } else (outcome === 'over' ? over : refused).push(nameOf(stream));
        }),
      );
    }
    for (const [schema, ofSchema] of done) await streams.told(schema, ofSchema);
    progress?.(told, open, told / seconds());
  }
  return {
    open,
    told,
    over: over.slice(0, MOST_NAMED),
    refused: refused.slice(0, MOST_NAMED),
    seconds: seconds(),
  };
}

/** Waits for a Temporal that is away, and for one that is busy; what it refuses for good is this stream's own matter. */
async function tell(client: Client, stream: WantedStream): Promise<Delivered | 'refused'> {
  const until = performance.now() + PATIENCE_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      return await deliver(client, stream);
    } catch (error) {
      const isOfTheCall = error instanceof ServiceError || isGrpcServiceError(error);
      const isServing = await isTemporalServing(client);
      if (isServing && (!isOfTheCall || tries >= MOST_TRIES)) return 'refused';
      if (!isServing && performance.now() > until) throw error;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

const nameOf = ({ schema, kind, id }: WantedStream): string => `${schema} ${kind} ${id}`;
