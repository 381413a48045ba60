import { Module } from '@nestjs/common';
import { ActRecorder, CustodyReader, Effects, PartySteps } from '#party';
import { InvestigationsController } from './investigations.controller.js';
import { Investigations } from './investigations.service.js';

/** The child's investigation, as far as its opening (B3, D-03, D-04). */
@Module({
  controllers: [InvestigationsController],
  providers: [
    {
      provide: Investigations,
      useFactory: (reader: CustodyReader, recorder: ActRecorder, effects: Effects, steps: PartySteps) =>
        new Investigations({ reader, recorder, effects, steps }),
      inject: [CustodyReader, ActRecorder, Effects, PartySteps],
    },
  ],
})
export class InvestigationModule {}
