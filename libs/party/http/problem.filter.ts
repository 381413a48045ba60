import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#domain';
import type { RefusalAudit } from '../audit/refusal-audit.js';
import { contextOf } from '../identity/request-context.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { refusalOfError } from './refusal-of-error.js';

/**
 * The one place that answers what was not done. A refusal to a known person is audited before it is answered;
 * if that cannot be written the answer is a 503 and nothing is told (C7).
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly audit: RefusalAudit,
    private readonly log: Logger,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = await this.audited(refusalOfError(error), error, request);
    if (reply.sent) return;
    const problem = problemOf(refusal);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    if (problem.status === 503) reply.header('retry-after', '2');
    await reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(problem);
  }

  private async audited(refusal: Refusal, error: unknown, request: FastifyRequest): Promise<Refusal> {
    const { requestId, person, caller, operation } = contextOf(request);
    if (refusal.code === 'UNEXPECTED') this.log.error('request.failed', { requestId, operation, error });
    // An outage is nobody's refusal, and the audit is out with it.
    if (person === undefined || refusal.code === 'DEPENDENCY_UNAVAILABLE') return refusal;
    try {
      await this.audit.record({ person, operation, code: refusal.code, mandates: caller?.mandates ?? [] });
      return refusal;
    } catch (fault) {
      this.log.error('refusal.unaudited', { requestId, operation, error: fault });
      return { code: 'AUDIT_UNAVAILABLE' };
    }
  }
}
