import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { z } from 'zod';
import { BOU } from '../../apps/bou/bou.party.js';
import { coordinationParty } from '../../apps/coordination/coordination.party.js';
import { WatchdogConfigSchema } from '../../apps/coordination/watchdog/watchdog-config.schema.js';
import { POLICE } from '../../apps/police/police.party.js';
import { RVT } from '../../apps/rvt/rvt.party.js';
import { SOCIALJOUREN } from '../../apps/socialjouren/socialjouren.party.js';
import { CONTENT_ROLES, isPermission, permission, ROLE_REACHES, type Role } from '../../libs/domain/index.js';
import { NOTICE_SCHEMA } from '../../libs/notify/index.js';
import { freshKey, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT, takenCase } from '../../libs/party/test/taken-case.js';

const PARTIES = ['police', 'socialjouren', 'rvt', 'bou', 'coordination'] as const;
type PartyHere = (typeof PARTIES)[number];
/** A unit of each party, at which the watchers get a mandate. */
const UNIT: Readonly<Record<PartyHere, string>> = {
  police: 'lpo-globen',
  socialjouren: NIGHT_UNIT,
  rvt: 'rvt-farsta',
  bou: 'bou-skarpnack',
  coordination: 'samordning-stockholm',
};
const WATCHERS = ['administrator', 'coordinator', 'auditor'] as const satisfies readonly Role[];

const OperationSchema = z.object({
  'x-permits': z.object({ permission: z.string().nullable(), roles: z.array(z.string()) }).optional(),
});
const DocumentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), OperationSchema)) });

interface Operation {
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly permission: string | null;
  readonly roles: readonly string[];
}

let stage: Stage;
const documents = new Map<PartyHere, readonly Operation[]>();
beforeAll(async () => {
  const watchdog = WatchdogConfigSchema.parse({
    SMTP_URL: 'smtp://127.0.0.1:1',
    WATCHDOG_EVERY_SECONDS: '0',
  });
  const parties = [POLICE, SOCIALJOUREN, RVT, BOU, coordinationParty(watchdog)];
  stage = await openStage(parties, {}, [NOTICE_SCHEMA]);
  // Something to see, at every step of the night: a case that two parties have.
  await takenCase(stage, await stage.as('police-liaison-globen'), await stage.as('socialjouren-case-worker'));
  for (const party of PARTIES) {
    for (const role of WATCHERS)
      await stage.admin.query(
        `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en) values ($1, $2, $3, $4, $4, $4)`,
        [randomUUID(), `p-wall-${role}`, UNIT[party], role],
      );
    documents.set(party, await operationsOf(party));
  }
}, 120_000);
afterAll(async () => stage?.stop());

async function operationsOf(party: PartyHere): Promise<Operation[]> {
  const { body } = await request(stage.app(party).getHttpServer()).get('/api/openapi.json');
  return Object.entries(DocumentSchema.parse(body).paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { 'x-permits': permits }]) =>
        isMethod(method)
          ? [
              {
                name: `${party} ${method} ${path}`,
                method,
                path,
                permission: permits?.permission ?? null,
                roles: permits?.roles ?? [],
              },
            ]
          : [],
      ),
    );
}

function isMethod(name: string): name is Operation['method'] {
  return ['get', 'post', 'put', 'patch', 'delete'].includes(name);
}

async function call(party: PartyHere, role: Role, { method, path }: Operation, id: string = randomUUID()) {
  const token = await stage.issuer.token(`p-wall-${role}`);
  const asked = request(stage.app(party).getHttpServer())
    [method](path.replaceAll(/\{[^}]+\}/g, id))
    .set({ authorization: `Bearer ${token}`, 'idempotency-key': freshKey(), 'if-match': '"1"' });
  return method === 'get' ? asked : asked.send({});
}

describe('the walls between roles', () => {
  it.each(PARTIES)('%s says of every route who may ask, and why', (party) => {
    const operations = documents.get(party) ?? [];
    expect(operations.length).toBeGreaterThan(5);
    for (const { name, permission: permits, roles } of operations) {
      expect([name, roles.length > 0]).toEqual([name, true]);
      if (permits !== null) expect([name, isPermission(permits)]).toEqual([name, true]);
      // Only the table of permissions lets in who is no worker of the unit.
      else
        expect([name, roles.filter((role) => !CONTENT_ROLES.some((one) => one === role))]).toEqual([
          name,
          [],
        ]);
    }
  });

  it.each(PARTIES.flatMap((party) => WATCHERS.map((role) => [party, role] as const)))(
    '%s lets no %s at a route that reaches content',
    async (party, role) => {
      const operations = documents.get(party) ?? [];
      const shut = operations.filter(({ roles }) => !roles.includes(role));
      // What is open to them reaches no content, by the table.
      for (const { name, permission: permits } of operations.filter(({ roles }) => roles.includes(role))) {
        const reach = permits !== null && isPermission(permits) ? permission(permits).reach : 'content';
        expect([name, ROLE_REACHES[role].includes(reach)]).toEqual([name, true]);
      }
      for (const operation of shut) {
        const { status, body } = await call(party, role, operation);
        expect([operation.name, status, body.code]).toEqual([operation.name, 403, 'NO_MANDATE']);
      }
    },
    120_000,
  );

  it.each(PARTIES.flatMap((party) => WATCHERS.map((role) => [party, role] as const)))(
    'what %s shows to the %s holds nothing of a case',
    async (party, role) => {
      const ids: { id: string }[] = await stage.admin.query(
        `select id from custody.matter union all select id from custody.handoff`,
      );
      const open = (documents.get(party) ?? []).filter(
        ({ roles, method, path }) => roles.includes(role) && method === 'get' && !path.endsWith('/live'),
      );
      for (const operation of open)
        for (const { id } of operation.path.includes('{') ? ids : ids.slice(0, 1)) {
          const { text } = await call(party, role, operation, id);
          expect([operation.name, /kanarie/i.test(text ?? '')]).toEqual([operation.name, false]);
        }
    },
    120_000,
  );
});
