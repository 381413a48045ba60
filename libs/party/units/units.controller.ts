import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type ChangeRota,
  ChangeRotaSchema,
  type ProposeSuccession,
  ProposeSuccessionSchema,
  RotaSchema,
  SuccessionViewSchema,
  UnitIdSchema,
  UnitKeysSchema,
  UnitPageSchema,
  type UnitQuery,
  UnitQuerySchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { UnitRota } from './unit-rota.service.js';
import { Units } from './units.service.js';

@ApiTags('units')
@Controller('api/v1/units')
@Permits('directory.read')
export class UnitsController {
  constructor(
    @Inject(Units) private readonly units: Units,
    @Inject(UnitRota) private readonly rota: UnitRota,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Function addresses, with what is unconfirmed marked' })
  @Returns(UnitPageSchema)
  list(@Query({ schema: UnitQuerySchema }) query: UnitQuery, @CurrentCaller() caller: Caller) {
    return this.units.list(caller, query);
  }

  @Get(':id/keys')
  @ApiOperation({ summary: 'Public signing keys of a unit, for checking its receipts offline' })
  @Returns(UnitKeysSchema)
  keys(@Param('id', { schema: UnitIdSchema }) id: string) {
    return this.units.keys(id);
  }

  @Get(':id/rota')
  @ApiOperation({ summary: 'Who is on duty or stands in for the head, now and to come' })
  @Returns(RotaSchema)
  showRota(@Param('id', { schema: UnitIdSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.rota.show(caller, id);
  }

  @Post(':id/rota')
  @Permits('rota.change')
  @ApiOperation({ summary: 'Put a colleague on the rota, or take a spell off it' })
  @Returns(ActRecordedSchema)
  changeRota(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Body({ schema: ChangeRotaSchema }) body: ChangeRota,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.rota.change(caller, idempotency, id, body);
  }

  @Post(':id/succession')
  @Permits('unit.succeed')
  @ApiOperation({
    summary: 'Move all that a unit holds to its successor',
    description:
      'The first person proposes; a second, at the successor, approves by naming the proposal (C2).',
  })
  @Returns(SuccessionViewSchema)
  succession(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Body({ schema: ProposeSuccessionSchema }) body: ProposeSuccession,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.units.succession(caller, idempotency, id, body);
  }
}
