import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import type { Subscription } from 'rxjs';
import type { CaseStreams } from '../cases/case-streams.js';
import type { DeliveryPoller } from '../delivery/delivery-poller.js';
import type { PublishedFacts } from '../facts/published-facts.js';
import { dependency } from '../health/dependency.port.js';
import type { Readiness } from '../health/readiness.js';
import type { LiveFeed } from '../live/live-feed.js';
import type { PartyName } from '../party.port.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import type { SuccessionKeys } from '../succession/succession-keys.js';
import type { PartyDirectory } from '../units/party-directory.js';

export interface SpineRunnerDeps {
  readonly party: PartyName;
  readonly feed: LiveFeed;
  readonly poller: DeliveryPoller;
  readonly successions: SuccessionKeys;
  readonly facts: PublishedFacts;
  readonly cases: CaseStreams;
  readonly sealing: PartySealing;
  readonly directory: PartyDirectory;
  readonly readiness: Readiness;
  readonly log: Logger;
}

/** Behind the notices of PostgreSQL: a lost one costs this long. */
const POLL_MS = 2000;
/** A case whose unit's notice was lost is looked at by then. */
const CASES_MS = 15_000;
const KEYS_RETRY_MS = 1000;
/** A successor of another party waits this long for what came after the proposal. */
const SUCCESSION_MS = 10_000;

/** Keeps the party's background work going: keys for its units, delivery, notices. */
export class SpineRunner implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  #poll: NodeJS.Timeout | undefined;
  #follow: NodeJS.Timeout | undefined;
  #cases: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #notices: Subscription | undefined;
  #working: Promise<unknown> = Promise.resolve();
  #following: Promise<unknown> = Promise.resolve();
  #taking: Promise<unknown> = Promise.resolve();
  readonly #looking = new Set<Promise<unknown>>();
  #stopped = false;
  #hasKeys = false;

  constructor(private readonly deps: SpineRunnerDeps) {}

  onApplicationBootstrap(): void {
    // Before that nothing can be sealed for its units, not even what they report themselves.
    this.deps.readiness.require(dependency('keys', true, () => Promise.resolve(this.#hasKeys)));
    this.deps.feed.start();
    this.#notices = this.deps.feed.notices.subscribe(({ unit }) => {
      this.deliver();
      this.followCases(unit);
    });
    this.#poll = setInterval(() => this.deliver(), POLL_MS);
    this.#follow = setInterval(() => this.followSuccessions(), SUCCESSION_MS);
    this.#cases = setInterval(() => this.followCases(), CASES_MS);
    this.followCases();
    void this.ensureKeys();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearInterval(this.#follow);
    clearInterval(this.#cases);
    clearTimeout(this.#retry);
    this.#notices?.unsubscribe();
    await this.deps.feed.stop();
    await this.#working;
    await this.#following;
    await this.#taking;
    await Promise.all(this.#looking);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.deps.sealing.database.destroy();
    await this.deps.directory.close();
  }

  /** A unit without keys can neither be sealed for nor sign; made once, by whichever process is first. */
  private async ensureKeys(): Promise<void> {
    try {
      await this.deps.sealing.unitKeys.ensureUnitKeys(await this.deps.directory.unitsOf(this.deps.party));
      this.#hasKeys = true;
      this.deliver();
    } catch (error) {
      this.deps.log.warn('keys.unready', { error });
      if (!this.#stopped) this.#retry = setTimeout(() => void this.ensureKeys(), KEYS_RETRY_MS);
    }
  }

  private followSuccessions(): void {
    if (this.#stopped) return;
    this.#following = this.deps.successions.follow().catch((error: unknown) => {
      this.deps.log.warn('succession.failed', { error });
    });
  }

  /** The stories of this unit's cases, or of all, look again at the matters that moved. */
  private followCases(unit?: string): void {
    if (this.#stopped) return;
    const looking = this.deps.cases
      .look(unit)
      .catch((error: unknown) => this.deps.log.warn('cases.unreachable', { error }))
      .finally(() => this.#looking.delete(looking));
    this.#looking.add(looking);
  }

  private deliver(): void {
    if (this.#stopped) return;
    this.#working = this.deps.poller.look().catch((error: unknown) => {
      this.deps.log.warn('delivery.failed', { error });
    });
    this.#taking = this.deps.facts.look().catch((error: unknown) => {
      this.deps.log.warn('facts.unreachable', { error });
    });
  }
}
