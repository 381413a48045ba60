import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** In seconds: a command is a few milliseconds, a slow one half a second. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** What no route answers: never the path that was asked, which somebody could have put a name into (C5). */
const NO_ROUTE = 'none';

/**
 * The figures of a process, as Prometheus reads them: memory, event loop, and requests by route as it is written in the
 * code, method and status. No id, unit, person or path ever becomes a label (C5).
 */
export class ProcessMetrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'handslag_requests_total',
    help: 'Requests answered, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'handslag_request_seconds',
    help: 'Seconds until a request was answered, by route and method',
    labelNames: ['route', 'method'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The figures as they stand, in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  answered(route: string | undefined, method: string, status: number, seconds: number): void {
    this.requests.inc({ route: route ?? NO_ROUTE, method, status });
    this.seconds.observe({ route: route ?? NO_ROUTE, method }, seconds);
  }
}

/** Counts every answer and serves `GET /metrics`; it is for whoever operates the process and stays behind the ingress. */
export function serveMetrics(fastify: FastifyInstance): void {
  const metrics = new ProcessMetrics();
  fastify.addHook('onResponse', async (request, reply) => {
    metrics.answered(
      request.is404 ? undefined : request.routeOptions.url,
      request.method,
      reply.statusCode,
      reply.elapsedTime / 1_000,
    );
  });
  fastify.get('/metrics', async (_, reply) => {
    void reply.type(metrics.contentType);
    return metrics.text();
  });
}
