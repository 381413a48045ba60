import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { BasisRecords } from '../dispatches/basis-records.js';
import { Effects } from '../effects/effects.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { SafetyGate } from '../safety-gate/safety-gate.service.js';
import { SafetyGateDecisions } from '../safety-gate/safety-gate-decisions.service.js';
import { PartyDirectory } from '../units/party-directory.js';
import { BasisAnswers } from './basis-answers.service.js';
import { ChildConsentPaths } from './child-consent-paths.service.js';
import { ConsentViews } from './consent-views.service.js';
import { ConsentsController } from './consents.controller.js';
import { Consents } from './consents.service.js';
import { HandoverAnswers } from './handover-answers.js';

/** Consents and individual decisions of every party that holds matters: what a dispatch can rest on. */
@Module({})
export class ConsentsModule {
  static with(): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: BasisAnswers,
        useFactory: (recorder: ActRecorder, directory: PartyDirectory, bases: BasisRecords) => {
          const answers = new BasisAnswers({ recorder, directory });
          bases.servedBy(answers);
          return answers;
        },
        inject: [ActRecorder, PartyDirectory, BasisRecords],
      },
      {
        provide: ChildConsentPaths,
        useFactory: (
          recorder: ActRecorder,
          subjects: PartySubjects,
          gate: SafetyGate,
          persons: SafetyGateDecisions,
          reader: CustodyReader,
          audit: ReadingAudit,
        ) => new ChildConsentPaths({ recorder, subjects, gate, persons, reader, audit }),
        inject: [ActRecorder, PartySubjects, SafetyGate, SafetyGateDecisions, CustodyReader, ReadingAudit],
      },
      {
        provide: Consents,
        useFactory: (
          recorder: ActRecorder,
          reader: CustodyReader,
          subjects: PartySubjects,
          directory: PartyDirectory,
          effects: Effects,
          guard: ChildConsentPaths,
        ) =>
          new Consents({
            recorder,
            reader,
            subjects,
            directory,
            handovers: new HandoverAnswers({ effects, directory }),
            guard,
          }),
        inject: [ActRecorder, CustodyReader, PartySubjects, PartyDirectory, Effects, ChildConsentPaths],
      },
      {
        provide: ConsentViews,
        useFactory: (
          recorder: ActRecorder,
          reader: CustodyReader,
          subjects: PartySubjects,
          directory: PartyDirectory,
          outward: Outward,
          audit: ReadingAudit,
        ) => new ConsentViews({ recorder, reader, subjects, directory, outward, audit }),
        inject: [ActRecorder, CustodyReader, PartySubjects, PartyDirectory, Outward, ReadingAudit],
      },
    ];
    return {
      module: ConsentsModule,
      global: true,
      controllers: [ConsentsController],
      providers,
      exports: [BasisAnswers],
    };
  }
}
