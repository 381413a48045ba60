import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { ProcessMetrics } from './metrics.js';

/** A thing the process needs, and whether it is there now. */
export type HealthChecks = Readonly<Record<string, () => Promise<boolean>>>;

/** What else is told of a process that is ready: counts and ages, never an id. */
export type HealthFigures = () => Promise<Readonly<Record<string, number>>>;

export interface HealthListener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * The health of a process that has no other door. Answers `/health/live` (200 while the process runs) and `/health/ready`
 * (200 with the figures, or 503 with `missing` naming what is not there), and `/metrics`. Port 0 takes a free one.
 */
export async function listenForHealth(
  { PORT, HOST }: { readonly PORT: number; readonly HOST: string },
  checks: HealthChecks,
  figures: HealthFigures = () => Promise.resolve({}),
): Promise<HealthListener> {
  const metrics = new ProcessMetrics();
  const server = createServer((request, response) => {
    const [pathname] = (request.url ?? '/').split('?');
    if (pathname === '/health/live') answer(response, 200, { status: 'live' });
    else if (pathname === '/health/ready') void answerReady(response, checks, figures);
    else if (pathname === '/metrics') void answerMetrics(response, metrics);
    else answer(response, 404, { code: 'NOT_FOUND', detail: 'Ask /health/live or /health/ready.' });
  });
  server.listen(PORT, HOST);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : PORT,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerReady(
  response: ServerResponse,
  checks: HealthChecks,
  figures: HealthFigures,
): Promise<void> {
  const missing: string[] = [];
  await Promise.all(
    Object.entries(checks).map(async ([name, isThere]) => {
      if (!(await isThere().catch(() => false))) missing.push(name);
    }),
  );
  if (missing.length > 0) return answer(response, 503, { status: 'not-ready', missing: missing.sort() });
  const told = await figures().catch(() => ({}));
  answer(response, 200, { status: 'ready', ...told });
}

async function answerMetrics(response: ServerResponse, metrics: ProcessMetrics): Promise<void> {
  response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.text());
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
