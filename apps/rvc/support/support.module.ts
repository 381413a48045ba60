import { Module } from '@nestjs/common';
import { ActRecorder, CustodyReader } from '#party';
import { SupportController } from './support.controller.js';
import { Support } from './support.service.js';

/** Support of adults and, by decision, of children. */
@Module({
  controllers: [SupportController],
  providers: [
    {
      provide: Support,
      useFactory: (reader: CustodyReader, recorder: ActRecorder) => new Support(reader, recorder),
      inject: [CustodyReader, ActRecorder],
    },
  ],
})
export class SupportModule {}
