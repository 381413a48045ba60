import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  DrawLogReviewSchema,
  type FinishLogReview,
  FinishLogReviewSchema,
  type FollowUpLogReview,
  FollowUpLogReviewSchema,
  type JudgeDraw,
  JudgeDrawSchema,
  LogReviewPageSchema,
  LogReviewViewSchema,
  type PageQuery,
  PageQuerySchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { LogReviewViews } from './log-review-views.service.js';
import { LogReviews } from './log-reviews.service.js';

const MADE = { status: 201 } as const;

@ApiTags('log review')
@Controller('api/v1/log-reviews')
@Permits('log-review.perform')
export class LogReviewsController {
  constructor(
    @Inject(LogReviews) private readonly reviews: LogReviews,
    @Inject(LogReviewViews) private readonly views: LogReviewViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Reviews of a unit’s log, the latest first' })
  @Returns(LogReviewPageSchema)
  listLogReviews(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.views.list(caller, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One review with what was drawn and how; the reading is audited' })
  @Returns(LogReviewViewSchema)
  logReview(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.view(caller, id);
  }

  @Post(':id/draw')
  @ApiOperation({ summary: 'Draw the accesses to look at, by weight; seed and method are kept' })
  @Returns(ActRecordedSchema, MADE)
  drawLogReview(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DrawLogReviewSchema }) _body: object,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.reviews.draw(caller, idempotency, id);
  }

  @Post(':id/judgements')
  @ApiOperation({ summary: 'What you find about one drawn access; never your own' })
  @Returns(ActRecordedSchema, MADE)
  judgeLogAccess(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: JudgeDrawSchema }) body: JudgeDraw,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.reviews.judge(caller, idempotency, id, body);
  }

  @Post(':id/finish')
  @ApiOperation({ summary: 'The result of the whole; the next period opens' })
  @Returns(ActRecordedSchema, MADE)
  finishLogReview(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: FinishLogReviewSchema }) body: FinishLogReview,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.reviews.finish(caller, idempotency, id, body);
  }

  @Post(':id/follow-up')
  @ApiOperation({ summary: 'What came of the questions' })
  @Returns(ActRecordedSchema, MADE)
  followUpLogReview(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: FollowUpLogReviewSchema }) body: FollowUpLogReview,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.reviews.followUp(caller, idempotency, id, body);
  }
}
