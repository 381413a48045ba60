import { Module } from '@nestjs/common';
import { ActRecorder, CustodyReader, Effects, PartySteps } from '#party';
import { ReportFeedbacksController } from './report-feedbacks.controller.js';
import { ReportFeedbacks } from './report-feedbacks.service.js';

/** What the reporter is told (OSL 26:9 a, X-13). */
@Module({
  controllers: [ReportFeedbacksController],
  providers: [
    {
      provide: ReportFeedbacks,
      useFactory: (reader: CustodyReader, recorder: ActRecorder, effects: Effects, steps: PartySteps) =>
        new ReportFeedbacks({ reader, recorder, effects, steps }),
      inject: [CustodyReader, ActRecorder, Effects, PartySteps],
    },
  ],
})
export class FeedbackModule {}
