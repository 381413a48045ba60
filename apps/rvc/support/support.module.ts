import { Module } from '@nestjs/common';
import { ActRecorder, CustodyReader, Effects } from '#party';
import { SupportController } from './support.controller.js';
import { Support } from './support.service.js';

/** Support of adults and, by decision, of children. */
@Module({
  controllers: [SupportController],
  providers: [
    {
      provide: Support,
      useFactory: (reader: CustodyReader, recorder: ActRecorder, effects: Effects) =>
        new Support(reader, recorder, effects),
      inject: [CustodyReader, ActRecorder, Effects],
    },
  ],
})
export class SupportModule {}
