import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../identity/permits.decorator.js';
import { Readiness } from './readiness.js';

@ApiTags('health')
@Controller('health')
@Public()
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'The process runs' })
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'The service can be used, and what is missing',
    description:
      '`degraded` (200): commands work, reminders catch up later. `not-ready` (503): try another instance.',
  })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 503 })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const readiness = await this.readiness.look();
    reply.code(readiness.status === 'not-ready' ? 503 : 200);
    return readiness;
  }
}
