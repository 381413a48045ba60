import { Controller, Get, HttpCode, HttpException, Inject } from '@nestjs/common';

/** What the courier needs, and whether it answers now. */
export type CourierChecks = Readonly<Record<string, () => Promise<boolean>>>;
export const COURIER_CHECKS = Symbol('CourierChecks');

/** `/health/ready` is 503 only without the record: Temporal or Redis down is named, waited for and caught up. */
@Controller('health')
export class CourierHealthController {
  constructor(@Inject(COURIER_CHECKS) private readonly checks: CourierChecks) {}

  @Get('live')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(): Promise<{ status: string; missing: string[] }> {
    const answers = await Promise.all(
      Object.entries(this.checks).map(async ([name, isThere]) =>
        (await isThere().catch(() => false)) ? [] : [name],
      ),
    );
    const missing = answers.flat().sort();
    if (missing.includes('database')) throw new HttpException({ status: 'not-ready', missing }, 503);
    return { status: missing.length === 0 ? 'ready' : 'degraded', missing };
  }
}
