import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { type ChainedEvent, verifyChain } from '#audit';
import { eventHeader } from '#custody';
import { migrateSchema } from '#database';
import {
  DEADLINE_RULES,
  type HandoffId,
  keysOf,
  MATTER_KINDS,
  ruleForCoordinator,
  SUBJECT_ROLES,
} from '#domain';
import { NOTICE_SCHEMA } from '#notify';
import { createParty } from '#party';
import { createLogger } from '#temporal';
import { CustodyNight, granted } from '../../libs/custody/test/custody-night.js';
import { testConfig } from '../../libs/party/test/test-config.js';
import { startTestIssuer, type TestIssuer } from '../../libs/party/test/test-issuer.js';
import { coordinationParty } from './coordination.party.js';
import { COORDINATION_SCHEMA } from './coordination.schema.js';
import { WatchdogConfigSchema } from './watchdog/watchdog-config.schema.js';

const COORDINATOR = 'coordination-coordinator';
const AUDITOR = 'coordination-auditor';
const LIAISON = 'police-liaison-globen';
const JOUR = 'socialjouren-case-worker';
const OFFICE = 'socialjouren-stockholm';

describe('the door of coordination', () => {
  let night: CustodyNight;
  let issuer: TestIssuer;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    night = await CustodyNight.open();
    await migrateSchema(night.admin, night.record.adminUrl, NOTICE_SCHEMA);
    await migrateSchema(night.admin, night.record.adminUrl, COORDINATION_SCHEMA);
    issuer = await startTestIssuer();
    const config = WatchdogConfigSchema.parse({
      SMTP_URL: 'smtp://127.0.0.1:1',
      WATCHDOG_EVERY_SECONDS: '0',
    });
    app = await createParty(
      coordinationParty(config),
      testConfig('coordination', night.record, issuer),
      createLogger('error', () => undefined),
    );
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await issuer?.stop();
    await night?.close();
  }, 30_000);

  async function ask(
    method: 'get' | 'post',
    path: string,
    persona = COORDINATOR,
    body: object = {},
    key = randomUUID(),
  ) {
    const asked = request(app.getHttpServer())
      [method](`/api/v1${path}`)
      .set('authorization', `Bearer ${await issuer.token(String(night.caller(persona).person))}`);
    return method === 'get' ? asked : asked.set('idempotency-key', key).send(body);
  }

  /** A mother and a child, offered to socialjouren; everything about them is late by `minutes`. */
  async function lateNight(minutes: number) {
    const incident = await night.incident(LIAISON, 'lpo-globen', ['victim', 'child']);
    const sent = await night.send(
      LIAISON,
      incident.id,
      incident.matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: OFFICE })),
    );
    await night.query(
      `update custody.deadline d set due_at = d.due_at - $2::interval
       from custody.matter m where m.id = d.clock_id and m.incident_id = $1 and d.ended_at = 'infinity'`,
      [incident.id, `${minutes} minutes 3 days`],
    );
    return { ...incident, ...sent };
  }

  async function accept(handoffId: string) {
    const jour = await night.as('socialjouren');
    for (const [action, expectedVersion] of [
      ['open', null],
      ['accept', 1],
    ] as const) {
      granted(
        await jour.actOnHandoff(night.caller(JOUR), {
          handoffId: handoffId as HandoffId,
          command: { action, expectedVersion },
        }),
      );
    }
  }

  it('shows who is late, since when, by which rule and whose move, the latest first', async () => {
    const { matters } = await lateNight(60);
    const { status, body } = await ask('get', '/stalled?limit=100');
    expect(status).toBe(200);
    const mine = body.items.filter(({ matterId }: { matterId: string }) =>
      matters.some((one) => one.matterId === matterId),
    );
    expect(mine.length).toBeGreaterThan(4);
    const opening = mine.find(({ rule }: { rule: { code: string } }) => rule.code === 'opening');
    expect(opening).toMatchObject({
      group: 'acute',
      move: OFFICE,
      responsible: 'lpo-globen',
      rung: 0,
      rule: { label: { en: 'a person at the receiver opens the offer' } },
    });
    expect(opening.late.minutes).toBeGreaterThanOrEqual(3 * 24 * 60 + 56);
    expect(opening.rule.because.map(({ code }: { code: string }) => code)).toEqual([
      'RULE',
      'SOURCE',
      'CALENDAR',
      'DUE',
    ]);
    const since = body.items.map(({ late }: { late: { since: string } }) => late.since);
    expect(since).toEqual([...since].sort());
  });

  it('turns its pages without losing or doubling a line, also of one group and one unit', async () => {
    await lateNight(30);
    for (const filter of ['', '&group=acute', `&unit=${OFFICE}`, `&unit=${OFFICE}&group=acute`]) {
      const whole = (await ask('get', `/stalled?limit=100${filter}`)).body.items;
      const turned: { deadlineId: string }[] = [];
      let after = '';
      do {
        const { body } = await ask('get', `/stalled?limit=3${filter}${after}`);
        turned.push(...body.items);
        after = body.next === null ? '' : `&after=${body.next}`;
      } while (after !== '');
      expect(turned.length).toBeGreaterThan(3);
      expect([filter, turned.map(idOf)]).toEqual([filter, whole.map(idOf)]);
    }
    const ofOffice = (await ask('get', `/stalled?limit=100&unit=${OFFICE}`)).body.items;
    const all = (await ask('get', '/stalled?limit=100')).body.items;
    expect(ofOffice.map(idOf)).toEqual(all.filter(({ move }: { move: string }) => move === OFFICE).map(idOf));
    expect((await ask('get', '/stalled?group=care')).body.items).toEqual([]);
    expect((await ask('get', '/stalled?after=bm90LW91cnM')).body.code).toBe('INVALID_INPUT');
  });

  it('shows of a matter the units and instants that answered for it, and nothing else', async () => {
    const { matters, handoffs } = await lateNight(5);
    await accept(handoffs[0]?.handoffId ?? '');
    const matterId = handoffs[0]?.matterId;
    const { body } = await ask('get', `/matters/${matterId}/responsibility`, AUDITOR);
    expect(Object.keys(body).sort()).toEqual(['matterId', 'spells']);
    expect(body.spells.map(({ unit }: { unit: string }) => unit)).toEqual(['lpo-globen', OFFICE]);
    expect(body.spells[0].until).toBe(body.spells[1].from);
    for (const spell of body.spells) expect(Object.keys(spell).sort()).toEqual(['from', 'unit', 'until']);
    expect(matters).toHaveLength(2);
    expect((await ask('get', `/matters/${randomUUID()}/responsibility`)).status).toBe(404);
  });

  it('reminds the unit whose move it is, once a key, chained and audited', async () => {
    const { handoffs } = await lateNight(10);
    const { matterId = '' } = handoffs[0] ?? {};
    const key = randomUUID();
    const nudged = await ask('post', `/matters/${matterId}/nudge`, COORDINATOR, {}, key);
    expect([nudged.status, nudged.body.unit]).toEqual([200, OFFICE]);
    expect((await ask('post', `/matters/${matterId}/nudge`, COORDINATOR, {}, key)).body).toEqual(nudged.body);
    expect(
      await night.query(
        `select unit_id, function from custody.notification where kind = 'nudge' and created_at = $1`,
        [nudged.body.at],
      ),
    ).toEqual([{ unit_id: OFFICE, function: 'on-duty' }]);
    expect(
      await night.query(
        `select action, target_id, unit_id from custody.audit_leaf where at = $1 and action = 'nudge'`,
        [nudged.body.at],
      ),
    ).toEqual([{ action: 'nudge', target_id: matterId, unit_id: 'samordning-stockholm' }]);
    expect(await chainOf(matterId)).toMatchObject({ ok: true });
    expect((await ask('post', `/matters/${matterId}/nudge`, AUDITOR)).status).toBe(403);
    expect((await ask('post', `/matters/${randomUUID()}/nudge`)).body.code).toBe('NOT_FOUND');
  });

  it('proposes another receiver to the sender, and moves nothing', async () => {
    const { handoffs } = await lateNight(10);
    const { handoffId = '' } = handoffs[0] ?? {};
    const state = () =>
      night.query(
        'select phase, version, to_unit, proposed_unit, ended_at from custody.handoff where id = $1',
        [handoffId],
      );
    const before = await state();
    const path = `/handoffs/${handoffId}/propose-route`;
    const propose = (toUnit: string, reason = 'NOT_ANSWERED') =>
      ask('post', path, COORDINATOR, { toUnit, reason });
    const { status, body } = await propose('bou-skarpnack');
    expect([status, body]).toEqual([
      200,
      { at: expect.any(String), handoffId, toUnit: 'bou-skarpnack', askedOf: 'lpo-globen' },
    ]);
    expect(await state()).toEqual(before);
    expect(
      await night.query('select kind, unit_id from custody.notification where created_at = $1', [body.at]),
    ).toEqual([{ kind: 'route-proposed', unit_id: 'lpo-globen' }]);
    expect(await chainOf(handoffId)).toMatchObject({ ok: true });
    const refused = async (toUnit: string, reason?: string) => (await propose(toUnit, reason)).body.code;
    expect(await refused('no-such-unit')).toBe('UNKNOWN_UNIT');
    expect(await refused('lpo-globen')).toBe('INVALID_INPUT');
    expect(await refused('bou-skarpnack', 'BUP')).toBe('INVALID_INPUT');
    await accept(handoffId);
    expect(await refused('bou-skarpnack')).toBe('ILLEGAL_TRANSITION');
  });

  it('answers a proposal the same whatever the matter is about: a refusal would tell its kind', async () => {
    const { handoffs } = await lateNight(10);
    const answers = new Set<number>();
    for (const { handoffId } of handoffs) {
      for (const toUnit of ['bou-skarpnack', 'rvt-farsta', 'rvc-sydost']) {
        if (!night.directory.units.some(({ id }) => id === toUnit)) continue;
        answers.add(
          (
            await ask('post', `/handoffs/${handoffId}/propose-route`, COORDINATOR, {
              toUnit,
              reason: 'WRONG_DISTRICT',
            })
          ).status,
        );
      }
    }
    expect([...answers]).toEqual([200]);
  });

  it('lets no kind of matter, subject, person, place or planted word through any answer', async () => {
    const { id, matters, handoffs, subjects } = await lateNight(20);
    const [first] = handoffs;
    await plantCanaries();
    await night.query(
      `update custody.stream set parked_at = directory.record_now(), parked_code = 'DELIVERY_REFUSED', wanted = relayed + 1`,
    );
    const answers = [
      await ask('get', '/stalled?limit=100'),
      await ask('get', '/stalled?limit=100&group=acute'),
      await ask('get', '/verify'),
      await ask('get', `/matters/${first?.matterId}/responsibility`),
      await ask('post', `/matters/${first?.matterId}/nudge`),
      await ask('post', `/handoffs/${first?.handoffId}/propose-route`, COORDINATOR, {
        toUnit: 'bou-skarpnack',
        reason: 'NOT_ANSWERED',
      }),
      await ask('post', `/handoffs/${first?.handoffId}/propose-route`, COORDINATOR, {
        toUnit: 'x',
        reason: 'NOT_ANSWERED',
      }),
    ];
    const text = answers.map((answer) => answer.text).join('\n');
    expect(answers[0]?.body.parked.length).toBeGreaterThan(0);
    const telling = keysOf(DEADLINE_RULES).filter((rule) => ruleForCoordinator(rule).code !== rule);
    const hidden = [
      ...keysOf(MATTER_KINDS),
      ...keysOf(SUBJECT_ROLES).map((role) => `"${role}"`),
      ...Object.values(SUBJECT_ROLES).flatMap(({ sv, en }) => [`"${sv}"`, `"${en}"`]),
      ...telling.flatMap((rule) => [
        `"${rule}"`,
        `Regel ${rule},`,
        DEADLINE_RULES[rule].title.sv,
        DEADLINE_RULES[rule].title.en,
      ]),
      id,
      ...subjects.map((subject) => subject.id),
      ...[LIAISON, JOUR, COORDINATOR].map((persona) => String(night.caller(persona).person)),
      'KANARIE',
    ];
    expect(hidden.filter((word) => text.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
    expect(matters.some(({ matterId }) => text.includes(matterId))).toBe(true);
  }, 20_000);

  it('gives the figures of the record, and shows a minute that nobody answered for', async () => {
    const healthy = (await ask('get', '/verify', AUDITOR)).body;
    expect(healthy).toMatchObject({ unownedMinutes: 0, clocksRunning: null });
    expect(healthy.matters.open).toBeGreaterThan(0);
    const broken = healthy.checks.filter(
      ({ rule, offending }: { rule: string; offending: number }) => rule !== 'C3' && offending > 0,
    );
    expect(broken.filter(({ name }: { name: string }) => name !== 'notice-not-handed-over')).toEqual([]);
    const { matters } = await lateNight(1);
    await night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query(
        `update custody.responsibility set starts_at = starts_at - interval '10 minutes',
           ends_at = starts_at - interval '2 minutes' where matter_id = $1`,
        [matters[0]?.matterId],
      );
      await manager.query(
        `update custody.matter set opened_at = opened_at - interval '10 minutes' where id = $1`,
        [matters[0]?.matterId],
      );
    });
    const after = (await ask('get', '/verify', AUDITOR)).body;
    expect(after.ok).toBe(false);
    expect(after.unownedMinutes).toBeGreaterThanOrEqual(2);
    expect(after.unownedMinutes).toBeLessThan(4);
  }, 20_000);

  const idOf = ({ deadlineId }: { deadlineId: string }) => deadlineId;

  async function chainOf(chainId: string) {
    const rows = await night.query<
      Parameters<typeof eventHeader>[0] & { previous_hash: string; hash: string }
    >(
      `select id, chain_id as "chainId", seq, handoff_id as "handoffId", matter_id as "matterId", kind, at,
         unit_id as "unitId", function, reason, data, content_digest as "contentDigest", previous_hash, hash
       from custody.event where chain_id = $1 order by seq`,
      [chainId],
    );
    const events = rows.map(
      ({ previous_hash, hash, ...row }): ChainedEvent => ({
        header: eventHeader(row),
        previousHash: previous_hash,
        hash,
      }),
    );
    return verifyChain(chainId, events);
  }

  /** Words in every column that anybody may write, where coordination must not find them. */
  async function plantCanaries() {
    await night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      for (const [table, columns] of Object.entries({
        matter: ['assigned_to', 'hold_reason', 'outcome'],
        handoff: ['basis', 'reason', 'chain_head'],
        event: ['person', 'function', 'reason', 'kind'],
        content: ['digest'],
        dispatch: ['sent_by'],
        deadline: ['calendar', 'start_event', 'duty_holder'],
        disclosure: ['purpose', 'decided_by'],
      })) {
        for (const column of columns) {
          const nullable = column === 'hold_reason' || column === 'outcome' ? 'where false' : '';
          await manager.query(`update custody.${table} set ${column} = 'KANARIE ${table}' ${nullable}`);
        }
      }
    });
  }
});
