import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Mandate } from './caller.js';
import type { Mandates } from './mandates.repository.js';
import { PERMITS, PUBLIC, type RoutePermits } from './permits.decorator.js';
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
    const permits = this.reflector.getAllAndOverride<RoutePermits | undefined>(PERMITS, targets);
    const mandates = await this.mandatesFor(known.person, permits);
    known.caller = { person: known.person, mandates };
    if (permits === undefined || !mandates.some(({ role }) => permits.roles.includes(role))) {
      refuseAtDoor('NO_MANDATE');
    }
    return true;
  }

  /** Outside her shift a person has no mandate here, but may break the glass (DESIGN 8). */
  private async mandatesFor(person: string, permits: RoutePermits | undefined): Promise<readonly Mandate[]> {
    const mandates = await this.mandates.of(person);
    if (permits?.permission !== 'break-glass.open') return mandates;
    return [...mandates, ...(await this.mandates.resting(person))];
  }
}
