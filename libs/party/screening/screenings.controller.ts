import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  OutwardIdSchema,
  type RecordScreening,
  RecordScreeningSchema,
  type ScreeningInError,
  ScreeningInErrorSchema,
  ScreeningListSchema,
  ScreeningRecordedSchema,
  ScreeningWordsSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Screenings } from './screenings.service.js';

const MADE = { status: 201 } as const;

@ApiTags('screening')
@Controller('api/v1/subjects/:id/screenings')
@Permits('social.decide')
export class ScreeningsController {
  constructor(@Inject(Screenings) private readonly screenings: Screenings) {}

  @Post()
  @ApiOperation({
    summary: 'A self-rating of the person, scored where scoring is published',
    description: 'Acute risk of suicide stops the form: nothing is scored, and the answer says whom to ring.',
  })
  @Returns(ScreeningRecordedSchema, MADE)
  record(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: RecordScreeningSchema }) body: RecordScreening,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.screenings.record(caller, idempotency, id, body);
  }

  @Get()
  @ApiOperation({ summary: 'What the ratings came to, the oldest first: before and after' })
  @Returns(ScreeningListSchema)
  list(@Param('id', { schema: OutwardIdSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.screenings.list(caller, id);
  }

  @Get(':screening')
  @ApiOperation({ summary: 'Answers and sums of one rating; the reading is audited' })
  @Returns(ScreeningWordsSchema)
  words(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Param('screening', { schema: UuidSchema }) screening: string,
    @CurrentCaller() caller: Caller,
  ) {
    return this.screenings.words(caller, id, screening);
  }

  @Post(':screening/enter-in-error')
  @ApiOperation({ summary: 'Marked as entered in error, with the reason; it stays and counts no more' })
  @Returns(ActRecordedSchema, MADE)
  enterInError(
    @Param('id', { schema: OutwardIdSchema }) outwardSubject: string,
    @Param('screening', { schema: UuidSchema }) screeningId: string,
    @Body({ schema: ScreeningInErrorSchema }) body: ScreeningInError,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.screenings.enterInError(caller, idempotency, { outwardSubject, screeningId }, body);
  }
}
