import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type DecideReportFeedback,
  DecideReportFeedbackSchema,
  UuidSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { ReportFeedbacks } from './report-feedbacks.service.js';

@ApiTags('investigations')
@Controller('api/v1/matters/:id')
@Permits('social.decide')
export class ReportFeedbacksController {
  constructor(@Inject(ReportFeedbacks) private readonly feedbacks: ReportFeedbacks) {}

  @Post('report-feedback')
  @ApiOperation({
    summary: 'Whether who reported is told: opened, not opened or already running (OSL 26:9 a)',
    description:
      'After the decision on an investigation. What was told is not taken back; a changed decision is told anew.',
  })
  @Returns(ActRecordedSchema, { status: 201 })
  decideReportFeedback(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DecideReportFeedbackSchema }) body: DecideReportFeedback,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.feedbacks.decide(caller, idempotency, id, body);
  }
}
