import { type DynamicModule, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import type { PartyConfig } from '../config/party-config.schema.js';
import { UnitWebhooks } from './unit-webhooks.service.js';
import { WebhooksController } from './webhooks.controller.js';

/** A unit's own system is told that there is something to open. */
@Module({})
export class WebhooksModule {
  static with(config: PartyConfig): DynamicModule {
    return {
      module: WebhooksModule,
      controllers: [WebhooksController],
      providers: [
        {
          provide: UnitWebhooks,
          useFactory: (acts: ActRecorder) =>
            new UnitWebhooks({
              acts,
              noticeKey: config.HANDSLAG_NOTICE_KEY ?? null,
              isLocal: config.HANDSLAG_LOCAL,
            }),
          inject: [ActRecorder],
        },
      ],
    };
  }
}
