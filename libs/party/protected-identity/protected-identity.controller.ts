import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type AskToUnmask,
  AskToUnmaskSchema,
  type LinkIdentity,
  LinkIdentitySchema,
  type NameOfficer,
  NameOfficerSchema,
  OutwardIdSchema,
  type PageQuery,
  PageQuerySchema,
  type RecordProtection,
  RecordProtectionSchema,
  UnitIdSchema,
  UnmaskedProtectionSchema,
  UnmaskedWhereaboutsSchema,
  UnmaskingPageSchema,
  UnmaskingReasonSchema,
  UnmaskingSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { EntitledFunction } from './entitled-function.js';
import { IdentityLinks } from './identity-links.service.js';
import { ProtectionRecords } from './protection-records.service.js';
import { Unmaskings } from './unmaskings.service.js';

const MADE = { status: 201 } as const;

@ApiTags('protected identity')
@Controller('api/v1')
@Permits('case.work')
export class ProtectedIdentityController {
  constructor(
    @Inject(ProtectionRecords) private readonly records: ProtectionRecords,
    @Inject(IdentityLinks) private readonly links: IdentityLinks,
    @Inject(Unmaskings) private readonly unmaskings: Unmaskings,
    @Inject(EntitledFunction) private readonly entitled: EntitledFunction,
  ) {}

  @Post('incidents/:id/protected-identities')
  @ApiOperation({
    summary: 'Record a protection: level, who decided, provision and date (OSL 5:5)',
    description:
      'Anybody at the unit may mark. To lift, or to set a person apart from the household, is for the entitled function. The answer is the same whatever was recorded before.',
  })
  @Returns(ActRecordedSchema, MADE)
  recordProtection(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: RecordProtectionSchema }) body: RecordProtection,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.records.record(caller, idempotency, id, body);
  }

  @Post('incidents/:id/identity-links')
  @ApiOperation({
    summary: 'Who a person with an assumed identity was before; by the entitled function',
    description: 'Stays in the unit: no other unit, service or search sees that there is one.',
  })
  @Returns(ActRecordedSchema, MADE)
  linkIdentity(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: LinkIdentitySchema }) body: LinkIdentity,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.links.link(caller, idempotency, id, body);
  }

  @Post('incidents/:id/unmaskings')
  @ApiOperation({
    summary: 'Ask to see what is masked, with a reason; by the entitled function',
    description:
      'For fifteen minutes, for the person who asked. The unit head gets a notice without content.',
  })
  @Returns(UnmaskingSchema, MADE)
  askToUnmask(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: AskToUnmaskSchema }) body: AskToUnmask,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.unmaskings.ask(caller, idempotency, id, body);
  }

  @Get('unmaskings/:id')
  @ApiOperation({ summary: 'What was unmasked', description: 'The reading is audited before it is opened.' })
  @Returns(UnmaskedProtectionSchema)
  unmasked(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.unmaskings.show(caller, id);
  }

  @Get('unmaskings/:id/whereabouts')
  @ApiOperation({
    summary: 'Where the person is: sealed apart, and a reading of its own',
    description: 'The reading is audited before it is opened.',
  })
  @Returns(UnmaskedWhereaboutsSchema)
  unmaskedWhereabouts(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.unmaskings.whereabouts(caller, id);
  }

  @Get('units/:id/unmaskings')
  @Permits('unit-head')
  @ApiOperation({ summary: 'Who unmasked at your unit, newest first; for the unit head' })
  @Returns(UnmaskingPageSchema)
  unmaskingsOfUnit(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Query({ schema: PageQuerySchema }) query: PageQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return this.unmaskings.list(caller, id, query);
  }

  @Get('units/:id/unmaskings/:unmaskingId')
  @Permits('unit-head')
  @ApiOperation({
    summary: 'Why somebody unmasked',
    description: 'The reading is audited before it is opened.',
  })
  @Returns(UnmaskingReasonSchema)
  unmaskingReason(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Param('unmaskingId', { schema: UuidSchema }) unmaskingId: string,
    @CurrentCaller() caller: Caller,
  ) {
    return this.unmaskings.reason(caller, id, unmaskingId);
  }

  @Post('units/:id/protected-identity-officers')
  @Permits('unit-head')
  @ApiOperation({ summary: 'Name a colleague as entitled to protected identities, for a time' })
  @Returns(ActRecordedSchema, MADE)
  nameProtectionOfficer(
    @Param('id', { schema: UnitIdSchema }) id: string,
    @Body({ schema: NameOfficerSchema }) body: NameOfficer,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.entitled.name(caller, idempotency, id, body);
  }
}
