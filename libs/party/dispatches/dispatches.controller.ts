import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type AcceptDispatch,
  AcceptDispatchSchema,
  DisclosureOutlookSchema,
  DispatchAcceptedSchema,
  DispatchPreviewSchema,
  DispatchViewSchema,
  type OutlookQuery,
  OutlookQuerySchema,
  type PreviewDispatch,
  PreviewDispatchSchema,
  type SendDispatch,
  SendDispatchSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Dispatches } from './dispatches.service.js';
import { Previews } from './previews.service.js';

@ApiTags('dispatches')
@Controller('api/v1/dispatches')
@Permits('case.work')
export class DispatchesController {
  constructor(
    @Inject(Previews) private readonly previews: Previews,
    @Inject(Dispatches) private readonly dispatches: Dispatches,
  ) {}

  @Get('outlook')
  @ApiOperation({
    summary: 'Field by field: what would leave, what is withheld and why, what needs a consent or a decision',
    description: 'With the text of every basis. Nothing is sealed or kept, and nothing leaves.',
  })
  @Returns(DisclosureOutlookSchema)
  outlook(@Query({ schema: OutlookQuerySchema }) query: OutlookQuery, @CurrentCaller() caller: Caller) {
    return this.previews.outlook(caller, query);
  }

  @Post('preview')
  @ApiOperation({
    summary: 'What would leave, what is withheld and why, to whom, and every deadline that will start',
    description: 'Nothing leaves. Holds for 24 hours.',
  })
  @Returns(DispatchPreviewSchema)
  previewDispatch(
    @Body({ schema: PreviewDispatchSchema }) body: PreviewDispatch,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.previews.preview(caller, idempotency, body);
  }

  @Post()
  @ApiOperation({ summary: 'Send what was previewed: all of it or nothing' })
  @Returns(DispatchViewSchema, { status: 201 })
  sendDispatch(
    @Body({ schema: SendDispatchSchema }) body: SendDispatch,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.dispatches.send(caller, idempotency, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One act of sending, with the offers you are a side of' })
  @Returns(DispatchViewSchema)
  dispatch(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.dispatches.view(caller, id);
  }

  @Post(':id/accept')
  @ApiOperation({ summary: 'Accept all its offers to your unit, in one transaction' })
  @Returns(DispatchAcceptedSchema)
  acceptDispatch(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: AcceptDispatchSchema }) body: AcceptDispatch,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.dispatches.accept(caller, idempotency, id, body);
  }
}
