import { type FactoryProvider, Global, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { MatterGates } from '../matters/matter-gates.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { PartySteps } from '../steps/party-steps.js';
import { AllegedReachedGate } from './alleged-reached.gate.js';
import { ChildReachedGate } from './child-reached.gate.js';
import { SafetyGateController } from './safety-gate.controller.js';
import { SafetyGate } from './safety-gate.service.js';
import { SafetyGateDecisions } from './safety-gate-decisions.service.js';
import { SafetyGateViews } from './safety-gate-views.service.js';

const PROVIDERS: FactoryProvider[] = [
  {
    provide: SafetyGate,
    useFactory: (recorder: ActRecorder) => new SafetyGate(recorder),
    inject: [ActRecorder],
  },
  {
    provide: AllegedReachedGate,
    useFactory: (gate: SafetyGate, reader: CustodyReader, gates: MatterGates) => {
      const alleged = new AllegedReachedGate(gate, reader);
      gates.add(alleged);
      return alleged;
    },
    inject: [SafetyGate, CustodyReader, MatterGates],
  },
  {
    provide: ChildReachedGate,
    useFactory: (
      gate: SafetyGate,
      decisions: SafetyGateDecisions,
      reader: CustodyReader,
      gates: MatterGates,
    ) => {
      const childs = new ChildReachedGate({ gate, decisions, reader });
      gates.add(childs);
      return childs;
    },
    inject: [SafetyGate, SafetyGateDecisions, CustodyReader, MatterGates],
  },
  {
    provide: SafetyGateDecisions,
    useFactory: (recorder: ActRecorder, subjects: PartySubjects, steps: PartySteps) =>
      new SafetyGateDecisions({ recorder, subjects, steps }),
    inject: [ActRecorder, PartySubjects, PartySteps],
  },
  {
    provide: SafetyGateViews,
    useFactory: (
      reader: CustodyReader,
      subjects: PartySubjects,
      outward: Outward,
      gate: SafetyGate,
      recorder: ActRecorder,
      audit: ReadingAudit,
    ) => new SafetyGateViews({ reader, subjects, outward, gate, recorder, audit }),
    inject: [CustodyReader, PartySubjects, Outward, SafetyGate, ActRecorder, ReadingAudit],
  },
];

/** Whom it is safe to reach. Global: every feature that could reach a person asks it. */
@Global()
@Module({
  controllers: [SafetyGateController],
  providers: PROVIDERS,
  exports: [SafetyGate, SafetyGateDecisions],
})
export class SafetyGateModule {}
