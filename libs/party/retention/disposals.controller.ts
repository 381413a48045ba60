import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ActRecordedSchema,
  type DecideDisposal,
  DecideDisposalSchema,
  DisposalItemPageSchema,
  type DisposalItemsQuery,
  DisposalItemsQuerySchema,
  DisposalPageSchema,
  DisposalSchema,
  type ListDisposal,
  ListDisposalSchema,
  type MarkFile,
  MarkFileSchema,
  OutwardIdSchema,
  type PageQuery,
  PageQuerySchema,
  type ProposeDisposal,
  ProposeDisposalSchema,
  UuidSchema,
} from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { Disposals } from './disposals.service.js';
import { RetentionMarks } from './retention-marks.service.js';

const MADE = { status: 201 } as const;

@ApiTags('retention')
@Controller('api/v1/disposals')
@Permits('disposal.change')
export class DisposalsController {
  constructor(@Inject(Disposals) private readonly disposals: Disposals) {}

  @Post()
  @ApiOperation({
    summary: 'The dry run: what would go by a rule as of a day, what is exempt, and why',
    description: 'Erases nothing. Refuses PERIOD_NOT_STATED where no period is confirmed in law.',
  })
  @Returns(DisposalSchema, MADE)
  listDisposal(
    @Body({ schema: ListDisposalSchema }) body: ListDisposal,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.disposals.list(caller, idempotency, body);
  }

  @Get()
  @Permits('disposal.show')
  @ApiOperation({ summary: 'Disposals of your authority, the latest first' })
  @Returns(DisposalPageSchema)
  showDisposals(@Query({ schema: PageQuerySchema }) query: PageQuery, @CurrentCaller() caller: Caller) {
    return this.disposals.page(caller, query);
  }

  @Get(':id')
  @Permits('disposal.show')
  @ApiOperation({ summary: 'Where a disposal is: progress, the proof that it happened, the signed receipt' })
  @Returns(DisposalSchema)
  showDisposal(@Param('id', { schema: UuidSchema }) id: string, @CurrentCaller() caller: Caller) {
    return this.disposals.view(caller, id);
  }

  @Get(':id/items')
  @Permits('disposal.show')
  @ApiOperation({ summary: 'The list, for reading and printing: ids and reasons, no names' })
  @Returns(DisposalItemPageSchema)
  showDisposalItems(
    @Param('id', { schema: UuidSchema }) id: string,
    @Query({ schema: DisposalItemsQuerySchema }) query: DisposalItemsQuery,
    @CurrentCaller() caller: Caller,
  ) {
    return this.disposals.items(caller, id, query);
  }

  @Post(':id/propose')
  @ApiOperation({ summary: 'Propose exactly the list that you have read, as the first person' })
  @Returns(DisposalSchema)
  proposeDisposal(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ProposeDisposalSchema }) body: ProposeDisposal,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.disposals.propose(caller, idempotency, id, body);
  }

  @Post(':id/decide')
  @ApiOperation({
    summary: 'Approve or reject, as a second person; approving starts the erasure',
    description:
      'Refuses SECOND_PERSON_REQUIRED to who proposed, DISPOSAL_LIST_CHANGED when something was added since.',
  })
  @Returns(DisposalSchema)
  decideDisposal(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: DecideDisposalSchema }) body: DecideDisposal,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.disposals.decide(caller, idempotency, id, body);
  }
}

@ApiTags('retention')
@Controller('api/v1/incidents/:id')
@Permits('case.work')
export class RetentionMarksController {
  constructor(@Inject(RetentionMarks) private readonly marks: RetentionMarks) {}

  @Post('retention-marks')
  @ApiOperation({
    summary:
      "What keeps somebody's file: placement, paternity, adoption, an agreement; or the kind of birth day",
  })
  @Returns(ActRecordedSchema, MADE)
  markFile(
    @Param('id', { schema: OutwardIdSchema }) id: string,
    @Body({ schema: MarkFileSchema }) body: MarkFile,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.marks.mark(caller, idempotency, id, body);
  }
}
