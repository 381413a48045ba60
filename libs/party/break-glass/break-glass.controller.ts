import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type BreakGlass,
  BreakGlassContentSchema,
  BreakGlassPageSchema,
  BreakGlassSchema,
  BreakGlassWordsSchema,
  GlassBrokenSchema,
  type PageQuery,
  PageQuerySchema,
  type ReviewBreakGlass,
  ReviewBreakGlassSchema,
  UuidSchema,
} from '#contracts';
import { FORMS, fieldOf, keysOf, UNKNOWN_LABEL } from '#domain';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { Returns } from '../http/returns.decorator.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Outward } from '../record/outward.js';
import { BreakingGlass } from './break-glass.service.js';
import { BreakGlassViews } from './break-glass-views.service.js';

@ApiTags('break-glass')
@Controller('api/v1/break-glass')
@Permits('break-glass.review')
export class BreakGlassController {
  constructor(
    @Inject(BreakingGlass) private readonly breaking: BreakingGlass,
    @Inject(BreakGlassViews) private readonly views: BreakGlassViews,
    @Inject(Outward) private readonly outward: Outward,
  ) {}

  @Post()
  @Permits('break-glass.open')
  @ApiOperation({
    summary: 'Open a matter of your own unit in an emergency, with a reason',
    description:
      'For an hour. The unit head is told at once, and another person reviews it within an office day.',
  })
  @Returns(GlassBrokenSchema, { status: 201 })
  breakGlass(
    @Body({ schema: BreakGlassSchema }) body: BreakGlass,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.breaking.open(caller, idempotency, body);
  }

  @Get(':id/content')
  @Permits('break-glass.open')
  @ApiOperation({ summary: 'What the unit knows; each reading is audited as an emergency' })
  @Returns(BreakGlassContentSchema)
  async breakGlassContent(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    const { glass, answers } = await this.breaking.read(caller, id);
    const authority = mandateAt(caller, glass.unitId)?.authority ?? refuseAtDoor('NOT_FOUND');
    return {
      breakGlassId: id,
      expiresAt: glass.expiresAt.toISOString(),
      answers: answers.map(({ field, value, concerns, source, keepFrom }) => ({
        field,
        label: labelOf(field),
        value,
        concerns: concerns.map((one) => this.outward.out(one, { authority, side: 'victim' })),
        source,
        keepFrom,
      })),
    };
  }

  @Get()
  @ApiOperation({ summary: 'Emergency openings of a unit, the latest first, with their reviews' })
  @Returns(BreakGlassPageSchema)
  listBreakGlass(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.views.list(caller, query);
  }

  @Get(':id/words')
  @Permits('break-glass.words')
  @ApiOperation({ summary: 'Why, in words; the reading is audited' })
  @Returns(BreakGlassWordsSchema)
  async breakGlassWords(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return { breakGlassId: id, words: await this.views.words(caller, id) };
  }

  @Post(':id/review')
  @ApiOperation({ summary: 'What another person than who opened it finds' })
  @Returns(ActRecordedSchema, { status: 201 })
  reviewBreakGlass(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ReviewBreakGlassSchema }) body: ReviewBreakGlass,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.breaking.review(caller, idempotency, id, body);
  }
}

function labelOf(field: string) {
  const form = keysOf(FORMS).find((id) => fieldOf(id, field) !== undefined);
  return form === undefined ? UNKNOWN_LABEL : (fieldOf(form, field)?.label ?? UNKNOWN_LABEL);
}
