import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { CurrentCaller, type Idempotency, IdempotencyKey, IfMatch } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';

export const ProbeInputSchema = z
  .object({ text: z.string().max(2_000_000), count: z.int() })
  .meta({ id: 'ProbeInput' });
export const ProbeAnswerSchema = z.object({ text: z.string(), version: z.int() }).meta({ id: 'ProbeAnswer' });

/** Routes that only tests have, to see the door work without a domain behind it. */
@Controller('api/v1/probes')
@Permits('liaison', 'case-worker')
export class ProbeController {
  @Get()
  @Returns(ProbeAnswerSchema)
  who(@CurrentCaller() caller: Caller) {
    return {
      text: caller.mandates.map(({ unit }) => unit).join(' '),
      version: 7,
      secret: 'not in the schema',
    };
  }

  @Post()
  @Returns(ProbeAnswerSchema, { status: 201 })
  make(
    @Body({ schema: ProbeInputSchema }) body: z.infer<typeof ProbeInputSchema>,
    @IdempotencyKey() { key }: Idempotency,
  ) {
    return { text: `${body.text} ${key}`, version: body.count };
  }

  @Post(':id')
  @Returns(ProbeAnswerSchema)
  change(@Param('id') id: string, @IfMatch() version: number) {
    if (version === 1) refuseAtDoor('LOST_RACE', { current: { phase: 'accepted' } });
    if (version === 2) throw new Error(`a bug about ${id}`);
    return { text: 'changed', version: version + 1 };
  }

  @Get(':id')
  @Permits('auditor')
  @Returns(ProbeAnswerSchema)
  hidden() {
    return refuseAtDoor('NOT_FOUND');
  }
}
