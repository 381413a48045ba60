import { randomUUID } from 'node:crypto';
import { DiscoveryService, MetadataScanner, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '@temporalio/common';
import { validateDomain } from '#domain';
import { asNestLogger, createLogger, installRuntime, serveMetrics } from '#temporal';
import { type PartyConfig, readPartyConfig } from '../config/party-config.schema.js';
import { serveOpenApi } from '../docs/openapi.js';
import { Readiness } from '../health/readiness.js';
import { assertShallow } from '../http/body-depth.js';
import { AccessTokens } from '../identity/access-tokens.service.js';
import { assertEveryRoutePermits } from '../identity/every-route-permits.js';
import { addTokenHook } from '../identity/token.hook.js';
import { UnknownCallers } from '../identity/unknown-callers.js';
import type { Party } from '../party.port.js';
import { PartyModule } from './party.module.js';

/** One megabyte (issue 3): more is a 413, and the rest of the body is not read. */
const BODY_LIMIT = 1024 * 1024;

export interface RunningParty {
  readonly app: NestFastifyApplication;
  readonly port: number;
  /** Refuses new work, finishes what is under way, closes. */
  stop(): Promise<void>;
}

/**
 * Builds and starts one party's service. Throws when a route does not say who may ask, or the domain's data are
 * unsound (DESIGN 5). Ends gracefully on SIGTERM and SIGINT.
 */
export async function startParty(party: Party, config: PartyConfig): Promise<RunningParty> {
  const log = createLogger(config.LOG_LEVEL);
  const app = await createParty(party, config, log, { readableDocs: true });
  await app.listen(config.PORT, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  log.info('service.listening', { party: party.name, port });

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      app.get(Readiness).drain();
      await app.close();
      log.info('service.stopped', { party: party.name });
    })();
    return stopping;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
  return { app, port, stop };
}

/** What each app's `main.ts` does: reads the configuration, starts, and ends with one clear line when it cannot. */
export async function runParty(party: Party, environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readPartyConfig(environment);
  // Before the first worker, or the SDK writes its own lines past the redaction (C5).
  if (party.worker !== undefined) installRuntime(createLogger(config.LOG_LEVEL), 'warn');
  try {
    await startParty(party, config);
  } catch (error) {
    // A port in use, a route that permits nobody: nothing that another try would mend.
    createLogger(config.LOG_LEVEL).error('service.not-started', {
      party: party.name,
      port: config.PORT,
      error,
    });
    process.exit(1);
  }
}

/** Builds the service without listening; for tests, and for {@link startParty}. */
export async function createParty(
  party: Party,
  config: PartyConfig,
  log: Logger,
  { readableDocs } = { readableDocs: false },
): Promise<NestFastifyApplication> {
  const defects = validateDomain();
  if (defects.length > 0) throw new Error(`The domain's data are unsound: ${defects.join(' ')}`);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  const nest = asNestLogger(log);
  const app = await NestFactory.create<NestFastifyApplication>(
    PartyModule.with(party, config, log),
    adapter,
    {
      // Nest tells of every route and module at the start: worth nothing to an operator, and left out as text anyway.
      logger: { ...nest, log: nest.debug },
      bodyParser: false,
      abortOnError: false,
    },
  );
  try {
    const fastify = adapter.getInstance();
    // Only JSON is taken; a command without a body means an empty one.
    fastify.removeContentTypeParser(['text/plain']);
    fastify.addHook('preValidation', async (request) => {
      if (request.method === 'POST') request.body ??= {};
      assertShallow(request.body);
    });
    serveMetrics(fastify);
    addTokenHook(fastify, {
      tokens: app.get(AccessTokens),
      unknown: app.get(UnknownCallers),
      secret: config.HANDSLAG_ID_KEY,
    });
    assertEveryRoutePermits(app.get(DiscoveryService), app.get(MetadataScanner));
    serveOpenApi(app, party, readableDocs);
    await app.init();
    await adapter.getInstance().ready();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}
