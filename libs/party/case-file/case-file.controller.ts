import { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  CaseFileExportPageSchema,
  CaseFileExportSchema,
  type ExportMatter,
  ExportMatterSchema,
  type PageQuery,
  PageQuerySchema,
  TransferReceiptViewSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns, ReturnsFile } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { type ExportPart, fileName, MEDIA_TYPES } from './case-file-export.service.js';
import { CaseFileRequests } from './case-file-requests.service.js';

@ApiTags('case file')
@Controller('api/v1')
@Permits('case.work')
export class CaseFileController {
  constructor(@Inject(CaseFileRequests) private readonly requests: CaseFileRequests) {}

  @Post('matters/:id/exports')
  @ApiOperation({
    summary: 'Take a matter out to your authority’s own case file (personakt)',
    description: 'PDF/A and JSON, made in the background. An audited reading.',
  })
  @Returns(ActRecordedSchema, { status: 201 })
  exportMatter(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ExportMatterSchema }) body: ExportMatter,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.requests.ask(caller, idempotency, id, body);
  }

  @Get('exports')
  @ApiOperation({ summary: 'Exports of your units, the oldest first' })
  @Returns(CaseFileExportPageSchema)
  caseFileExports(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.requests.list(caller, query);
  }

  @Get('exports/:id')
  @ApiOperation({ summary: 'How far an export has come' })
  @Returns(CaseFileExportSchema)
  caseFileExport(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.requests.one(caller, id);
  }

  @Get('exports/:id/receipt')
  @ApiOperation({ summary: 'The signed statement of what was taken out; check it offline' })
  @Returns(TransferReceiptViewSchema)
  transferReceipt(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.requests.receipt(caller, id);
  }

  @Get('exports/:id/pdf')
  @ApiOperation({ summary: 'The file as PDF/A-2a', description: 'Removed once both files were fetched.' })
  @ReturnsFile(MEDIA_TYPES.pdf)
  exportedPdf(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.file(caller, id, 'pdf');
  }

  @Get('exports/:id/json')
  @ApiOperation({ summary: 'The same as JSON', description: 'Removed once both files were fetched.' })
  @ReturnsFile(MEDIA_TYPES.json)
  exportedJson(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.file(caller, id, 'json');
  }

  private async file(caller: Caller, id: string, part: ExportPart): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.requests.file(caller, id, part)), {
      type: MEDIA_TYPES[part],
      disposition: `attachment; filename="${fileName(id, part)}"`,
    });
  }
}
