import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  type CoordinationLine,
  CoordinationLineSchema,
  type StalledPage,
  StalledPageSchema,
  type StalledQuery,
  StalledQuerySchema,
  UuidSchema,
} from '#contracts';
import { Permits, Returns, refuseAtDoor } from '#party';
import { responsibilityLine } from './responsibility-line.js';
import { StalledBoard } from './stalled-board.js';

/** What the coordinator sees of others' work: who is late and who answers, and nothing of what it is about. */
@ApiTags('coordination')
@Controller('api/v1')
@Permits('overview.read')
export class StalledController {
  constructor(
    @Inject(StalledBoard) private readonly board: StalledBoard,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  @Get('stalled')
  @ApiOperation({
    summary: 'Who is late, since when, by which rule, whose move',
    description: 'The latest first. Parked wake-ups and what the watchdog has found come with every page.',
  })
  @Returns(StalledPageSchema)
  stalled(@Query({ schema: StalledQuerySchema }) query: StalledQuery): Promise<StalledPage> {
    return this.board.page(query);
  }

  @Get('matters/:id/responsibility')
  @ApiOperation({ summary: 'The unbroken line of who answers: units and instants' })
  @Returns(CoordinationLineSchema)
  async responsibility(@Param('id', { schema: UuidSchema }) id: string): Promise<CoordinationLine> {
    return (await responsibilityLine(this.dataSource, id)) ?? refuseAtDoor('NOT_FOUND');
  }
}
