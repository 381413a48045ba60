import { Controller, Inject, type MessageEvent, Sse } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { concatMap, filter, interval, map, merge, type Observable, takeUntil, takeWhile } from 'rxjs';
import { permission } from '#domain';
import { CurrentCaller } from '../http/headers.decorator.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { Mandates } from '../identity/mandates.repository.js';
import { Permits } from '../identity/permits.decorator.js';
import { LiveFeed } from './live-feed.js';

/** A proxy closes a connection that is silent for long; this keeps it open, and tells the reader to look anyway. */
const POLL_MS = 20_000;

@ApiTags('lists')
@Controller('api/v1/live')
@Permits('live.listen')
export class LiveController {
  constructor(
    @Inject(LiveFeed) private readonly feed: Pick<LiveFeed, 'notices' | 'stopped'>,
    @Inject(Mandates) private readonly mandates: Pick<Mandates, 'of'>,
  ) {}

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
        map(({ unit }): string | null => unit),
      ),
      interval(POLL_MS).pipe(map(() => null)),
    ).pipe(
      // A mandate that ended since the stream was opened tells nothing more (DESIGN 8): asked anew at every event.
      concatMap(async (unit) => ({ unit, now: await this.unitsNow(caller.person) })),
      takeWhile(({ now }) => now.length > 0),
      filter(({ unit, now }) => unit === null || now.includes(unit)),
      map(
        ({ unit }): MessageEvent =>
          unit === null ? { type: 'poll', data: {} } : { type: 'changed', data: { unit } },
      ),
      takeUntil(this.feed.stopped),
    );
  }

  private async unitsNow(person: string): Promise<string[]> {
    return unitsOf({ person, mandates: await this.mandates.of(person) }, permission('live.listen').roles);
  }
}
