import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../http/problem.js';
import type { AccessTokens } from './access-tokens.service.js';
import { beginContext } from './request-context.js';
import type { UnknownCallers } from './unknown-callers.js';

/**
 * Reads the bearer token before the body is read, so that nobody unknown can make us parse a megabyte. Every bad
 * token gets the same 401. What is not under `/api/v1` carries no person, and the guard lets it through only
 * where the route says so.
 */
export function addTokenHook(
  fastify: FastifyInstance,
  { tokens, unknown, secret }: { tokens: AccessTokens; unknown: UnknownCallers; secret: Buffer },
): void {
  const fingerprint = (text: string) =>
    createHmac('sha256', secret).update(`handslag/idempotency/1\0${text}`).digest('base64url');
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    if (!request.url.startsWith('/api/v1')) {
      beginContext(request, undefined, fingerprint);
      return;
    }
    const check = await tokens.check(request.headers.authorization);
    if (check.outcome === 'person') {
      beginContext(request, check.person, fingerprint);
      return;
    }
    unknown.count(check.outcome === 'refused' ? check.fault : check.outcome);
    const code = check.outcome === 'refused' ? 'UNAUTHENTICATED' : 'DEPENDENCY_UNAVAILABLE';
    const problem = problemOf({ code });
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    await reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(problem);
  });
}
