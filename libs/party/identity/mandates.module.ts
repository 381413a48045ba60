import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ActRecorder } from '../acts/act-recorder.js';
import { MandateChanges } from './mandate-changes.service.js';
import { MandatesController } from './mandates.controller.js';
import { WorkConflictsController } from './work-conflicts.controller.js';

/** Mandates of a party's units, changed by their heads and administrators. */
@Module({})
export class MandatesModule {
  static with(): DynamicModule {
    return {
      module: MandatesModule,
      controllers: [MandatesController, WorkConflictsController],
      providers: [
        {
          provide: MandateChanges,
          useFactory: (database: DataSource, acts: ActRecorder) => new MandateChanges({ database, acts }),
          inject: [DataSource, ActRecorder],
        },
      ],
    };
  }
}
