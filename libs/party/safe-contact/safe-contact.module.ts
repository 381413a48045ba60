import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { ActRecorder } from '../acts/act-recorder.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { OwnDeadlines } from '../clock/own-deadlines.js';
import { ContentVault } from '../content/content-vault.js';
import { AcceptanceObservers } from '../handoffs/acceptance-observers.js';
import { SlowRound } from '../housekeeping/slow-round.js';
import { MatterGates } from '../matters/matter-gates.js';
import type { PartyName } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { PartyDirectory } from '../units/party-directory.js';
import { SafeContactController } from './safe-contact.controller.js';
import { SafeContactGate } from './safe-contact-gate.js';
import { SafeContactWatch } from './safe-contact-watch.js';
import { SafeContacts } from './safe-contacts.service.js';

const WATCH_ROUND = Symbol('handslag:safe-contact-round');

/** Safe contact: shown before any contact step, kept to or overridden with a reason, confirmed every thirty days. */
@Module({})
export class SafeContactModule {
  static with(party: PartyName, log: Logger): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: OwnDeadlines,
        useFactory: (directory: PartyDirectory) =>
          new OwnDeadlines({ party, snapshot: () => directory.snapshot() }),
        inject: [PartyDirectory],
      },
      {
        provide: SafeContacts,
        useFactory: (
          recorder: ActRecorder,
          reader: CustodyReader,
          vault: ContentVault,
          audit: ReadingAudit,
          deadlines: OwnDeadlines,
        ) => {
          const contacts = new SafeContacts({ recorder, reader, vault, audit, deadlines });
          vault.addSource(contacts);
          return contacts;
        },
        inject: [ActRecorder, CustodyReader, ContentVault, ReadingAudit, OwnDeadlines],
      },
      {
        provide: SafeContactGate,
        useFactory: (recorder: ActRecorder, contacts: SafeContacts, gates: MatterGates) => {
          const gate = new SafeContactGate({ recorder, contacts });
          gates.add(gate);
          return gate;
        },
        inject: [ActRecorder, SafeContacts, MatterGates],
      },
      {
        provide: SafeContactWatch,
        useFactory: (
          database: DataSource,
          deadlines: OwnDeadlines,
          directory: PartyDirectory,
          acceptances: AcceptanceObservers,
        ) => {
          const units = () => directory.unitsOf(party);
          const watch = new SafeContactWatch({ party, database, deadlines, units });
          acceptances.add(({ unit, matterIds }) => watch.taken(unit, matterIds));
          return watch;
        },
        inject: [DataSource, OwnDeadlines, PartyDirectory, AcceptanceObservers],
      },
      {
        provide: WATCH_ROUND,
        useFactory: (watch: SafeContactWatch) => new SlowRound('safe-contacts', () => watch.look(), log),
        inject: [SafeContactWatch],
      },
    ];
    return { module: SafeContactModule, controllers: [SafeContactController], providers };
  }
}
