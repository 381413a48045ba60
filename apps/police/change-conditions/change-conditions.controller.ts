import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  OutwardIdSchema,
  type RecordChangeConditions,
  RecordChangeConditionsSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { ChangeConditions } from './change-conditions.service.js';

@ApiTags('change offer')
@Controller('api/v1/subjects/:id')
@Permits('case.work')
export class ChangeConditionsController {
  constructor(@Inject(ChangeConditions) private readonly conditions: ChangeConditions) {}

  @Post('change-conditions')
  @ApiOperation({
    summary: 'The alleged perpetrator was told of help, and agrees to contact or not',
    description:
      'Two of the three conditions of an offer to him; the third is set by the unit that answers for her.',
  })
  @Returns(ActRecordedSchema, { status: 201 })
  recordChangeConditions(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: RecordChangeConditionsSchema }) body: RecordChangeConditions,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.conditions.record(caller, idempotency, id, body);
  }
}
