import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Party } from '../party.port.js';

const titleOf = (party: Party): string => `Handslag: ${party.title.en}`;

/** The document of one service, with the shapes of #contracts as named components. */
function createOpenApi(app: NestFastifyApplication, party: Party): OpenAPIObject {
  const described = new DocumentBuilder()
    .setTitle(titleOf(party))
    .setDescription(
      [
        `${party.title.sv}. No one lets go until someone else holds.`,
        '',
        'Every command takes `Idempotency-Key`; a change to something with a version takes `If-Match`.',
        'Refusals are `application/problem+json` with a stable `code` and what to do next.',
      ].join('\n'),
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'at+jwt, ES256' })
    .build();
  return SwaggerModule.createDocument(app, described, {
    operationIdFactory: (_controller, method) => method,
  });
}

/**
 * Serves the document at `/api/openapi.json`, and readable docs at `/api/docs` if asked; both public, and made when first
 * asked for, which few processes ever are. The readable ones need @fastify/static, which jest cannot load on Node 20 (it requires an ES module).
 */
export function serveOpenApi(app: NestFastifyApplication, party: Party, readable: boolean): void {
  SwaggerModule.setup('api/docs', app, () => createOpenApi(app, party), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    ui: readable,
    customSiteTitle: titleOf(party),
  });
}
