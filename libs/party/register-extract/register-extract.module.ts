import { type DynamicModule, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { OwnDeadlines } from '../clock/own-deadlines.js';
import type { PartyName } from '../party.port.js';
import { PartyDirectory } from '../units/party-directory.js';
import { RegisterExtractsController } from './register-extracts.controller.js';
import { RegisterExtracts } from './register-extracts.service.js';

/** The register extract of a person: who saw her data. */
@Module({})
export class RegisterExtractModule {
  static with(party: PartyName): DynamicModule {
    return {
      module: RegisterExtractModule,
      controllers: [RegisterExtractsController],
      providers: [
        {
          provide: RegisterExtracts,
          useFactory: (
            recorder: ActRecorder,
            subjects: PartySubjects,
            audit: ReadingAudit,
            directory: PartyDirectory,
          ) => {
            const snapshot = () => directory.snapshot();
            const deadlines = new OwnDeadlines({ party, snapshot });
            return new RegisterExtracts({ party, recorder, subjects, audit, snapshot, deadlines });
          },
          inject: [ActRecorder, PartySubjects, ReadingAudit, PartyDirectory],
        },
      ],
    };
  }
}
