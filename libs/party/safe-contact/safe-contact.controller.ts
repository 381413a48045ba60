import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type ConfirmSafeContact,
  ConfirmSafeContactSchema,
  MatterSafeContactSchema,
  type RecordSafeContact,
  RecordSafeContactSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { SafeContacts } from './safe-contacts.service.js';

const MADE = { status: 201 } as const;

@ApiTags('safe contact')
@Controller('api/v1/matters/:id/safe-contact')
@Permits('case.work')
export class SafeContactController {
  constructor(@Inject(SafeContacts) private readonly contacts: SafeContacts) {}

  @Get()
  @ApiOperation({
    summary: 'How the person can be reached without danger: read it before anyone dials',
    description: 'Its `version` goes into the contact step. The reading is audited.',
  })
  @Returns(MatterSafeContactSchema)
  safeContactOfMatter(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.contacts.read(caller, id);
  }

  @Post()
  @ApiOperation({ summary: 'How the person can be reached now: a new version, sealed to your unit' })
  @Returns(ActRecordedSchema, MADE)
  recordSafeContact(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: RecordSafeContactSchema }) body: RecordSafeContact,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.contacts.record(caller, idempotency, id, body);
  }

  @Post('confirmations')
  @ApiOperation({ summary: 'The person was asked, and it still holds: thirty days begin anew' })
  @Returns(ActRecordedSchema, MADE)
  confirmSafeContact(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ConfirmSafeContactSchema }) body: ConfirmSafeContact,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.contacts.confirm(caller, idempotency, id, body);
  }
}
