import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Role } from '#domain';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Mandates } from './mandates.repository.js';
import { PERMITS, PUBLIC } from './permits.decorator.js';
import { contextOf } from './request-context.js';

/** Default deny: without `@Public` or `@Permits` nobody passes (DESIGN 8, issue 3 item 8). */
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly mandates: Mandates,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const known = contextOf(context.switchToHttp().getRequest<FastifyRequest>());
    known.operation = context.getHandler().name;
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    if (known.person === undefined) refuseAtDoor('UNAUTHENTICATED');
    const permitted = this.reflector.getAllAndOverride<readonly Role[] | undefined>(PERMITS, targets);
    const mandates = await this.mandates.of(known.person);
    known.caller = { person: known.person, mandates };
    if (permitted === undefined || !mandates.some(({ role }) => permitted.includes(role))) {
      refuseAtDoor('NO_MANDATE');
    }
    return true;
  }
}
