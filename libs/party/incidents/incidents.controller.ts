import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  IncidentViewSchema,
  OutwardIdSchema,
  ReportedIncidentSchema,
  type ReportIncident,
  ReportIncidentSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { IncidentViews } from './incident-views.service.js';
import { Incidents } from './incidents.service.js';

@ApiTags('incidents')
@Controller('api/v1/incidents')
@Permits('case.work')
export class IncidentsController {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(IncidentViews) private readonly views: IncidentViews,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Report an incident',
    description:
      'One transaction opens the incident and a matter for each victim and child, held by your unit. "unknown" is a valid answer to everything.',
  })
  @Returns(ReportedIncidentSchema, { status: 201, description: 'Committed' })
  reportIncident(
    @Body({ schema: ReportIncidentSchema }) body: ReportIncident,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.incidents.report(caller, idempotency, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'An incident as your units may see it, without content' })
  @Returns(IncidentViewSchema)
  incident(@Param('id', { schema: OutwardIdSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.views.view(caller, id);
  }
}
