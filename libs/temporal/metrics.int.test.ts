import { expect, it } from '@jest/globals';
import fastify from 'fastify';
import { serveMetrics } from './metrics.js';

it('tells of requests by route as written, never by the path that was asked, and of the process', async () => {
  const app = fastify();
  serveMetrics(app);
  app.get('/things/:id', async () => ({}));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  await fetch(`${url}/things/kanarie-1?name=kanarie-2`);
  await fetch(`${url}/kanarie-3`);
  const answer = await fetch(`${url}/metrics`);
  const body = await answer.text();
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(body).toContain('handslag_requests_total{route="/things/:id",method="GET",status="200"} 1');
  expect(body).toContain('handslag_requests_total{route="none",method="GET",status="404"} 1');
  expect(body).toContain('process_cpu_seconds_total');
  expect(body).not.toContain('kanarie');
  await app.close();
});
