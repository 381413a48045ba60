import { type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import {
  AcceptanceObservers,
  ActRecorder,
  CustodyReader,
  DispatchGates,
  LOG,
  PartyDirectory,
  PartySteps,
  PublishedFacts,
  ReadingAudit,
  SamePersons,
  SlowRound,
} from '#party';
import { InterventionDecisions } from './intervention-decisions.service.js';
import { RiskController } from './risk.controller.js';
import { RiskActs } from './risk-acts.service.js';
import { RiskCases } from './risk-cases.service.js';
import { RiskSteps } from './risk-steps.js';
import { RiskViews } from './risk-views.service.js';
import { SupportOfferGate } from './support-offer.gate.js';

const RISK_ROUND = Symbol('the hourly round of risk cases');

const PROVIDERS: FactoryProvider[] = [
  {
    provide: RiskSteps,
    useFactory: (steps: PartySteps) => new RiskSteps(steps),
    inject: [PartySteps],
  },
  {
    provide: RiskActs,
    useFactory: (reader: CustodyReader, recorder: ActRecorder, steps: RiskSteps) =>
      new RiskActs({ reader, recorder, steps }),
    inject: [CustodyReader, ActRecorder, RiskSteps],
  },
  {
    provide: InterventionDecisions,
    useFactory: (reader: CustodyReader, recorder: ActRecorder, steps: RiskSteps, directory: PartyDirectory) =>
      new InterventionDecisions({ reader, recorder, steps, directory }),
    inject: [CustodyReader, ActRecorder, RiskSteps, PartyDirectory],
  },
  {
    provide: RiskViews,
    useFactory: (reader: CustodyReader, recorder: ActRecorder, audit: ReadingAudit) =>
      new RiskViews({ reader, recorder, audit }),
    inject: [CustodyReader, ActRecorder, ReadingAudit],
  },
  {
    provide: RiskCases,
    useFactory: (
      reader: CustodyReader,
      steps: RiskSteps,
      samePersons: SamePersons,
      directory: PartyDirectory,
      acceptances: AcceptanceObservers,
      facts: PublishedFacts,
    ) => {
      const cases = new RiskCases({ reader, steps, samePersons, units: () => directory.unitsOf('rvt') });
      cases.listen(acceptances, facts);
      return cases;
    },
    inject: [CustodyReader, RiskSteps, SamePersons, PartyDirectory, AcceptanceObservers, PublishedFacts],
  },
  {
    provide: RISK_ROUND,
    useFactory: (cases: RiskCases, log: Logger) => new SlowRound('risk-cases', () => cases.sweep(), log),
    inject: [RiskCases, LOG],
  },
  {
    provide: SupportOfferGate,
    useFactory: (gates: DispatchGates) => {
      const gate = new SupportOfferGate();
      gates.add(gate);
      return gate;
    },
    inject: [DispatchGates],
  },
];

/** RVT's work on the risk of an adult: triage, assessment, reviews and decisions (R-005, R-011, DESIGN 6.3). */
@Module({ controllers: [RiskController], providers: PROVIDERS })
export class RiskModule {}
