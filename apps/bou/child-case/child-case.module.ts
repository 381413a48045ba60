import { Module } from '@nestjs/common';
import { factsOfRisk, keysOf, PUBLISHED_FACTS } from '#domain';
import {
  ActRecorder,
  CaseStreams,
  CustodyReader,
  Effects,
  MatterGates,
  PartyDirectory,
  PartySteps,
  PublishedFacts,
  SafetyGate,
  SafetyGateDecisions,
} from '#party';
import { ChildActs } from './child-acts.service.js';
import { ChildCaseViews } from './child-case-views.service.js';
import { ChildCasesController } from './child-cases.controller.js';
import { CHILD_DECISION, ChildCases } from './child-cases.service.js';
import { RunningInvestigationGate } from './running-investigation.gate.js';

/** A child's investigation, support and follow-up (DESIGN 6.4), after the decision to open or not. */
@Module({
  controllers: [ChildCasesController],
  providers: [
    {
      provide: ChildCases,
      useFactory: (
        streams: CaseStreams,
        steps: PartySteps,
        effects: Effects,
        reader: CustodyReader,
        directory: PartyDirectory,
        facts: PublishedFacts,
        persons: SafetyGateDecisions,
        gates: MatterGates,
      ) => {
        const cases = new ChildCases({ streams, steps, effects, reader, directory });
        steps.addTerms(CHILD_DECISION, (manager, step) => cases.termsOf(manager, step));
        facts.on(
          [...factsOfRisk(keysOf(PUBLISHED_FACTS)), 'child-support-started', 'child-support-ended'],
          (manager, fact) => cases.told(manager, fact),
        );
        persons.onDecided((manager, decided) => cases.reachChanged(manager, decided));
        gates.add(new RunningInvestigationGate(reader));
        return cases;
      },
      inject: [
        CaseStreams,
        PartySteps,
        Effects,
        CustodyReader,
        PartyDirectory,
        PublishedFacts,
        SafetyGateDecisions,
        MatterGates,
      ],
    },
    {
      provide: ChildActs,
      useFactory: (
        cases: ChildCases,
        recorder: ActRecorder,
        reader: CustodyReader,
        gate: SafetyGate,
        persons: SafetyGateDecisions,
      ) => new ChildActs({ cases, recorder, reader, gate, persons }),
      inject: [ChildCases, ActRecorder, CustodyReader, SafetyGate, SafetyGateDecisions],
    },
    {
      provide: ChildCaseViews,
      useFactory: (acts: ChildActs, reader: CustodyReader) => new ChildCaseViews(acts, reader),
      inject: [ChildActs, CustodyReader],
    },
  ],
  exports: [ChildCases, ChildActs],
})
export class ChildCaseModule {}
