import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  LookedUpSchema,
  type LookUp,
  LookUpSchema,
  type RecordCaseNumber,
  RecordCaseNumberSchema,
  SamePersonSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { CaseNumbers } from './case-numbers.service.js';
import { Lookups } from './lookups.service.js';
import { SamePersons } from './same-person.service.js';

@ApiTags('lookups')
@Controller('api/v1')
@Permits('case.work')
export class LookupsController {
  constructor(
    @Inject(Lookups) private readonly lookups: Lookups,
    @Inject(SamePersons) private readonly samePersons: SamePersons,
    @Inject(CaseNumbers) private readonly caseNumbers: CaseNumbers,
  ) {}

  @Post('lookups')
  @ApiOperation({
    summary: 'Look a person or a case up at your unit',
    description:
      'By name, personal or coordination number, or case number, and by nothing else. A reading: counted, audited, with a purpose. What you may not see is not found.',
  })
  @Returns(LookedUpSchema)
  lookUp(
    @Body({ schema: LookUpSchema }) body: LookUp,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.lookups.lookUp(caller, idempotency, body);
  }

  @Get('matters/:id/same-person')
  @ApiOperation({
    summary: 'Other matters of your unit that may be about the same person',
    description: 'A warning before a report is merged. The reading is audited before anything is opened.',
  })
  @Returns(SamePersonSchema)
  samePerson(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.samePersons.of(caller, id);
  }

  @Post('matters/:id/case-numbers')
  @ApiOperation({ summary: "Your authority's own number of the case, so that it can be found by it" })
  @Returns(ActRecordedSchema, { status: 201 })
  recordCaseNumber(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: RecordCaseNumberSchema }) body: RecordCaseNumber,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.caseNumbers.record(caller, idempotency, id, body);
  }
}
