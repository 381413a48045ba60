import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import type { PartyConfig } from '../config/party-config.schema.js';
import type { Party } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { PartySealing } from '../sealing/party-sealing.js';
import { PartyDirectory } from '../units/party-directory.js';
import { DisposalsController, RetentionMarksController } from './disposals.controller.js';
import { Disposals } from './disposals.service.js';
import { Erasures } from './erasures.service.js';
import { RetentionMarks } from './retention-marks.service.js';
import { RetentionRegister } from './retention-register.js';

/** When a file goes, who decides it, and the carrying out (domain.md B8). */
@Module({})
export class RetentionModule {
  static with({ name: party }: Party, config: PartyConfig): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: RetentionRegister,
        useFactory: (
          database: DataSource,
          reader: CustodyReader,
          sealing: PartySealing,
          audit: ReadingAudit,
        ) =>
          new RetentionRegister({ party, database, reader, sealing, audit, idKey: config.HANDSLAG_ID_KEY }),
        inject: [DataSource, CustodyReader, PartySealing, ReadingAudit],
      },
      {
        provide: Disposals,
        useFactory: (
          database: DataSource,
          reader: CustodyReader,
          recorder: ActRecorder,
          register: RetentionRegister,
          outward: Outward,
        ) => new Disposals({ party, database, reader, recorder, register, outward }),
        inject: [DataSource, CustodyReader, ActRecorder, RetentionRegister, Outward],
      },
      {
        provide: RetentionMarks,
        useFactory: (recorder: ActRecorder, subjects: PartySubjects) =>
          new RetentionMarks({ recorder, subjects }),
        inject: [ActRecorder, PartySubjects],
      },
      {
        provide: Erasures,
        useFactory: (
          database: DataSource,
          reader: CustodyReader,
          sealing: PartySealing,
          directory: PartyDirectory,
        ) => new Erasures({ party, database, reader, sealing, units: () => directory.unitsOf(party) }),
        inject: [DataSource, CustodyReader, PartySealing, PartyDirectory],
      },
    ];
    return {
      module: RetentionModule,
      controllers: [DisposalsController, RetentionMarksController],
      providers,
      exports: [Erasures],
    };
  }
}
