import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';

/** What the door knows about a request before its handler runs. */
export interface RequestContext {
  readonly requestId: string;
  readonly person: string | undefined;
  /** A keyed digest: tells two bodies of one key apart, and tells nothing else about them (DESIGN 4). */
  readonly fingerprint: (text: string) => string;
  /** Set by the guard, once the mandates were read. */
  caller: Caller | undefined;
  /** The name of the operation, for the audit; a route, never an address with ids. */
  operation: string;
}

const contexts = new WeakMap<FastifyRequest, RequestContext>();

/** Starts the context of a request; called once, by the hook that read the token. */
export function beginContext(
  request: FastifyRequest,
  person: string | undefined,
  fingerprint: RequestContext['fingerprint'],
): RequestContext {
  const context = { requestId: request.id, person, fingerprint, caller: undefined, operation: 'unmatched' };
  contexts.set(request, context);
  return context;
}

/** The context of a request; one without a person for a request that never passed the hook. */
export function contextOf(request: FastifyRequest): RequestContext {
  return contexts.get(request) ?? beginContext(request, undefined, () => '');
}
