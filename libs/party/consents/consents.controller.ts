import { Body, Controller, Get, Headers, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  ActRecordedSchema,
  type ConsentFormatQuery,
  ConsentFormatQuerySchema,
  ConsentPageSchema,
  ConsentPathEvaluatedSchema,
  ConsentPathViewSchema,
  ConsentViewSchema,
  type DecideDisclosure,
  DecideDisclosureSchema,
  type EvaluateConsentPath,
  EvaluateConsentPathSchema,
  FhirConsentSchema,
  LeftPageSchema,
  type MarkConsentInError,
  MarkConsentInErrorSchema,
  OutwardIdSchema,
  type PageQuery,
  PageQuerySchema,
  type RecordConsent,
  RecordConsentSchema,
  UuidSchema,
  type WithdrawConsent,
  WithdrawConsentSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { ChildConsentPaths } from './child-consent-paths.service.js';
import { ConsentViews } from './consent-views.service.js';
import { Consents } from './consents.service.js';

const MADE = { status: 201 } as const;
const FHIR = 'application/fhir+json';

@ApiTags('consents')
@Controller('api/v1')
@Permits('case.work')
export class ConsentsController {
  constructor(
    @Inject(Consents) private readonly consents: Consents,
    @Inject(ConsentViews) private readonly views: ConsentViews,
    @Inject(ChildConsentPaths) private readonly paths: ChildConsentPaths,
  ) {}

  @Post('subjects/:id/consents')
  @ApiOperation({
    summary: 'What a person answered about telling a unit, or a kind of unit, for one purpose',
    description:
      '`recordId` goes into the basis of a preview as X-01. A later answer stands above an earlier one.',
  })
  @Returns(ActRecordedSchema, MADE)
  record(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: RecordConsentSchema }) body: RecordConsent,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.consents.consent(caller, idempotency, id, body);
  }

  @Post('subjects/:id/individual-decisions')
  @ApiOperation({
    summary: 'A decision in the individual case to tell somebody, or not to, with reasons',
    description:
      '`recordId` goes into the basis of a preview. A decision not to tell stands above a statement.',
  })
  @Returns(ActRecordedSchema, MADE)
  decideToTell(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: DecideDisclosureSchema }) body: DecideDisclosure,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.consents.decide(caller, idempotency, id, body);
  }

  @Post('subjects/:id/consent-path')
  @ApiOperation({
    summary: 'Who may consent for a child to a measure, by the table of the law, recorded',
    description: 'Names whom to ask, where the safety gate is open. An alleged perpetrator is never named.',
  })
  @Returns(ConsentPathEvaluatedSchema, MADE)
  evaluate(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: EvaluateConsentPathSchema }) body: EvaluateConsentPath,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.paths.evaluate(caller, idempotency, id, body);
  }

  @Get('consent-paths/:id')
  @ApiOperation({ summary: 'What an evaluation was made of; the reading is audited' })
  @Returns(ConsentPathViewSchema)
  path(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.paths.view(caller, id);
  }

  @Get('subjects/:id/consents')
  @ApiOperation({
    summary: 'The answers and decisions that your units recorded about a person, the newest first',
  })
  @Returns(ConsentPageSchema)
  consentsOf(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Query({ schema: PageQuerySchema }) query: PageQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return this.views.list(caller, id, query);
  }

  @Get('consents/:id')
  @ApiOperation({
    summary: 'One of them with its words, or a person’s answer as FHIR R4 Consent',
    description: 'The words are sealed, and reading them is audited; the FHIR shape holds none of them.',
  })
  @ApiProduces('application/json', FHIR)
  @Returns(z.union([ConsentViewSchema, FhirConsentSchema]))
  async view(
    @Param('id', { schema: UuidSchema }) id: string,
    @Query({ schema: ConsentFormatQuerySchema }) query: ConsentFormatQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentCaller() caller: Caller,
  ) {
    const isFhir = query._format === undefined ? accept?.includes(FHIR) === true : query._format === 'fhir';
    if (!isFhir) return this.views.view(caller, id);
    const consent = await this.views.fhir(caller, id);
    void reply.header('content-type', `${FHIR}; charset=utf-8`);
    return consent;
  }

  @Get('consents/:id/left')
  @ApiOperation({ summary: 'What left on it: to whom, when, which fields, and whether it stood then' })
  @Returns(LeftPageSchema)
  left(
    @Param('id', { schema: UuidSchema }) id: string,
    @Query({ schema: PageQuerySchema }) query: PageQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return this.views.left(caller, id, query);
  }

  @Post('consents/:id/withdraw')
  @ApiOperation({
    summary: 'It was taken back: nothing further leaves on it',
    description: 'What left already is listed under `left`, with whom to tell.',
  })
  @Returns(ActRecordedSchema, MADE)
  withdrawConsent(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: WithdrawConsentSchema }) body: WithdrawConsent,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.consents.withdraw(caller, idempotency, id, body);
  }

  @Post('consents/:id/enter-in-error')
  @ApiOperation({
    summary: 'It was never said, or not by this person',
    description: 'It stays, marked. A no is set aside by the unit head alone.',
  })
  @Returns(ActRecordedSchema, MADE)
  markInError(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: MarkConsentInErrorSchema }) body: MarkConsentInError,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.consents.markInError(caller, idempotency, id, body);
  }
}
