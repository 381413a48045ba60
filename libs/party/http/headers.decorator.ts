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

/** The command's key: without one, or with one that cannot be used, the command is refused (DESIGN 12). */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const parsed = IdempotencyKeySchema.safeParse(requestOf(context).headers['idempotency-key']);
    return parsed.success ? parsed.data : refuseAtDoor('KEY_REQUIRED');
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
