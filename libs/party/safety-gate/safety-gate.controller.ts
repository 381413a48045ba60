import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type DecideSafetyGate,
  DecideSafetyGateSchema,
  OutwardIdSchema,
  type PageQuery,
  PageQuerySchema,
  SafetyGateDecidedSchema,
  SafetyGatePageSchema,
  SafetyGateWordsSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { SafetyGateDecisions } from './safety-gate-decisions.service.js';
import { SafetyGateViews } from './safety-gate-views.service.js';

@ApiTags('safety gate')
@Controller('api/v1/subjects/:id/safety-gate')
@Permits('case.work')
export class SafetyGateController {
  constructor(
    @Inject(SafetyGateDecisions) private readonly decisions: SafetyGateDecisions,
    @Inject(SafetyGateViews) private readonly views: SafetyGateViews,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Whether one person may be reached: now, or postponed with a ground and a day of review',
    description:
      'Without it nothing is sent to, asked of or served on an alleged perpetrator, a guardian or a relative.',
  })
  @Returns(SafetyGateDecidedSchema, { status: 201 })
  decide(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: DecideSafetyGateSchema }) body: DecideSafetyGate,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.decisions.decide(caller, idempotency, id, body);
  }

  @Get()
  @ApiOperation({
    summary: 'The decisions of your units, with what the gate says now and the reviews that wait',
  })
  @Returns(SafetyGatePageSchema)
  safetyGateOf(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Query({ schema: PageQuerySchema }) query: PageQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return this.views.list(caller, id, query);
  }

  @Get(':decision/words')
  @ApiOperation({ summary: 'Why one was decided so, and who the person is; the reading is audited' })
  @Returns(SafetyGateWordsSchema)
  words(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Param('decision', { schema: UuidSchema }) decision: string,
    @CurrentCaller() caller: Caller,
  ) {
    return this.views.words(caller, id, decision);
  }
}
