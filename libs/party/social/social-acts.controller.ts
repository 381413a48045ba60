import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type AssessProtection,
  AssessProtectionSchema,
  type DecideAttendance,
  DecideAttendanceSchema,
  MorningHandoverSchema,
  OutwardIdSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Attendance } from './attendance.service.js';
import { MorningHandovers } from './morning-handovers.service.js';
import { ProtectionAssessments } from './protection-assessments.service.js';

const MADE = { status: 201 } as const;

@ApiTags('night and morning')
@Controller('api/v1/incidents/:id')
@Permits('social.decide')
export class SocialActsController {
  constructor(
    @Inject(Attendance) private readonly attendance: Attendance,
    @Inject(ProtectionAssessments) private readonly assessments: ProtectionAssessments,
    @Inject(MorningHandovers) private readonly mornings: MorningHandovers,
  ) {}

  @Post('attendance-decision')
  @ApiOperation({
    summary: 'Attend or not, with necessity and legal ground',
    description: 'A visit without both is refused: that the programme applies is not enough.',
  })
  @Returns(ActRecordedSchema, MADE)
  decideAttendance(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: DecideAttendanceSchema }) body: DecideAttendance,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.attendance.decide(caller, idempotency, id, body);
  }

  @Post('protection-assessments')
  @ApiOperation({
    summary: 'The protection assessment of a child; meets D-01 and D-02',
    description: 'Carries the time it was made. Another one of the same child is a new version.',
  })
  @Returns(ActRecordedSchema, MADE)
  assessProtection(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: AssessProtectionSchema }) body: AssessProtection,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.assessments.assess(caller, idempotency, id, body);
  }

  @Get('morning-handover')
  @ApiOperation({
    summary: 'Every child and adult you hold, with the unit each should go to, explained',
    description: 'What is filled already and what is still missing. The reading is audited.',
  })
  @Returns(MorningHandoverSchema)
  morningHandover(@Param('id', { schema: OutwardIdSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.mornings.view(caller, id);
  }
}
