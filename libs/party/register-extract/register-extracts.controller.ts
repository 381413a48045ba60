import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type DecideExtract,
  DecideExtractSchema,
  ExtractPageSchema,
  type ExtractTextQuery,
  ExtractTextQuerySchema,
  type PageQuery,
  PageQuerySchema,
  RegisterExtractSchema,
  RegisterExtractTextSchema,
  type RequestExtract,
  RequestExtractSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { extractAsText } from './extract-text.js';
import { RegisterExtracts } from './register-extracts.service.js';

const MADE = { status: 201 } as const;

@ApiTags('register extract')
@Controller('api/v1/register-extracts')
@Permits('register-extract.prepare')
export class RegisterExtractsController {
  constructor(@Inject(RegisterExtracts) private readonly extracts: RegisterExtracts) {}

  @Post()
  @ApiOperation({ summary: 'Somebody asks who saw a person’s data' })
  @Returns(ActRecordedSchema, MADE)
  requestExtract(
    @Body({ schema: RequestExtractSchema }) body: RequestExtract,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.extracts.request(caller, idempotency, body);
  }

  @Get()
  @ApiOperation({ summary: 'Requests of a unit, the latest first' })
  @Returns(ExtractPageSchema)
  listExtracts(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.extracts.list(caller, query);
  }

  @Post(':id/decision')
  @Permits('register-extract.decide')
  @ApiOperation({ summary: 'The head releases or refuses it' })
  @Returns(ActRecordedSchema, MADE)
  decideExtract(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DecideExtractSchema }) body: DecideExtract,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.extracts.decide(caller, idempotency, id, body);
  }

  @Get(':id/extract')
  @ApiOperation({
    summary: 'Every access and disclosure of the person’s own matters, staff masked',
    description: 'As the audit had it when it was released. The reading is audited.',
  })
  @Returns(RegisterExtractSchema)
  registerExtract(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.extracts.extract(caller, id);
  }

  @Get(':id/text')
  @ApiOperation({ summary: 'The same as text to print' })
  @Returns(RegisterExtractTextSchema)
  async registerExtractText(
    @Param('id', { schema: UuidSchema }) id: string,
    @Query({ schema: ExtractTextQuerySchema }) { language }: ExtractTextQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return { language, text: extractAsText(await this.extracts.extract(caller, id), language) };
  }
}
