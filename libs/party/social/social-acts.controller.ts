import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type AssessProtection,
  AssessProtectionSchema,
  type DecideAttendance,
  DecideAttendanceSchema,
  type DecideInvestigation,
  DecideInvestigationSchema,
  MorningHandoverSchema,
  OutwardIdSchema,
  type RecordBasis,
  RecordBasisSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { MorningHandovers } from './morning-handovers.service.js';
import { SocialActs } from './social-acts.service.js';

const MADE = { status: 201 } as const;

@ApiTags('night and morning')
@Controller('api/v1/incidents/:id')
@Permits('case-worker', 'unit-head')
export class SocialActsController {
  constructor(
    @Inject(SocialActs) private readonly acts: SocialActs,
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
    return this.acts.attendance(caller, idempotency, id, body);
  }

  @Post('protection-assessments')
  @ApiOperation({ summary: 'The protection assessment of a child; meets D-01 and D-02' })
  @Returns(ActRecordedSchema, MADE)
  assessProtection(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: AssessProtectionSchema }) body: AssessProtection,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.assessment(caller, idempotency, id, body);
  }

  @Post('consents')
  @ApiOperation({ summary: "An adult's consent, or an individual decision, that a dispatch can rest on" })
  @Returns(ActRecordedSchema, MADE)
  recordBasis(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: RecordBasisSchema }) body: RecordBasis,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.basis(caller, idempotency, id, body);
  }

  @Post('investigation-decisions')
  @ApiOperation({ summary: 'Investigation opened or not; meets D-03 and D-04' })
  @Returns(ActRecordedSchema, MADE)
  decideInvestigation(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: DecideInvestigationSchema }) body: DecideInvestigation,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.investigation(caller, idempotency, id, body);
  }

  @Get('morning-handover')
  @ApiOperation({
    summary: 'Every child and adult you hold, with the unit each should go to, explained',
    description: 'What is filled already and what the form still lacks. The reading is audited.',
  })
  @Returns(MorningHandoverSchema)
  morningHandover(@Param('id', { schema: OutwardIdSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.mornings.view(caller, id);
  }
}
