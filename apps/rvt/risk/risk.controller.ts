import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type AssessRisk,
  AssessRiskSchema,
  type DecideIntervention,
  DecideInterventionSchema,
  type HandOnCommission,
  HandOnCommissionSchema,
  type RecordPoliceAssessment,
  RecordPoliceAssessmentSchema,
  type RecordRiskEvent,
  RecordRiskEventSchema,
  RepeatIncidentsSchema,
  type ReviewRisk,
  ReviewRiskSchema,
  RiskAssessmentWordsSchema,
  type RiskInError,
  RiskInErrorSchema,
  RiskViewSchema,
  type TriageRisk,
  TriageRiskSchema,
  UuidSchema,
} from '#contracts';
import { type Caller, CurrentCaller, type Idempotency, IdempotencyKey, Permits, Returns } from '#party';
import { InterventionDecisions } from './intervention-decisions.service.js';
import { RiskActs } from './risk-acts.service.js';
import { RiskCases } from './risk-cases.service.js';
import { RiskViews } from './risk-views.service.js';

const MADE = { status: 201 } as const;

@ApiTags('risk')
@Controller('api/v1/matters/:id')
@Permits('social.decide')
export class RiskController {
  constructor(
    @Inject(RiskActs) private readonly acts: RiskActs,
    @Inject(RiskViews) private readonly views: RiskViews,
    @Inject(RiskCases) private readonly cases: RiskCases,
    @Inject(InterventionDecisions) private readonly decisions: InterventionDecisions,
  ) {}

  @Get('risk')
  @ApiOperation({
    summary: 'Triage, assessments, reviews, decisions and what is asked for, in codes and times',
  })
  @Returns(RiskViewSchema)
  risk(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.view(caller, id);
  }

  @Get('repeat-incidents')
  @ApiOperation({
    summary: 'Incidents of the same person in your unit within twelve months, as a count with dates',
    description:
      'By the number, in the keyed index of your own unit. The reading is audited; nobody is told.',
  })
  @Returns(RepeatIncidentsSchema)
  repeats(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.cases.repeats(caller, id);
  }

  @Post('risk-triage')
  @ApiOperation({ summary: 'Whether a threat-and-risk assessment is needed before support is offered' })
  @Returns(ActRecordedSchema, MADE)
  triage(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: TriageRiskSchema }) body: TriageRisk,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.triage(caller, idempotency, id, body);
  }

  @Post('risk-assessments')
  @ApiOperation({
    summary: 'A risk assessment by an instrument, with the assessor’s own judgement',
    description: 'Nothing is added up. The next one is asked for by the judged risk.',
  })
  @Returns(ActRecordedSchema, MADE)
  assess(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: AssessRiskSchema }) body: AssessRisk,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.assess(caller, idempotency, id, body);
  }

  @Get('risk-assessments/:assessment')
  @ApiOperation({ summary: 'Answers and grounds of one assessment; the reading is audited' })
  @Returns(RiskAssessmentWordsSchema)
  words(
    @Param('id', { schema: UuidSchema }) id: string,
    @Param('assessment', { schema: UuidSchema }) assessment: string,
    @CurrentCaller() caller: Caller,
  ) {
    return this.views.words(caller, id, assessment);
  }

  @Post('risk-assessments/:assessment/enter-in-error')
  @ApiOperation({ summary: 'Marked as entered in error, with the reason; it stays and counts no more' })
  @Returns(ActRecordedSchema, MADE)
  enterInError(
    @Param('id', { schema: UuidSchema }) matterId: string,
    @Param('assessment', { schema: UuidSchema }) assessmentId: string,
    @Body({ schema: RiskInErrorSchema }) body: RiskInError,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.enterInError(caller, idempotency, { matterId, assessmentId }, body);
  }

  @Post('police-assessment')
  @ApiOperation({
    summary: "The police's own assessment: asked for, come, or never come; nothing waits for it",
  })
  @Returns(ActRecordedSchema, MADE)
  policeAssessment(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: RecordPoliceAssessmentSchema }) body: RecordPoliceAssessment,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.policeAssessment(caller, idempotency, id, body);
  }

  @Post('risk-events')
  @ApiOperation({
    summary: 'Something that bears on the risk: reviewed the same day, or before the day of what is ahead',
  })
  @Returns(ActRecordedSchema, MADE)
  event(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: RecordRiskEventSchema }) body: RecordRiskEvent,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.event(caller, idempotency, id, body);
  }

  @Post('risk-reviews')
  @ApiOperation({ summary: 'The risk looked at anew; answers every review that waits' })
  @Returns(ActRecordedSchema, MADE)
  review(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ReviewRiskSchema }) body: ReviewRisk,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.acts.review(caller, idempotency, id, body);
  }

  @Post('intervention-decisions')
  @ApiOperation({
    summary: 'A measure is granted or refused, by the unit that may decide on it',
    description: 'A granted one leaves its carrying out as work until it is handed on.',
  })
  @Returns(ActRecordedSchema, MADE)
  decide(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DecideInterventionSchema }) body: DecideIntervention,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.decisions.decide(caller, idempotency, id, body);
  }

  @Post('intervention-decisions/:decision/hand-on')
  @ApiOperation({ summary: 'The matter in which a decision is carried out: opened, and offered on' })
  @Returns(ActRecordedSchema, MADE)
  handOn(
    @Param('id', { schema: UuidSchema }) matterId: string,
    @Param('decision', { schema: UuidSchema }) decisionId: string,
    @Body({ schema: HandOnCommissionSchema }) body: HandOnCommission,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.decisions.handOn(caller, idempotency, { matterId, decisionId }, body);
  }
}
