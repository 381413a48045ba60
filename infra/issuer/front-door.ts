import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { z } from 'zod';
import { answerHtml, answerJson, answerProblem, readBody } from './answers.js';
import { latestMail } from './caught-mail.js';
import type { IssuerConfig } from './issuer-config.js';
import { frontPage, loginPage, mailPage } from './pages.js';
import type { Personas } from './personas.js';
import { audienceOf, isAudience, issueToken } from './provider.js';

const TokenRequestSchema = z.object({
  persona: z.string().min(1),
  audience: z.string().refine(isAudience, 'must be https://handslag.local/<party>').optional(),
});

export interface FrontDoor {
  readonly config: IssuerConfig;
  readonly provider: Provider;
  readonly personas: Personas;
}

/** Every route of port 4100; what is not ours is OpenID Connect's. */
export async function answer(
  door: FrontDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { config, provider, personas } = door;
  const path = new URL(request.url ?? '/', config.OIDC_ISSUER).pathname;
  const route = `${request.method} ${path}`;
  if (route === 'GET /')
    return answerHtml(response, frontPage(config.HANDSLAG_APP_URLS, await personas.all()));
  if (route === 'GET /mail') return answerMail(door, request, response);
  if (route === 'GET /health/live') return answerJson(response, 200, { status: 'ok' });
  if (route === 'GET /health/ready') return answerReady(door, response);
  if (route === 'GET /dev/personas') return answerPersonas(door, response);
  if (route === 'POST /dev/token') return answerToken(door, request, response);
  if (path === '/dev/time' || path.startsWith('/dev/time/'))
    return passToCourier(door, path, request, response);
  if (path.startsWith('/interaction/')) return interact(door, request, response);
  await provider.callback()(request, response);
}

async function answerMail(
  door: FrontDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const items = await latestMail(door.config.HANDSLAG_MAIL_FILE);
  if (request.headers.accept?.includes('text/html')) return answerHtml(response, mailPage(items));
  answerJson(response, 200, { items });
}

async function answerReady({ personas }: FrontDoor, response: ServerResponse): Promise<void> {
  const missing = await personas.all().then(
    () => [],
    () => ['postgresql'],
  );
  answerJson(response, missing.length === 0 ? 200 : 503, {
    status: missing.length === 0 ? 'ok' : 'unavailable',
    missing,
  });
}

async function answerPersonas({ personas }: FrontDoor, response: ServerResponse): Promise<void> {
  const items = (await personas.all()).map((one) => ({ ...one, audience: audienceOf(one.party) }));
  answerJson(response, 200, { items, next: null });
}

async function answerToken(
  door: FrontDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parsed = TokenRequestSchema.safeParse(parseJson(await readBody(request)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const detail = `Send {"persona": "…"} and, if wanted, an audience: ${issue?.path.join('.')} ${issue?.message}.`;
    return answerProblem(response, 400, 'INVALID_REQUEST', detail);
  }
  const persona = await door.personas.byName(parsed.data.persona);
  if (!persona) {
    const detail = `There is no persona "${parsed.data.persona}": GET /dev/personas lists them.`;
    return answerProblem(response, 404, 'UNKNOWN_PERSONA', detail);
  }
  const audience = parsed.data.audience ?? audienceOf(persona.party);
  const token = await issueToken(door.provider, persona.personId, audience);
  answerJson(response, 200, { ...token, token_type: 'Bearer', persona: persona.persona, audience });
}

/** The record's clock is moved by the courier; people find it here, where everything of local mode is. */
async function passToCourier(
  { config }: FrontDoor,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const courier = config.HANDSLAG_APP_URLS['courier'];
  const method = request.method ?? 'GET';
  const body = method === 'GET' ? undefined : await readBody(request);
  const passed =
    courier === undefined
      ? undefined
      : await fetch(`${courier}${path}`, {
          method,
          headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
          ...(body === undefined ? {} : { body }),
          signal: AbortSignal.timeout(600_000), // a long leap stops at every due instant on the way
        }).catch(() => undefined);
  if (!passed)
    return answerProblem(
      response,
      503,
      'COURIER_AWAY',
      'The courier, which moves the clock, does not answer: see .handslag/logs/courier.log.',
    );
  response.writeHead(passed.status, {
    'content-type': passed.headers.get('content-type') ?? 'application/json',
  });
  response.end(await passed.text());
}

async function interact(
  { provider, personas }: FrontDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    const { uid } = await provider.interactionDetails(request, response);
    return answerHtml(response, loginPage(`/interaction/${uid}`, await personas.all()));
  }
  const chosen = new URLSearchParams(await readBody(request)).get('persona') ?? '';
  const persona = await personas.byName(chosen);
  if (!persona)
    return answerProblem(response, 400, 'UNKNOWN_PERSONA', 'Go back and choose one from the list.');
  await provider.interactionFinished(request, response, {
    login: { accountId: persona.personId, acr: 'loa3' },
  });
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
