import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ActRecorder } from '../acts/act-recorder.js';
import type { PartyName } from '../party.port.js';
import { MandateChanges } from './mandate-changes.service.js';
import { MandatesController } from './mandates.controller.js';
import { WorkConflictsController } from './work-conflicts.controller.js';

/** Mandates of a party's units, changed by their heads and administrators. */
@Module({})
export class MandatesModule {
  static with(party: PartyName): DynamicModule {
    return {
      module: MandatesModule,
      controllers: [MandatesController, WorkConflictsController],
      providers: [
        {
          provide: MandateChanges,
          useFactory: (database: DataSource, acts: ActRecorder) =>
            new MandateChanges({ party, database, acts }),
          inject: [DataSource, ActRecorder],
        },
      ],
    };
  }
}
