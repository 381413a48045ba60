import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DecideMandateSchema,
  type GrantMandate,
  GrantMandateSchema,
  MandateChangedSchema,
  MandatePageSchema,
  type MandateQuery,
  MandateQuerySchema,
  UnitIdSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from './caller.js';
import { MandateChanges } from './mandate-changes.service.js';
import { Permits } from './permits.decorator.js';

@ApiTags('units')
@Controller('api/v1/units/:id/mandates')
@Permits('mandate.change')
export class MandatesController {
  constructor(@Inject(MandateChanges) private readonly mandates: MandateChanges) {}

  @Get()
  @Permits('mandate.show')
  @ApiOperation({ summary: 'Who may act as what at the unit, ended mandates and proposals too' })
  @Returns(MandatePageSchema)
  listMandates(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Query({ schema: MandateQuerySchema }) query: MandateQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return this.mandates.list(caller, id, query);
  }

  @Post()
  @ApiOperation({
    summary: 'Give a person a mandate at your unit; never yourself',
    description:
      'A head gives case roles alone. Heads, auditors and administrators, and what an administrator begins, wait for a second person.',
  })
  @Returns(MandateChangedSchema, { status: 201 })
  grantMandate(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Body({ schema: GrantMandateSchema }) body: GrantMandate,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.mandates.change(caller, idempotency, id, { change: 'grant', ...body });
  }

  @Post(':mandateId/approve')
  @ApiOperation({ summary: 'Approve what another person proposed' })
  @Returns(MandateChangedSchema)
  approveMandate(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Param('mandateId', { schema: UuidSchema }) mandateId: string,
    @Body({ schema: DecideMandateSchema }) _body: object,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.mandates.change(caller, idempotency, id, { change: 'approve', id: mandateId });
  }

  @Post(':mandateId/end')
  @ApiOperation({ summary: 'End a mandate; it counts no more from now' })
  @Returns(MandateChangedSchema)
  endMandate(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Param('mandateId', { schema: UuidSchema }) mandateId: string,
    @Body({ schema: DecideMandateSchema }) _body: object,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.mandates.change(caller, idempotency, id, { change: 'end', id: mandateId });
  }
}
