import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type ChangeWebhook,
  ChangeWebhookSchema,
  UnitIdSchema,
  type WebhookChanged,
  WebhookChangedSchema,
  type WebhookView,
  WebhookViewSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { UnitWebhooks } from './unit-webhooks.service.js';

@ApiTags('units')
@Controller('api/v1/units')
export class WebhooksController {
  constructor(@Inject(UnitWebhooks) private readonly webhooks: UnitWebhooks) {}

  @Get(':id/webhook')
  @Permits('webhook.show')
  @ApiOperation({ summary: "Where the unit's own system listens" })
  @Returns(WebhookViewSchema)
  show(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<WebhookView> {
    return this.webhooks.show(caller, id);
  }

  @Post(':id/webhook')
  @HttpCode(200)
  @Permits('webhook.register')
  @ApiOperation({
    summary: "Register, rotate the secret of, or end where the unit's own system listens",
    description:
      'Signed as Standard Webhooks: `{ type, id, unit, occurredAt }` and nothing else. No redirect is followed.',
  })
  @Returns(WebhookChangedSchema)
  change(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Body({ schema: ChangeWebhookSchema }) body: ChangeWebhook,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: Idempotency,
  ): Promise<WebhookChanged> {
    return this.webhooks.change(caller, key, id, body);
  }
}
