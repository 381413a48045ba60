import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type ActRecorded,
  ActRecordedSchema,
  type DeadLetterPage,
  DeadLetterPageSchema,
  type DeadLetterQuery,
  DeadLetterQuerySchema,
  type DismissDeadLetter,
  DismissDeadLetterSchema,
  RetryDeadLetterSchema,
  UuidSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { DeadLetters } from './dead-letters.js';

/** Notices that did not arrive: seen by coordination, so that a person rings where a message did not get through. */
@ApiTags('coordination')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLetters) private readonly letters: DeadLetters) {}

  @Get()
  @Permits('overview.read')
  @ApiOperation({ summary: 'Notices that could not be delivered: to which function, by which way, why' })
  @Returns(DeadLetterPageSchema)
  page(@Query({ schema: DeadLetterQuerySchema }) query: DeadLetterQuery): Promise<DeadLetterPage> {
    return this.letters.page(query);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Permits('overview.coordinate')
  @ApiOperation({ summary: 'Try again, from the first attempt' })
  @Returns(ActRecordedSchema)
  retry(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: RetryDeadLetterSchema }) _nothing: Record<string, never>,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: Idempotency,
  ): Promise<ActRecorded> {
    return this.letters.decide(caller, key, id, { decision: 'retry' });
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @Permits('overview.coordinate')
  @ApiOperation({ summary: 'Let it go, with a coded reason' })
  @Returns(ActRecordedSchema)
  dismiss(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DismissDeadLetterSchema }) { reason }: DismissDeadLetter,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: Idempotency,
  ): Promise<ActRecorded> {
    return this.letters.decide(caller, key, id, { decision: 'dismiss', reason });
  }
}
