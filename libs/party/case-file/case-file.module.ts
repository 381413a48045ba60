import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { ActRecorder } from '../acts/act-recorder.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { SlowRound } from '../housekeeping/slow-round.js';
import type { PartyName } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { PartyDirectory } from '../units/party-directory.js';
import { CaseFileController } from './case-file.controller.js';
import { CaseFileExports } from './case-file-export.service.js';
import { CaseFileReader } from './case-file-reader.js';
import { CaseFileRequests } from './case-file-requests.service.js';
import { CaseFileRunner } from './case-file-runner.js';

const EXPORT_ROUND = Symbol('handslag:export-round');

/** Export of a matter to the authority's own case file, with a transfer receipt. */
@Module({})
export class CaseFileModule {
  static with(party: PartyName, log: Logger): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: CaseFileReader,
        useFactory: (database: DataSource, sealing: PartySealing, directory: PartyDirectory) =>
          new CaseFileReader({ database, sealing, snapshot: () => directory.snapshot() }),
        inject: [DataSource, PartySealing, PartyDirectory],
      },
      {
        provide: CaseFileExports,
        useFactory: (
          database: DataSource,
          sealing: PartySealing,
          reader: CaseFileReader,
          directory: PartyDirectory,
        ) => new CaseFileExports({ party, database, sealing, reader, directory, log }),
        inject: [DataSource, PartySealing, CaseFileReader, PartyDirectory],
      },
      {
        provide: CaseFileRunner,
        useFactory: (exports: CaseFileExports) => new CaseFileRunner(exports, log),
        inject: [CaseFileExports],
      },
      {
        provide: EXPORT_ROUND,
        useFactory: (exports: CaseFileExports) => new SlowRound('exports', () => exports.sweep(), log),
        inject: [CaseFileExports],
      },
      {
        provide: CaseFileRequests,
        useFactory: (
          recorder: ActRecorder,
          reader: CustodyReader,
          audit: ReadingAudit,
          exports: CaseFileExports,
          runner: CaseFileRunner,
        ) => new CaseFileRequests({ recorder, reader, audit, exports, runner }),
        inject: [ActRecorder, CustodyReader, ReadingAudit, CaseFileExports, CaseFileRunner],
      },
    ];
    return { module: CaseFileModule, controllers: [CaseFileController], providers };
  }
}
