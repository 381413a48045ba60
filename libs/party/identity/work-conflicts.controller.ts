import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  UuidSchema,
  type WorkConflictQuery,
  WorkConflictQuerySchema,
  WorkConflictSchema,
  type WorkConflictView,
} from '#contracts';
import { keysOf, permission, WORK_CONFLICTS } from '#domain';
import { ReadingAudit } from '../audit/reading-audit.js';
import { CurrentCaller } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { Returns } from '../http/returns.decorator.js';
import { CustodyReader } from '../record/custody-reader.js';
import { type Caller, unitsOf } from './caller.js';
import { Permits } from './permits.decorator.js';

/** The reason that a worker is not told: to the head of the unit that holds both matters, and to nobody else (C6). */
@ApiTags('matters')
@Controller('api/v1/matters/:id/work-conflict')
@Permits('work-conflict.explain')
export class WorkConflictsController {
  constructor(
    @Inject(CustodyReader) private readonly reader: CustodyReader,
    @Inject(ReadingAudit) private readonly audit: ReadingAudit,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Why a person may not work on a matter of your unit',
    description:
      'Only what your own unit holds is given as a reason; elsewhere it is null. The reading is audited.',
  })
  @Returns(WorkConflictSchema)
  async workConflict(
    @Param('id', { schema: UuidSchema }) id: string,
    @Query({ schema: WorkConflictQuerySchema }) { person }: WorkConflictQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<WorkConflictView> {
    const units = unitsOf(caller, permission('work-conflict.explain').roles);
    const [held] = await this.reader.as(
      units,
      (manager): Promise<{ unit: string }[]> =>
        manager.query(
          `select m.holder_unit as unit from custody.matter m where m.id = $1 and m.holder_unit = any ($2::text[])`,
          [id, units],
        ),
    );
    if (held === undefined) return refuseAtDoor('NOT_FOUND');
    await this.audit.record({
      caller,
      unit: held.unit,
      action: 'explain-work-conflict',
      target: { kind: 'matter', id },
    });
    // One unit at a time: what another unit of the same head holds is no reason here.
    const [row] = await this.reader.as(
      [held.unit],
      (manager): Promise<{ why: string | null }[]> =>
        manager.query('select custody.explain_work_conflict($1, $2) as why', [id, person]),
    );
    const code = keysOf(WORK_CONFLICTS).find((one) => one === row?.why);
    return { conflict: code === undefined ? null : { code, text: WORK_CONFLICTS[code] } };
  }
}
