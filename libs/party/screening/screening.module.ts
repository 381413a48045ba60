import { Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { CustodyReader } from '../record/custody-reader.js';
import { PartyDirectory } from '../units/party-directory.js';
import { ScreeningsController } from './screenings.controller.js';
import { Screenings } from './screenings.service.js';

/** Structured identification of mental ill-health at RVT and RVC (REC-5). */
@Module({
  controllers: [ScreeningsController],
  providers: [
    {
      provide: Screenings,
      useFactory: (
        reader: CustodyReader,
        recorder: ActRecorder,
        subjects: PartySubjects,
        directory: PartyDirectory,
        audit: ReadingAudit,
      ) => new Screenings({ reader, recorder, subjects, directory, audit }),
      inject: [CustodyReader, ActRecorder, PartySubjects, PartyDirectory, ReadingAudit],
    },
  ],
  exports: [Screenings],
})
export class ScreeningModule {}
