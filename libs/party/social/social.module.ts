import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { CustodyCommands } from '#custody';
import { ContentVault } from '../content/content-vault.js';
import { BasisRecords } from '../dispatches/basis-records.js';
import { IncidentViews } from '../incidents/incident-views.service.js';
import type { PartyName } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { LOG } from '../start/tokens.js';
import { PartyDirectory } from '../units/party-directory.js';
import { EffectRelay } from './effect-relay.js';
import { MorningHandovers } from './morning-handovers.service.js';
import { SocialActsController } from './social-acts.controller.js';
import { SocialActs } from './social-acts.service.js';
import { SocialSteps } from './social-steps.book.js';

const POLL_MS = 2000;

/** Looks for effects that a killed process left behind. */
class EffectPolling implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #poll: NodeJS.Timeout | undefined;
  #working: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly relay: EffectRelay,
    private readonly log: Logger,
  ) {}

  look(): void {
    this.#working = this.relay.look().catch((error: unknown) => this.log.warn('effect.failed', { error }));
  }

  onApplicationBootstrap(): void {
    this.#poll = setInterval(() => this.look(), POLL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#poll);
    await this.#working;
  }
}

/** Attendance, protection assessments, bases and the morning handover; socialjouren's, and the ordinary units' in office hours. */
@Module({})
export class SocialModule {
  static with(party: PartyName): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: EffectRelay,
        useFactory: (
          database: DataSource,
          commands: CustodyCommands,
          directory: PartyDirectory,
          log: Logger,
        ) => new EffectRelay({ party, database, commands, units: () => directory.unitsOf(party), log }),
        inject: [DataSource, CustodyCommands, PartyDirectory, LOG],
      },
      {
        provide: EffectPolling,
        useFactory: (relay: EffectRelay, log: Logger) => new EffectPolling(relay, log),
        inject: [EffectRelay, LOG],
      },
      {
        provide: SocialActs,
        useFactory: (
          database: DataSource,
          incidents: IncidentViews,
          sealing: PartySealing,
          polling: EffectPolling,
          vault: ContentVault,
          bases: BasisRecords,
        ) => {
          const acts = new SocialActs({ party, database, incidents, sealing, wake: () => polling.look() });
          vault.addSource(acts);
          bases.addSource(acts);
          return acts;
        },
        inject: [DataSource, IncidentViews, PartySealing, EffectPolling, ContentVault, BasisRecords],
      },
      {
        provide: SocialSteps,
        useFactory: (database: DataSource, directory: PartyDirectory) =>
          new SocialSteps({ party, database, directory }),
        inject: [DataSource, PartyDirectory],
      },
      {
        provide: MorningHandovers,
        useFactory: (
          database: DataSource,
          incidents: IncidentViews,
          reader: CustodyReader,
          vault: ContentVault,
          directory: PartyDirectory,
          outward: Outward,
        ) => new MorningHandovers({ party, database, incidents, reader, vault, directory, outward }),
        inject: [DataSource, IncidentViews, CustodyReader, ContentVault, PartyDirectory, Outward],
      },
    ];
    return { module: SocialModule, controllers: [SocialActsController], providers, exports: [SocialSteps] };
  }
}
