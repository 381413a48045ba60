import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type DecideInvestigation,
  DecideInvestigationSchema,
  UuidSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { Investigations } from './investigations.service.js';

@ApiTags('investigations')
@Controller('api/v1/matters/:id')
@Permits('social.decide')
export class InvestigationsController {
  constructor(@Inject(Investigations) private readonly investigations: Investigations) {}

  @Post('investigation-decision')
  @ApiOperation({
    summary: 'An investigation of the child is opened, or not; meets D-03 and D-04',
    description: 'By the unit that answers for the report. Carries the time of the decision.',
  })
  @Returns(ActRecordedSchema, { status: 201 })
  decideInvestigation(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DecideInvestigationSchema }) body: DecideInvestigation,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.investigations.decide(caller, idempotency, id, body);
  }
}
