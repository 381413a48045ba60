import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { ActRecorder } from '../acts/act-recorder.js';
import { ContentVault } from '../content/content-vault.js';
import { AcceptanceObservers } from '../handoffs/acceptance-observers.js';
import { LookupSweep } from '../housekeeping/lookup-sweep.js';
import { SlowRound } from '../housekeeping/slow-round.js';
import { IncidentObservers } from '../incidents/incident-observers.js';
import type { PartyName } from '../party.port.js';
import { EntitledFunction } from '../protected-identity/entitled-function.js';
import { IdentityLinks } from '../protected-identity/identity-links.service.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { PartyDirectory } from '../units/party-directory.js';
import { CaseNumbers } from './case-numbers.service.js';
import { IdentityIndex } from './identity-index.js';
import { IndexRound } from './index-round.js';
import { LookupsController } from './lookups.controller.js';
import { Lookups } from './lookups.service.js';
import { SamePersons } from './same-person.service.js';

const INDEX_ROUND_TIMER = Symbol('the hourly round of the index');
const LOOKUP_SWEEP_TIMER = Symbol('the hourly sweep of old searches');

/** The blind index alone, which learns from reports and acceptances. Global: protected identities outdate it. */
@Module({})
export class IdentityIndexModule {
  static with(party: PartyName, log: Logger): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: IdentityIndex,
        useFactory: (
          database: DataSource,
          sealing: PartySealing,
          vault: ContentVault,
          reports: IncidentObservers,
          acceptances: AcceptanceObservers,
        ) => {
          const index = new IdentityIndex({ party, database, sealing, vault, log });
          reports.add(({ actingUnit, authority, incidentId, answers }) =>
            index.learnReport({ unit: actingUnit, authority, incidentId, answers }),
          );
          acceptances.add(({ caller, unit, matterIds }) => index.learnTaken(caller, unit, matterIds));
          return index;
        },
        inject: [DataSource, PartySealing, ContentVault, IncidentObservers, AcceptanceObservers],
      },
    ];
    return { module: IdentityIndexModule, global: true, providers, exports: [IdentityIndex] };
  }
}

/** Global: a party's own features ask whether a person is known. Lookups inside an authority, the warning about the same person, and the authority's own case numbers. */
@Module({})
export class LookupModule {
  static with(party: PartyName, log: Logger): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: Lookups,
        useFactory: (
          database: DataSource,
          recorder: ActRecorder,
          index: IdentityIndex,
          entitled: EntitledFunction,
          outward: Outward,
        ) => new Lookups({ party, database, recorder, index, entitled, outward }),
        inject: [DataSource, ActRecorder, IdentityIndex, EntitledFunction, Outward],
      },
      {
        provide: SamePersons,
        useFactory: (
          reader: CustodyReader,
          vault: ContentVault,
          entitled: EntitledFunction,
          lookups: Lookups,
        ) => new SamePersons({ reader, vault, entitled, lookups }),
        inject: [CustodyReader, ContentVault, EntitledFunction, Lookups],
      },
      {
        provide: CaseNumbers,
        useFactory: (recorder: ActRecorder, index: IdentityIndex) => new CaseNumbers({ recorder, index }),
        inject: [ActRecorder, IdentityIndex],
      },
      {
        provide: IndexRound,
        useFactory: (
          index: IdentityIndex,
          links: IdentityLinks,
          sealing: PartySealing,
          reader: CustodyReader,
          directory: PartyDirectory,
        ) => new IndexRound({ index, links, sealing, reader, units: () => directory.unitsOf(party) }),
        inject: [IdentityIndex, IdentityLinks, PartySealing, CustodyReader, PartyDirectory],
      },
      {
        provide: INDEX_ROUND_TIMER,
        useFactory: (round: IndexRound) => new SlowRound('identity-index', () => round.sweep(), log),
        inject: [IndexRound],
      },
      {
        provide: LookupSweep,
        useFactory: (reader: CustodyReader, sealing: PartySealing, directory: PartyDirectory) =>
          new LookupSweep({ party, reader, sealing, units: () => directory.unitsOf(party) }),
        inject: [CustodyReader, PartySealing, PartyDirectory],
      },
      {
        provide: LOOKUP_SWEEP_TIMER,
        useFactory: (old: LookupSweep) => new SlowRound('lookups', () => old.sweep(), log),
        inject: [LookupSweep],
      },
    ];
    return {
      module: LookupModule,
      global: true,
      controllers: [LookupsController],
      providers,
      exports: [SamePersons],
    };
  }
}
