import type { MatterCall, MatterClockBook } from '#activities';
import type { CustodyClock } from '#custody';
import type { MatterId } from '#domain';
import type { Clock } from '#workflows';

/** Custody's clocks for the workflows: calls what is due and answers with the clock that holds afterwards. */
export class CustodyClockBook implements MatterClockBook {
  constructor(private readonly clock: CustodyClock) {}

  async callAgain({ matterId }: MatterCall): Promise<Clock> {
    const id = matterId as MatterId;
    await this.clock.callDue(id);
    return this.clock.clockOf(id);
  }
}
