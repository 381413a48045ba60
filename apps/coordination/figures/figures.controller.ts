import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RecordFigures } from '#contracts';
import { RecordFiguresSchema } from '#contracts';
import { Permits, Returns } from '#party';
import { RecordFiguresReader } from './record-figures.js';

@ApiTags('coordination')
@Controller('api/v1')
@Permits('overview.read')
export class FiguresController {
  constructor(@Inject(RecordFiguresReader) private readonly reader: RecordFiguresReader) {}

  @Get('verify')
  @ApiOperation({
    summary: 'Is what must always be true, true? Figures of C1 to C4',
    description:
      '`npm run verify` names what offends, and checks the audit, the chains and the receipts too.',
  })
  @Returns(RecordFiguresSchema)
  verify(): Promise<RecordFigures> {
    return this.reader.read();
  }
}
