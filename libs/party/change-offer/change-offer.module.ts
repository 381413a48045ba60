import { Module } from '@nestjs/common';
import { CustodyCommands } from '#custody';
import { ActRecorder } from '../acts/act-recorder.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { ChangeOffersController } from './change-offers.controller.js';
import { ChangeOffers } from './change-offers.service.js';

/** The offer to the alleged perpetrator, through its three conditions: of the parties that can answer for her (DESIGN 6.2). */
@Module({
  controllers: [ChangeOffersController],
  providers: [
    {
      provide: ChangeOffers,
      useFactory: (
        reader: CustodyReader,
        recorder: ActRecorder,
        commands: CustodyCommands,
        outward: Outward,
      ) => new ChangeOffers({ reader, recorder, commands, outward }),
      inject: [CustodyReader, ActRecorder, CustodyCommands, Outward],
    },
  ],
})
export class ChangeOfferModule {}
