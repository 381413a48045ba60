import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  HandoffChangedSchema,
  HandoffContentSchema,
  HandoffEventsSchema,
  HandoffSafeContactSchema,
  HandoffViewSchema,
  ReceiptViewSchema,
  UuidSchema,
} from '#contracts';
import { FORMS, fieldOf, HANDOFF_ACTIONS_AT_THE_DOOR, keysOf, UNKNOWN_LABEL } from '#domain';
import type { KnownAnswer } from '../content/known-answer.js';
import { addActionRoutes } from '../http/action-routes.js';
import { CurrentCaller } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { Returns } from '../http/returns.decorator.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Outward } from '../record/outward.js';
import { HandoffActions } from './handoff-actions.service.js';
import { HandoffContents } from './handoff-contents.service.js';
import { HandoffViews } from './handoff-views.service.js';

const EventsQuerySchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

@ApiTags('handoffs')
@Controller('api/v1/handoffs')
@Permits('case.work')
export class HandoffsController {
  constructor(
    @Inject(HandoffViews) private readonly views: HandoffViews,
    @Inject(HandoffActions) readonly actions: HandoffActions,
    @Inject(HandoffContents) private readonly contents: HandoffContents,
    @Inject(Outward) private readonly outward: Outward,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'One offer, with what you may do and why not the rest' })
  @Returns(HandoffViewSchema)
  handoff(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.view(caller, id);
  }

  @Get(':id/content')
  @ApiOperation({
    summary: 'The opened envelope',
    description: 'The reading is audited before it is opened.',
  })
  @Returns(HandoffContentSchema)
  async content(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    const { unit, answers } = await this.contents.read(caller, id, 'referral');
    return { handoffId: id, answers: this.shown(caller, unit, answers ?? refuseAtDoor('NOT_FOUND')) };
  }

  @Get(':id/safe-contact')
  @ApiOperation({
    summary: 'Safe contact and whereabouts, sealed apart',
    description: 'Read it before anyone dials. Empty when nothing was told.',
  })
  @Returns(HandoffSafeContactSchema)
  async safeContact(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    const { unit, answers } = await this.contents.read(caller, id, 'sealed-apart');
    return { handoffId: id, answers: this.shown(caller, unit, answers ?? []) };
  }

  @Get(':id/events')
  @ApiOperation({ summary: 'What happened to the offer, chained by hash' })
  @Returns(HandoffEventsSchema)
  events(
    @Param('id', { schema: UuidSchema }) id: string,
    @Query({ schema: EventsQuerySchema }) { after, limit }: z.infer<typeof EventsQuerySchema>,
    @CurrentCaller() caller: Caller,
  ) {
    return this.views.events(unitsOf(caller), id, after, limit);
  }

  @Get(':id/receipt')
  @ApiOperation({ summary: 'The signed statement that a named function took it; check it offline' })
  @Returns(ReceiptViewSchema)
  receipt(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.actions.receipt(unitsOf(caller), id);
  }

  /** Subjects as the reader's authority knows them; a suspect's id on the victim's side stays on that side. */
  private shown(caller: Caller, unit: string, answers: readonly KnownAnswer[]) {
    const authority = mandateAt(caller, unit)?.authority ?? refuseAtDoor('NOT_FOUND');
    return answers.map(({ field, value, concerns, source, keepFrom }) => ({
      field,
      label: labelOf(field),
      value,
      concerns: concerns.map((id) => this.outward.out(id, { authority, side: 'victim' })),
      source,
      keepFrom,
    }));
  }
}

function labelOf(field: string) {
  const form = keysOf(FORMS).find((id) => fieldOf(id, field) !== undefined);
  return form === undefined ? UNKNOWN_LABEL : (fieldOf(form, field)?.label ?? UNKNOWN_LABEL);
}

addActionRoutes(
  HandoffsController,
  HANDOFF_ACTIONS_AT_THE_DOOR,
  HandoffChangedSchema,
  (self, action, { id, ...act }) => {
    if (!(self instanceof HandoffsController)) throw new Error('a route without its controller');
    return self.actions.act(action, { handoffId: id, ...act });
  },
);
