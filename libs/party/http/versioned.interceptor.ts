import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { entityTag } from '#contracts';

/** Gives every answer that carries a version its ETag, which `If-Match` takes back. */
export class VersionedInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: unknown) => {
        if (typeof body !== 'object' || body === null || !('version' in body)) return;
        if (typeof body.version === 'number') reply.header('etag', entityTag(body.version));
      }),
    );
  }
}
