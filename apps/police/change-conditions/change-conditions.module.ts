import { Module } from '@nestjs/common';
import { ActRecorder, Effects, PartySubjects } from '#party';
import { ChangeConditionsController } from './change-conditions.controller.js';
import { ChangeConditions } from './change-conditions.service.js';

/** What the alleged perpetrator was told and agrees to (DESIGN 6.2). */
@Module({
  controllers: [ChangeConditionsController],
  providers: [
    {
      provide: ChangeConditions,
      useFactory: (recorder: ActRecorder, subjects: PartySubjects, effects: Effects) =>
        new ChangeConditions({ recorder, subjects, effects }),
      inject: [ActRecorder, PartySubjects, Effects],
    },
  ],
})
export class ChangeConditionsModule {}
