import { Module } from '@nestjs/common';
import { ActRecorder, CustodyReader, Effects, PartySteps } from '#party';
import { ChildActs } from '../child-case/child-acts.service.js';
import { ChildCaseModule } from '../child-case/child-case.module.js';
import { ChildCases } from '../child-case/child-cases.service.js';
import { InvestigationsController } from './investigations.controller.js';
import { Investigations } from './investigations.service.js';

/** The child's investigation, as far as its opening (B3, D-03, D-04). */
@Module({
  imports: [ChildCaseModule],
  controllers: [InvestigationsController],
  providers: [
    {
      provide: Investigations,
      useFactory: (
        reader: CustodyReader,
        recorder: ActRecorder,
        effects: Effects,
        steps: PartySteps,
        cases: ChildCases,
        acts: ChildActs,
      ) => new Investigations({ reader, recorder, effects, steps, cases, acts }),
      inject: [CustodyReader, ActRecorder, Effects, PartySteps, ChildCases, ChildActs],
    },
  ],
})
export class InvestigationModule {}
