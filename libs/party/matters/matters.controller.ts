import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  MatterChangedSchema,
  MatterViewSchema,
  type OpenMatter,
  OpenMatterSchema,
  ResponsibilityLineSchema,
  UuidSchema,
} from '#contracts';
import { MATTER_ACTIONS_AT_THE_DOOR } from '#domain';
import { addActionRoutes } from '../http/action-routes.js';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { MatterActions } from './matter-actions.service.js';
import { MatterViews } from './matter-views.service.js';

@ApiTags('matters')
@Controller('api/v1/matters')
@Permits('case.work')
export class MattersController {
  constructor(
    @Inject(MatterViews) private readonly views: MatterViews,
    @Inject(MatterActions) readonly actions: MatterActions,
  ) {}

  @Post()
  @ApiOperation({ summary: 'A new need of a person that your unit knows' })
  @Returns(MatterChangedSchema, { status: 201 })
  openMatter(
    @Body({ schema: OpenMatterSchema }) body: OpenMatter,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.actions.open(caller, idempotency, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One need of one person, with what you may do and every deadline explained' })
  @Returns(MatterViewSchema)
  matter(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.view(caller, id);
  }

  @Get(':id/responsibility')
  @ApiOperation({ summary: 'Who answered for it, from when until when, without a gap' })
  @Returns(ResponsibilityLineSchema)
  responsibility(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.responsibility(caller, id);
  }
}

addActionRoutes(
  MattersController,
  MATTER_ACTIONS_AT_THE_DOOR,
  MatterChangedSchema,
  (self, action, { id, ...act }) => {
    if (!(self instanceof MattersController)) throw new Error('a route without its controller');
    return self.actions.act(action, { matterId: id, ...act });
  },
);
