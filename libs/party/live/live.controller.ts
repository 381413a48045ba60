import { Controller, Inject, type MessageEvent, Sse } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { filter, interval, map, merge, type Observable, takeUntil } from 'rxjs';
import { CurrentCaller } from '../http/headers.decorator.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { LiveFeed } from './live-feed.js';

/** A proxy closes a connection that is silent for long; this keeps it open, and tells the reader to look anyway. */
const POLL_MS = 20_000;

@ApiTags('lists')
@Controller('api/v1/live')
@Permits('live.listen')
export class LiveController {
  constructor(@Inject(LiveFeed) private readonly feed: LiveFeed) {}

  @Sse()
  @ApiOperation({
    summary: 'Server-sent events: a unit of yours has something new',
    description: '`changed` names the unit; read its lists again. `poll` comes every 20 s whatever happened.',
  })
  liveEvents(@CurrentCaller() caller: Caller): Observable<MessageEvent> {
    const units = unitsOf(caller);
    return merge(
      this.feed.notices.pipe(
        filter(({ unit }) => units.includes(unit)),
        map(({ unit }): MessageEvent => ({ type: 'changed', data: { unit } })),
      ),
      interval(POLL_MS).pipe(map((): MessageEvent => ({ type: 'poll', data: {} }))),
    ).pipe(takeUntil(this.feed.stopped));
  }
}
