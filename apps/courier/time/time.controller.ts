import { Body, Controller, Get, HttpCode, HttpException, Inject, Post } from '@nestjs/common';
import { AdvanceSchema, targetOf } from './advance.schema.js';
import { TimeMachine } from './time-machine.js';

const REFUSALS = {
  BACKWARDS: { status: 422, detail: 'Record time only moves forward. Ask for a later instant.' },
  TOO_FAR: { status: 422, detail: 'Too many due times on the way. Advance in shorter steps.' },
} as const;

/** Local mode only: the module leaves this controller out everywhere else (DESIGN 12). */
@Controller('dev/time')
export class TimeController {
  constructor(@Inject(TimeMachine) private readonly machine: TimeMachine) {}

  @Get()
  async now(): Promise<{ now: string }> {
    return { now: (await this.machine.now()).toISOString() };
  }

  @Post('advance')
  @HttpCode(200)
  async advance(@Body() body: unknown): Promise<{ now: string; steps: number }> {
    const parsed = AdvanceSchema.safeParse(body);
    if (!parsed.success) throw problem(400, 'INVALID_INPUT', 'Send {"by": "PT9H"} or {"to": "<instant>"}.');
    const advanced = await this.machine.advance((now) => targetOf(parsed.data, now));
    if (advanced.ok) return { now: advanced.now.toISOString(), steps: advanced.steps };
    if (advanced.code === 'NOT_QUIET') {
      throw problem(504, 'NOT_QUIET', `Not quiet after 30 s: waiting for ${advanced.waitingFor}.`);
    }
    throw problem(REFUSALS[advanced.code].status, advanced.code, REFUSALS[advanced.code].detail);
  }
}

function problem(status: number, code: string, detail: string): HttpException {
  return new HttpException({ type: 'about:blank', status, code, detail }, status);
}
