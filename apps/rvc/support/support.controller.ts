import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type BeginSupport,
  BeginSupportSchema,
  type BookSession,
  BookSessionSchema,
  InvestigationStepSchema,
  type RecordInvestigationStep,
  SessionBookedSchema,
  SupportViewSchema,
  type TellSession,
  TellSessionSchema,
  UuidSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { Support } from './support.service.js';

@ApiTags('support')
@Controller('api/v1/matters/:id')
@Permits('social.decide')
export class SupportController {
  constructor(@Inject(Support) private readonly support: Support) {}

  @Get('support')
  @ApiOperation({
    summary: 'The support of this person: how it began, its sessions, what is left of the five',
  })
  @Returns(SupportViewSchema)
  supportOf(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.support.view(caller, id);
  }

  @Post('support')
  @ApiOperation({ summary: 'How the person came, and that the support begins (R-001, R-006, R-008)' })
  @Returns(ActRecordedSchema, { status: 201 })
  beginSupport(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: BeginSupportSchema }) body: BeginSupport,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.support.begin(caller, idempotency, id, body);
  }

  @Post('support-sessions')
  @ApiOperation({
    summary: 'Book a session',
    description:
      'Five conversations without an investigation; a sixth by decision of RVT, or while it is bridged.',
  })
  @Returns(SessionBookedSchema, { status: 201 })
  bookSession(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: BookSessionSchema }) body: BookSession,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.support.book(caller, idempotency, id, body);
  }

  @Post('support-sessions/:sessionId/outcome')
  @ApiOperation({ summary: 'What became of a session: held, missed, cancelled or entered in error (REC-6)' })
  @Returns(ActRecordedSchema, { status: 201 })
  tellSession(
    @Param('id', { schema: UuidSchema }) matterId: string,
    @Param('sessionId', { schema: UuidSchema }) sessionId: string,
    @Body({ schema: TellSessionSchema }) body: TellSession,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.support.tell(caller, idempotency, { matterId, sessionId }, body);
  }

  @Post('support-investigation')
  @ApiOperation({
    summary: 'The investigation is offered, wanted or not, bridged, granted or refused (R-004)',
  })
  @Returns(ActRecordedSchema, { status: 201 })
  recordInvestigationStep(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: InvestigationStepSchema }) body: RecordInvestigationStep,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.support.step(caller, idempotency, id, body);
  }
}
