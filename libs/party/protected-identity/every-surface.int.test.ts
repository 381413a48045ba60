import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { z } from 'zod';
import { CaseFileExports } from '../case-file/case-file-export.service.js';
import { LiveFeed } from '../live/live-feed.js';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const NAME = 'Kanarienamn';
const STREET = 'Kanariegatan';
const NUMBER = '19810203-4567';
const PHONE = '070-kanarie';
const CANARIES = new RegExp([NAME, STREET, '19810203', '810203-?4567', PHONE].join('|'), 'i');
/** The readings that open sealed content: each audited, and the only places where a word of it may be. */
const SEALED_READINGS = [
  '/handoffs/{id}/content',
  '/handoffs/{id}/safe-contact',
  '/matters/{id}/safe-contact',
];
const UNMASKED = ['/unmaskings/{id}', '/unmaskings/{id}/whereabouts'];

const DocumentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
type Party = 'police' | 'socialjouren';
/** A refusal says the same of every id: a few of each kind are enough. */
const MOST_TRIED = 3;
const LONG = 60_000;

describe('a protected person on every surface', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let head: As;
  let night: TakenCase;
  const told: string[] = [];
  const ids: string[] = [];

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    for (const party of ['police', 'socialjouren'] as const) {
      const feed = stage.app(party).get(LiveFeed, { strict: false });
      feed.notices.subscribe((notice) => told.push(JSON.stringify(notice)));
    }
    night = await takenCase(
      stage,
      police,
      worker,
      aReport({
        place: {
          municipality: 'Stockholm',
          subdistrict: 'unknown',
          address: `${STREET} 7`,
          onSceneNow: true,
        },
        victims: [
          aVictim('victim-1', {
            name: `Mor ${NAME}`,
            number: NUMBER,
            protectedStatus: 'YES',
            assertedDistrict: 'Farsta',
          }),
        ],
        children: [
          aChild('child-1', {
            name: `Barn ${NAME}`,
            whereNow: `hos mormor, ${STREET} 9`,
            protectedStatus: 'NO',
          }),
        ],
        safeContacts: [{ ...aReport().safeContacts[0], number: PHONE }],
        facts: { text: `Hon heter ${NAME}`, source: 'patrull' },
      }),
    );
    const marked = await worker.post(`/incidents/${night.incident}/protected-identities`, {
      act: 'mark',
      actingUnit: NIGHT_UNIT,
      subjectId: night.adult.subjectId,
      level: 'protected-registration',
      authority: 'tax-agency',
      provision: 'FOL-16',
      decidedOn: '2026-01-01',
      from: '2026-01-01',
      until: null,
      assertedDistrict: 'Farsta',
      whereabouts: `${STREET} 11`,
    });
    expect(marked.status).toBe(201);
    const unmasking = await head.post(`/incidents/${night.incident}/unmaskings`, {
      actingUnit: NIGHT_UNIT,
      subjectId: night.adult.subjectId,
      reason: `ska ringa ${NAME}`,
    });
    const handoffs: { id: string; dispatch_id: string }[] = await stage.admin.query(
      'select id, dispatch_id from custody.handoff',
    );
    ids.push(
      night.incident,
      night.adult.matterId,
      night.child.matterId,
      unmasking.body.unmaskingId,
      NIGHT_UNIT,
      ...handoffs.flatMap(({ id, dispatch_id }) => [id, dispatch_id]),
    );
  }, 180_000);
  afterAll(() => stage?.stop());

  const pathsOf = async (party: Party, method: 'get' | 'post') => {
    const server = stage.app(party).getHttpServer();
    const { body } = await request(server).get('/api/openapi.json');
    expect(JSON.stringify(body)).not.toMatch(CANARIES);
    return Object.entries(DocumentSchema.parse(body).paths).flatMap(([path, operations]) =>
      path.startsWith('/api/v1/') && method in operations && path !== '/api/v1/live'
        ? [path.replace('/api/v1', '')]
        : [],
    );
  };
  const filled = (path: string) =>
    path.includes('{') ? ids.map((id) => path.replaceAll(/\{[^}]+\}/g, id)) : [path];

  it(
    'is named by no reading but the sealed ones: lists, views, events, previews, errors',
    async () => {
      const seen: string[] = [];
      for (const [party, as] of [
        ['police', police],
        ['socialjouren', worker],
        ['socialjouren', head],
      ] as const) {
        for (const path of await pathsOf(party, 'get')) {
          for (const address of filled(path)) {
            const { text, headers, status } = await as.get(address);
            if (status < 300) seen.push(path);
            if (status < 300 && (SEALED_READINGS.includes(path) || UNMASKED.includes(path))) continue;
            expect([path, `${text} ${JSON.stringify(headers)}`.match(CANARIES)?.[0]]).toEqual([
              path,
              undefined,
            ]);
          }
        }
      }
      // The test looked: these answered with something.
      expect(seen).toEqual(
        expect.arrayContaining([
          '/inbox',
          '/sent',
          '/incidents/{id}',
          '/matters/{id}',
          '/matters/{id}/same-person',
          '/handoffs/{id}',
          '/handoffs/{id}/events',
          ...SEALED_READINGS,
          ...UNMASKED,
        ]),
      );
    },
    LONG,
  );

  it('has where she is in the envelope apart and nowhere else, name and number in the opened one', async () => {
    const handoffs: { id: string; to_unit: string }[] = await stage.admin.query(
      'select id, to_unit from custody.handoff',
    );
    const texts = async (what: string) =>
      (await Promise.all(handoffs.map(({ id }) => worker.get(`/handoffs/${id}/${what}`))))
        .map(({ text }) => text)
        .join();
    const [content, apart] = [await texts('content'), await texts('safe-contact')];
    expect(content).toContain(NAME);
    expect(content).not.toMatch(new RegExp(`${STREET}|${PHONE}`));
    expect(apart).toMatch(new RegExp(STREET));
    expect(apart).toMatch(new RegExp(PHONE));
  });

  it(
    'has nothing of what the unit recorded of the protection in an export, nor a word of her in its name',
    async () => {
      const exports = stage.app('socialjouren').get(CaseFileExports, { strict: false });
      const asked = await worker.post(`/matters/${night.adult.matterId}/exports`, { actingUnit: NIGHT_UNIT });
      const id: string = asked.body.recordId;
      let state = '';
      for (let look = 0; look < 100 && state !== 'ready'; look += 1) {
        await exports.work();
        state = (await worker.get(`/exports/${id}`)).body.state;
      }
      const { text, headers } = await worker.get(`/exports/${id}/json`);
      expect(text).toContain(NAME);
      expect(text).not.toMatch(new RegExp(`${STREET} 11|FOL-16|protected-registration|ska ringa`));
      expect(headers['content-disposition']).toMatch(/^attachment/);
      expect(headers['content-disposition']).not.toMatch(CANARIES);
    },
    LONG,
  );

  it(
    'is repeated by no refusal, whatever was sent to any command',
    async () => {
      const junk = {
        name: NAME,
        address: STREET,
        number: NUMBER,
        actingUnit: `${STREET} 1`,
        reason: 7,
        value: '',
        subjectId: NAME,
      };
      for (const [party, as] of [
        ['police', police],
        ['socialjouren', worker],
      ] as const) {
        for (const path of await pathsOf(party, 'post')) {
          for (const address of filled(path).slice(0, MOST_TRIED)) {
            const { text, headers } = await as.post(address, junk, { 'if-match': '"999"' });
            expect([path, `${text} ${JSON.stringify(headers)}`.match(CANARIES)?.[0]]).toEqual([
              path,
              undefined,
            ]);
          }
        }
      }
    },
    LONG,
  );

  it('is in no notice, live event, log line or readable column of any schema', async () => {
    expect(told.length).toBeGreaterThan(0);
    expect([...told, ...stage.logged].filter((line) => CANARIES.test(line))).toEqual([]);
    const tables: { place: string }[] = await stage.admin.query(
      `select format('%I.%I', n.nspname, c.relname) as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('custody', 'police', 'socialjouren', 'keys')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    for (const { place } of tables) {
      const rows: unknown[] = await stage.admin.query(
        `select 1 from ${place} t where t::text ~* $1 limit 1`,
        [CANARIES.source],
      );
      expect([place, rows]).toEqual([place, []]);
    }
  });
});
