import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { createTransport } from 'nodemailer';
import { DataSource } from 'typeorm';
import { CoordinatorCommands, CustodyClock } from '#custody';
import { openDataSource } from '#database';
import { DIRECTORY_SCHEMA, readSnapshot } from '#directory';
import { Deliveries, MailChannel } from '#notify';
import { ActRecorder, LOG, PARTY_CONFIG, type PartyConfig } from '#party';
import { connectClient, type TemporalClient } from '#temporal';
import { CoordinatorController } from './commands/coordinator.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { FiguresController } from './figures/figures.controller.js';
import { RecordFiguresReader } from './figures/record-figures.js';
import { StalledController } from './stalled/stalled.controller.js';
import { StalledBoard } from './stalled/stalled-board.js';
import { FindingMail } from './watchdog/finding-mail.js';
import { Watchdog } from './watchdog/watchdog.js';
import { WatchdogService } from './watchdog/watchdog.service.js';
import type { WatchdogConfig } from './watchdog/watchdog-config.schema.js';

const DIRECTORY = Symbol('Directory');
const TEMPORAL = Symbol('Temporal');

/** Coordination's own nouns, and the watchdog behind them. */
@Module({})
export class CoordinationModule {
  static with(config: WatchdogConfig): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: DIRECTORY,
        useFactory: ({ DATABASE_URL }: PartyConfig) =>
          openDataSource({
            url: DATABASE_URL,
            definition: { ...DIRECTORY_SCHEMA, migrations: [] },
            applicationName: 'handslag coordination directory',
            poolSize: 2,
          }),
        inject: [PARTY_CONFIG],
      },
      { provide: TEMPORAL, useFactory: (party: PartyConfig) => connectClient(party), inject: [PARTY_CONFIG] },
      {
        provide: StalledBoard,
        useFactory: (dataSource: DataSource) => new StalledBoard(dataSource),
        inject: [DataSource],
      },
      {
        provide: CoordinatorCommands,
        useFactory: (dataSource: DataSource, directory: DataSource) =>
          new CoordinatorCommands({ dataSource, snapshot: () => readSnapshot(directory) }),
        inject: [DataSource, DIRECTORY],
      },
      {
        provide: RecordFiguresReader,
        useFactory: (dataSource: DataSource, { client }: TemporalClient) =>
          new RecordFiguresReader(dataSource, client, config.WATCHDOG_GRACE_SECONDS),
        inject: [DataSource, TEMPORAL],
      },
      {
        provide: DeadLetters,
        useFactory: (dataSource: DataSource) => deadLettersOf(dataSource),
        inject: [DataSource],
      },
      {
        provide: WatchdogService,
        useFactory: (dataSource: DataSource, directory: DataSource, temporal: TemporalClient, log: Logger) =>
          watch(config, { dataSource, directory, temporal, log }),
        inject: [DataSource, DIRECTORY, TEMPORAL, LOG],
      },
    ];
    return {
      module: CoordinationModule,
      controllers: [StalledController, CoordinatorController, FiguresController, DeadLettersController],
      providers,
    };
  }
}

/** Coordination acts for people too, without content: there is nothing that it could seal. */
function deadLettersOf(dataSource: DataSource): DeadLetters {
  const acts = new ActRecorder({
    party: 'coordination',
    database: dataSource,
    sealing: null,
    wake: () => undefined,
  });
  return new DeadLetters(dataSource, acts);
}

interface Watching {
  readonly dataSource: DataSource;
  readonly directory: DataSource;
  readonly temporal: TemporalClient;
  readonly log: Logger;
}

function watch(config: WatchdogConfig, { dataSource, directory, temporal, log }: Watching): WatchdogService {
  const snapshot = () => readSnapshot(directory);
  const addresses = { domain: config.NOTIFY_DOMAIN, link: config.NOTIFY_LINK };
  // A mail server that hangs must not hang the sweep.
  const mail = createTransport({
    url: config.SMTP_URL,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
  });
  const watchdog = new Watchdog({
    dataSource,
    clock: new CustodyClock({ dataSource, snapshot }),
    temporal: temporal.client,
    deliveries: new Deliveries(dataSource),
    deadLetters: deadLettersOf(dataSource),
    mail: new MailChannel(mail, addresses, snapshot),
    findingMail: new FindingMail(mail, addresses, snapshot),
    log,
  });
  return new WatchdogService(watchdog, config, log, async () => {
    mail.close();
    await temporal.close();
    await directory.destroy();
  });
}
