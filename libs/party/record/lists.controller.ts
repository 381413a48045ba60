import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HandoffPageSchema, HeldPageSchema, type PageQuery, PageQuerySchema } from '#contracts';
import { CurrentCaller } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Lists } from './lists.service.js';

@ApiTags('lists')
@Controller('api/v1')
@Permits('case.work')
export class ListsController {
  constructor(@Inject(Lists) private readonly lists: Lists) {}

  @Get('inbox')
  @ApiOperation({ summary: 'Offers that wait for your units, the most urgent first' })
  @Returns(HandoffPageSchema)
  inbox(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.lists.offers(caller, query);
  }

  @Get('held')
  @ApiOperation({ summary: 'Matters your units answer for, the most urgent first' })
  @Returns(HeldPageSchema)
  held(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.lists.held(caller, query);
  }

  @Get('sent')
  @ApiOperation({ summary: 'Offers your units sent that nobody has answered, the most urgent first' })
  @Returns(HandoffPageSchema)
  sent(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.lists.sent(caller, query);
  }

  @Get('sent/ended')
  @ApiOperation({ summary: 'Offers your units sent that were answered or ended, the latest first' })
  @Returns(HandoffPageSchema)
  sentAndEnded(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.lists.ended(caller, query);
  }
}
