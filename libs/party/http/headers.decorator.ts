import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { IdempotencyKeySchema, IfMatchSchema } from '#contracts';
import { contextOf } from '../identity/request-context.js';
import { refuseAtDoor } from './refused.exception.js';

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** The caller, once the guard has read the mandates. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return contextOf(requestOf(context)).caller ?? refuseAtDoor('UNAUTHENTICATED');
});

/** The id of this request, for logs and audit. */
export const RequestId = createParamDecorator(
  (_: unknown, context: ExecutionContext) => requestOf(context).id,
);

/** What makes a retry of a command safe: scoped to the caller, with a digest of what was asked (DESIGN 4). */
export interface Idempotency {
  readonly scope: string;
  readonly key: string;
  readonly bodyHmac: string;
}

/** The command's key: without one, or with one that cannot be used, the command is refused (DESIGN 12). */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): Idempotency => {
    const request = requestOf(context);
    const { person, fingerprint } = contextOf(request);
    const parsed = IdempotencyKeySchema.safeParse(request.headers['idempotency-key']);
    if (!parsed.success || person === undefined) refuseAtDoor('KEY_REQUIRED');
    const asked = [request.method, request.url, request.headers['if-match'] ?? null, request.body ?? null];
    return { scope: person, key: parsed.data, bodyHmac: fingerprint(JSON.stringify(asked)) };
  },
  [
    documented(
      'Idempotency-Key',
      true,
      'New for each new thing you do, the same for its retries',
      '9f1c2b7e-5d0a-4c3e',
    ),
  ],
);

/** The version that the caller read; missing is 428, and a tag that cannot be one is stale (RFC 6585, 9110). */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const header = requestOf(context).headers['if-match'];
    if (header === undefined) refuseAtDoor('PRECONDITION_REQUIRED');
    const parsed = IfMatchSchema.safeParse(header);
    return parsed.success ? parsed.data : refuseAtDoor('STALE_VERSION');
  },
  [documented('If-Match', true, 'The ETag of what you read', '"3"')],
);

/** The version if the caller names one; null otherwise. For actions that no reader can overtake. */
export const OptionalIfMatch = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const header = requestOf(context).headers['if-match'];
  if (header === undefined) return null;
  const parsed = IfMatchSchema.safeParse(header);
  return parsed.success ? parsed.data : refuseAtDoor('STALE_VERSION');
});

/** Lets a parameter decorator document the header it reads. */
function documented(
  name: string,
  required: boolean,
  description: string,
  example: string,
): ParameterDecorator {
  return (target, key) => {
    if (key === undefined) return;
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    if (descriptor)
      ApiHeader({ name, required, description, schema: { type: 'string', example } })(
        target,
        key,
        descriptor,
      );
  };
}
