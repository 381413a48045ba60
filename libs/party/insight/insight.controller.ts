import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type AskInsight,
  AskInsightSchema,
  type ChangeMasking,
  ChangeMaskingSchema,
  type DecideInsight,
  DecideInsightSchema,
  InsightAskedSchema,
  InsightDraftSchema,
  InsightExtractSchema,
  InsightPreviewSchema,
  InsightReleaseSchema,
  InsightRequestPageSchema,
  InsightRequestSchema,
  OutwardIdSchema,
  type PageQuery,
  PageQuerySchema,
  type PreviewInsight,
  PreviewInsightSchema,
  type ReleaseInsight,
  ReleaseInsightSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns, ReturnsFile } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { extractPdf } from './extract-pdf.js';
import { InsightRequests } from './insight-requests.service.js';
import { InsightViews } from './insight-views.service.js';

const MADE = { status: 201 } as const;

@ApiTags('insight')
@Controller('api/v1')
@Permits('case.work')
export class InsightController {
  constructor(
    @Inject(InsightRequests) private readonly requests: InsightRequests,
    @Inject(InsightViews) private readonly views: InsightViews,
  ) {}

  @Post('incidents/:id/insight-requests')
  @ApiOperation({
    summary: 'Somebody asks to read what your unit knows about a person',
    description:
      'Who asks and in which words is sealed. The target to decide it starts when it was received.',
  })
  @Returns(ActRecordedSchema, MADE)
  askInsight(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: AskInsightSchema }) body: AskInsight,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.requests.ask(caller, idempotency, id, body);
  }

  @Get('insight-requests')
  @ApiOperation({ summary: 'Requests for insight at your units, the longest waiting first' })
  @Returns(InsightRequestPageSchema)
  insightRequests(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.views.list(caller, query);
  }

  @Get('insight-requests/:id')
  @ApiOperation({ summary: 'Where a request for insight stands, with every deadline explained' })
  @Returns(InsightRequestSchema)
  insightRequest(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.one(caller, id);
  }

  @Get('insight-requests/:id/asked')
  @ApiOperation({ summary: 'Who asked, for whom and what', description: 'The reading is audited.' })
  @Returns(InsightAskedSchema)
  insightAsked(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.asked(caller, id);
  }

  @Get('insight-requests/:id/draft')
  @ApiOperation({
    summary: 'The masked draft: what the reader would get, field by field, and why not the rest',
    description: 'Computed anew each time. Nothing has left. The reading is audited.',
  })
  @Returns(InsightDraftSchema)
  insightDraft(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.draft(caller, id);
  }

  @Post('insight-requests/:id/masking')
  @ApiOperation({ summary: 'Unmask or mask one field of the draft, with a reason' })
  @Returns(ActRecordedSchema, MADE)
  changeMasking(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ChangeMaskingSchema }) body: ChangeMasking,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.requests.change(caller, idempotency, id, body);
  }

  @Post('insight-requests/:id/decision')
  @ApiOperation({
    summary: 'Decide on the draft that you read',
    description: 'What withholds anything is the unit head’s, and comes with how to appeal.',
  })
  @Returns(ActRecordedSchema, MADE)
  decideInsight(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DecideInsightSchema }) body: DecideInsight,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.requests.decide(caller, idempotency, id, body);
  }

  @Get('insight-requests/:id/extract')
  @ApiOperation({
    summary: 'What the requester gets: the fields shown, the decision, and how to appeal',
    description: 'As it was decided on. The reading is audited.',
  })
  @Returns(InsightExtractSchema)
  insightExtract(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.extract(caller, id);
  }

  @Get('insight-requests/:id/extract/pdf')
  @ApiOperation({
    summary: 'The same extract as PDF/A-2a, to be handed over',
    description: 'The reading is audited.',
  })
  @ReturnsFile('application/pdf')
  async insightExtractPdf(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    const pages: Buffer[] = [];
    await extractPdf(await this.views.extract(caller, id), async (chunk) => void pages.push(chunk));
    return new StreamableFile(Buffer.concat(pages), {
      type: 'application/pdf',
      disposition: `attachment; filename="insyn-${id}.pdf"`,
    });
  }

  @Post('insight-requests/:id/release')
  @ApiOperation({
    summary: 'It was handed out: what left, to whom, on which basis',
    description: 'Handslag sends nothing. From here the time to appeal is counted.',
  })
  @Returns(ActRecordedSchema, MADE)
  releaseInsight(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ReleaseInsightSchema }) body: ReleaseInsight,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.requests.release(caller, idempotency, id, body);
  }

  @Get('insight-requests/:id/release')
  @ApiOperation({ summary: 'What left, how, and on which basis' })
  @Returns(InsightReleaseSchema)
  insightRelease(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.released(caller, id);
  }

  @Post('insight-preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'As he would read it: what a reader would get of what you are writing, and why not the rest',
    description:
      'The same masking as the draft of a request. Nothing is read from the record and nothing stored.',
  })
  @Returns(InsightPreviewSchema)
  previewInsight(@Body({ schema: PreviewInsightSchema }) body: PreviewInsight) {
    return this.views.preview(body);
  }
}
