import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  ChildCaseViewSchema,
  type RecordChildAct,
  RecordChildActSchema,
  UuidSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { ChildActs } from './child-acts.service.js';
import { ChildCaseViews } from './child-case-views.service.js';

@ApiTags('investigations')
@Controller('api/v1/matters/:id/child-case')
@Permits('social.decide')
export class ChildCasesController {
  constructor(
    @Inject(ChildActs) private readonly acts: ChildActs,
    @Inject(ChildCaseViews) private readonly views: ChildCaseViews,
  ) {}

  @Get()
  @ApiOperation({
    summary: "A child's investigation and support: where it stands, what waits for you and until when",
  })
  @Returns(ChildCaseViewSchema)
  childCase(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.view(caller, id);
  }

  @Post('acts')
  @ApiOperation({
    summary:
      "What you do in a child's case: notice, plan, extension, closing, programme, support, follow-up …",
    description:
      'After the decision on an investigation. Carries the time it was done. What waits for it is met, and what follows is asked.',
  })
  @Returns(ActRecordedSchema, { status: 201 })
  recordAct(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: RecordChildActSchema }) body: RecordChildAct,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.record(caller, idempotency, id, body);
  }
}
