import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { CustodyCommands } from '#custody';
import { openDataSource } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { CaseStreams } from '../cases/case-streams.js';
import { PartyClock } from '../clock/party-clock.js';
import type { PartyConfig } from '../config/party-config.schema.js';
import { ContentVault } from '../content/content-vault.js';
import { EnvelopeSealer } from '../content/envelope-sealer.js';
import { DeliveryPoller } from '../delivery/delivery-poller.js';
import { BasisRecords } from '../dispatches/basis-records.js';
import { DispatchGates } from '../dispatches/dispatch-gates.js';
import { DispatchesController } from '../dispatches/dispatches.controller.js';
import { Dispatches } from '../dispatches/dispatches.service.js';
import { ItemDisclosures } from '../dispatches/item-disclosures.js';
import { PlannedItems } from '../dispatches/planned-items.js';
import { Previews } from '../dispatches/previews.service.js';
import { EffectRunner } from '../effects/effect-runner.js';
import { Effects } from '../effects/effects.js';
import { PublishedFacts } from '../facts/published-facts.js';
import { AcceptanceObservers } from '../handoffs/acceptance-observers.js';
import { HandoffActions } from '../handoffs/handoff-actions.service.js';
import { HandoffContents } from '../handoffs/handoff-contents.service.js';
import { HandoffViews } from '../handoffs/handoff-views.service.js';
import { HandoffsController } from '../handoffs/handoffs.controller.js';
import { Readiness } from '../health/readiness.js';
import { SlowRound } from '../housekeeping/slow-round.js';
import { WrapSweep } from '../housekeeping/wrap-sweep.js';
import { ContentGate } from '../identity/content-gate.js';
import { IncidentObservers } from '../incidents/incident-observers.js';
import { IncidentViews } from '../incidents/incident-views.service.js';
import { IncidentsController } from '../incidents/incidents.controller.js';
import { Incidents } from '../incidents/incidents.service.js';
import { LiveController } from '../live/live.controller.js';
import { LiveFeed } from '../live/live-feed.js';
import { MatterActions } from '../matters/matter-actions.service.js';
import { MatterGates } from '../matters/matter-gates.js';
import { MatterViews } from '../matters/matter-views.service.js';
import { MattersController } from '../matters/matters.controller.js';
import type { Party } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { ListsController } from '../record/lists.controller.js';
import { Lists } from '../record/lists.service.js';
import { Outward } from '../record/outward.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { PartySteps } from '../steps/party-steps.js';
import { SuccessionKeys } from '../succession/succession-keys.js';
import { PartyDirectory } from '../units/party-directory.js';
import { RoutingController } from '../units/routing.controller.js';
import { UnitRota } from '../units/unit-rota.service.js';
import { UnitsController } from '../units/units.controller.js';
import { Units } from '../units/units.service.js';
import { SpineRunner } from './spine-runner.js';
import { WRAP_ROUND } from './tokens.js';

/** The door of DESIGN 12 and what stands behind it; the same in every party that holds matters. */
@Module({})
export class SpineModule {
  static with(party: Party, config: PartyConfig, log: Logger): DynamicModule {
    const providers: FactoryProvider[] = [
      { provide: PartySealing, useFactory: () => PartySealing.open(party.name, config) },
      { provide: CustodyReader, useFactory: (database) => new CustodyReader(database), inject: [DataSource] },
      { provide: Outward, useFactory: () => new Outward(config.HANDSLAG_ID_KEY) },
      {
        provide: ReadingAudit,
        useFactory: (database, gate) => new ReadingAudit(database, party.name, gate),
        inject: [DataSource, ContentGate],
      },
      {
        provide: PartyDirectory,
        useFactory: async () =>
          new PartyDirectory(
            await openDataSource({
              url: config.DATABASE_URL,
              definition: DIRECTORY_SCHEMA,
              applicationName: `handslag ${party.name} directory`,
              poolSize: 2,
            }),
          ),
      },
      { provide: ContentGate, useFactory: (reader) => new ContentGate(reader), inject: [CustodyReader] },
      {
        provide: ContentVault,
        useFactory: (
          reader: CustodyReader,
          sealing: PartySealing,
          audit: ReadingAudit,
          directory: PartyDirectory,
        ) => new ContentVault(reader, sealing, audit, () => directory.snapshot()),
        inject: [CustodyReader, PartySealing, ReadingAudit, PartyDirectory],
      },
      {
        provide: EnvelopeSealer,
        useFactory: (sealing) => new EnvelopeSealer(sealing),
        inject: [PartySealing],
      },
      {
        provide: CustodyCommands,
        useFactory: (dataSource: DataSource, directory: PartyDirectory, { unitKeys }: PartySealing) =>
          new CustodyCommands({ dataSource, snapshot: () => directory.snapshot(), unitKeys }),
        inject: [DataSource, PartyDirectory, PartySealing],
      },
      {
        provide: IncidentObservers,
        useFactory: () => new IncidentObservers((error) => log.error('incident.unobserved', { error })),
      },
      {
        provide: AcceptanceObservers,
        useFactory: () => new AcceptanceObservers((error) => log.error('acceptance.unobserved', { error })),
      },
      { provide: BasisRecords, useFactory: () => new BasisRecords() },
      {
        provide: ItemDisclosures,
        useFactory: (records) => new ItemDisclosures(records),
        inject: [BasisRecords],
      },
      {
        provide: PlannedItems,
        useFactory: (vault, disclosures, gates, reader) =>
          new PlannedItems({ vault, disclosures, gates, reader }),
        inject: [ContentVault, ItemDisclosures, DispatchGates, CustodyReader],
      },
      {
        provide: Effects,
        useFactory: (database: DataSource, commands: CustodyCommands, directory: PartyDirectory) =>
          new Effects({
            party: party.name,
            database,
            commands,
            units: () => directory.unitsOf(party.name),
            snapshot: () => directory.snapshot(),
            log,
          }),
        inject: [DataSource, CustodyCommands, PartyDirectory],
      },
      { provide: EffectRunner, useFactory: (effects) => new EffectRunner(effects, log), inject: [Effects] },
      { provide: PartySubjects, useFactory: (outward) => new PartySubjects(outward), inject: [Outward] },
      {
        provide: ActRecorder,
        useFactory: (database: DataSource, sealing: PartySealing, runner: EffectRunner) =>
          new ActRecorder({ party: party.name, database, sealing, wake: () => runner.wake() }),
        inject: [DataSource, PartySealing, EffectRunner],
      },
      {
        provide: PartyClock,
        useFactory: (database: DataSource, directory: PartyDirectory) =>
          new PartyClock({ party: party.name, database, snapshot: () => directory.snapshot() }),
        inject: [DataSource, PartyDirectory],
      },
      {
        provide: PartySteps,
        useFactory: (database: DataSource, directory: PartyDirectory) =>
          new PartySteps({ party: party.name, database, directory }),
        inject: [DataSource, PartyDirectory],
      },
      {
        provide: CaseStreams,
        useFactory: (database: DataSource, directory: PartyDirectory) =>
          new CaseStreams({ party: party.name, database, units: () => directory.unitsOf(party.name) }),
        inject: [DataSource, PartyDirectory],
      },
      {
        provide: PublishedFacts,
        useFactory: (database: DataSource, directory: PartyDirectory) =>
          new PublishedFacts({
            party: party.name,
            database,
            units: () => directory.unitsOf(party.name),
            log,
          }),
        inject: [DataSource, PartyDirectory],
      },
      {
        provide: Incidents,
        useFactory: (database, commands, sealer, outward, directory, observers) =>
          new Incidents({
            database,
            commands,
            sealer,
            outward,
            directory,
            observers,
            idKey: config.HANDSLAG_ID_KEY,
          }),
        inject: [DataSource, CustodyCommands, EnvelopeSealer, Outward, PartyDirectory, IncidentObservers],
      },
      {
        provide: IncidentViews,
        useFactory: (reader, outward) => new IncidentViews(reader, outward),
        inject: [CustodyReader, Outward],
      },
      {
        provide: Previews,
        useFactory: (commands, reader, sealer, directory, items) =>
          new Previews({ commands, reader, sealer, directory, items }),
        inject: [CustodyCommands, CustodyReader, EnvelopeSealer, PartyDirectory, PlannedItems],
      },
      {
        provide: HandoffActions,
        useFactory: (commands, reader, sealer, observers) =>
          new HandoffActions({ commands, reader, sealer, observers }),
        inject: [CustodyCommands, CustodyReader, EnvelopeSealer, AcceptanceObservers],
      },
      {
        provide: HandoffViews,
        useFactory: (reader, directory) => new HandoffViews(reader, directory),
        inject: [CustodyReader, PartyDirectory],
      },
      {
        provide: HandoffContents,
        useFactory: (views, vault, directory) => new HandoffContents(views, vault, directory),
        inject: [HandoffViews, ContentVault, PartyDirectory],
      },
      {
        provide: Dispatches,
        useFactory: (commands, reader, directory, actions, disclosures, gates) =>
          new Dispatches({ commands, reader, directory, actions, disclosures, gates }),
        inject: [
          CustodyCommands,
          CustodyReader,
          PartyDirectory,
          HandoffActions,
          ItemDisclosures,
          DispatchGates,
        ],
      },
      {
        provide: MatterActions,
        useFactory: (commands, reader, sealer, outward, gates) =>
          new MatterActions({ commands, reader, sealer, outward, gates, idKey: config.HANDSLAG_ID_KEY }),
        inject: [CustodyCommands, CustodyReader, EnvelopeSealer, Outward, MatterGates],
      },
      { provide: MatterGates, useFactory: () => new MatterGates() },
      { provide: DispatchGates, useFactory: () => new DispatchGates() },
      {
        provide: MatterViews,
        useFactory: (reader, outward) => new MatterViews(reader, outward),
        inject: [CustodyReader, Outward],
      },
      {
        provide: Lists,
        useFactory: (reader, outward) => new Lists(reader, outward),
        inject: [CustodyReader, Outward],
      },
      {
        provide: Units,
        useFactory: (database, directory, sealing, commands) =>
          new Units({ database, directory, sealing, commands }),
        inject: [DataSource, PartyDirectory, PartySealing, CustodyCommands],
      },
      {
        provide: UnitRota,
        useFactory: (database, acts) => new UnitRota({ database, acts }),
        inject: [DataSource, ActRecorder],
      },
      {
        provide: WrapSweep,
        useFactory: (reader: CustodyReader, sealing: PartySealing, directory: PartyDirectory) =>
          new WrapSweep({ reader, sealing, units: () => directory.unitsOf(party.name) }),
        inject: [CustodyReader, PartySealing, PartyDirectory],
      },
      {
        provide: WRAP_ROUND,
        useFactory: (wraps: WrapSweep) => new SlowRound('wraps', () => wraps.sweep(), log),
        inject: [WrapSweep],
      },
      { provide: LiveFeed, useFactory: () => new LiveFeed(config.DATABASE_URL, log) },
      {
        provide: DeliveryPoller,
        useFactory: (
          commands: CustodyCommands,
          reader: CustodyReader,
          sealing: PartySealing,
          directory: PartyDirectory,
        ) =>
          new DeliveryPoller({ commands, reader, sealing, units: () => directory.unitsOf(party.name), log }),
        inject: [CustodyCommands, CustodyReader, PartySealing, PartyDirectory],
      },
      {
        provide: SuccessionKeys,
        useFactory: (reader: CustodyReader, { unitKeys }: PartySealing, directory: PartyDirectory) =>
          new SuccessionKeys({ reader, unitKeys, units: () => directory.unitsOf(party.name), log }),
        inject: [CustodyReader, PartySealing, PartyDirectory],
      },
      {
        provide: SpineRunner,
        useFactory: (
          feed: LiveFeed,
          poller: DeliveryPoller,
          sealing: PartySealing,
          directory: PartyDirectory,
          successions: SuccessionKeys,
          facts: PublishedFacts,
          cases: CaseStreams,
          readiness: Readiness,
        ) =>
          new SpineRunner({
            party: party.name,
            feed,
            poller,
            sealing,
            directory,
            successions,
            facts,
            cases,
            readiness,
            log,
          }),
        inject: [
          LiveFeed,
          DeliveryPoller,
          PartySealing,
          PartyDirectory,
          SuccessionKeys,
          PublishedFacts,
          CaseStreams,
          Readiness,
        ],
      },
    ];
    return {
      module: SpineModule,
      global: true,
      controllers: [
        IncidentsController,
        DispatchesController,
        HandoffsController,
        MattersController,
        ListsController,
        UnitsController,
        RoutingController,
        LiveController,
      ],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
