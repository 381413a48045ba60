import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { makeLeaf } from '#audit';
import { CustodyNight } from './custody-night.js';
import { connect, refusalOf } from './raw-record.js';

const LIAISON = 'police-liaison-globen';
const UNIT = 'samordning-stockholm';

/** What a hijacked coordination service, or another party in its place, could try. */
describe('what coordination may write in custody', () => {
  let night: CustodyNight;
  let coordination: pg.Client;
  let police: pg.Client;
  let matterId = '';
  const person = () => night.caller('coordination-coordinator').person;

  beforeAll(async () => {
    night = await CustodyNight.open();
    coordination = await connect(night.record.urlFor('coordination'));
    police = await connect(night.record.urlFor('police'));
    const { matters } = await night.incident(LIAISON, 'lpo-globen', ['victim']);
    matterId = matters[0]?.matterId ?? '';
  }, 60_000);
  afterAll(async () => {
    await coordination?.end();
    await police?.end();
    await night?.close();
  }, 30_000);

  const commit = (changes: object, by: object = {}) =>
    refusalOf(coordination, () =>
      coordination.query('select custody.commit_coordination($1)', [
        JSON.stringify({
          command: 'nudge',
          actor: { unit: UNIT, person: person(), ...by },
          at: new Date(),
          matterIds: [matterId],
          events: [],
          notifications: [{ id: randomUUID(), unitId: 'lpo-globen', function: 'on-duty', kind: 'nudge' }],
          audit: makeLeaf({
            at: new Date(),
            authority: 'socialnamnden-stockholm',
            unitId: UNIT,
            person: null,
            kind: 'command',
            action: 'nudge',
            target: { kind: 'matter', id: matterId },
            code: 'OK',
          }),
          ...changes,
        }),
      ]),
    );

  it('writes a reminder of a matter, and nothing without an audit leaf', async () => {
    expect(await commit({})).toBeNull();
    expect(await commit({ audit: null })).toBe('AUDIT_UNAVAILABLE');
  });

  it('refuses who is no coordinator there, and every other party', async () => {
    expect(await commit({}, { person: night.caller('coordination-auditor').person })).toBe('NO_MANDATE');
    expect(await commit({}, { person: null })).toBe('NO_MANDATE');
    expect(await commit({}, { unit: 'lpo-globen', person: night.caller(LIAISON).person })).toBe('NO_MANDATE');
    for (const name of ['begin_coordination', 'commit_coordination'])
      expect(await refusalOf(police, `select custody.${name}('{}')`)).toBe('42501');
  });

  it('tells only units with a part in the matter, and only that there is something to open', async () => {
    const notice = { id: randomUUID(), unitId: 'lpo-globen', function: 'on-duty', kind: 'nudge' };
    expect(await commit({ notifications: [{ ...notice, unitId: 'rvt-farsta' }] })).toBe('ILLEGAL_WRITE');
    expect(await commit({ notifications: [{ ...notice, kind: 'ring' }] })).toBe('ILLEGAL_WRITE');
  });

  it('records a reminder or a proposal and no other event, in the order of the chain', async () => {
    const event = {
      id: randomUUID(),
      chainId: matterId,
      seq: 99,
      matterId,
      kind: 'nudged',
      previousHash: '',
      hash: '0'.repeat(64),
    };
    expect(await commit({ events: [{ ...event, kind: 'accepted' }] })).toBe('ILLEGAL_WRITE');
    expect(await commit({ events: [event] })).toBe('STALE_VERSION');
    expect(await commit({ events: [{ ...event, matterId: randomUUID() }] })).toBe('ILLEGAL_WRITE');
    expect(await commit({ matterIds: [] })).toBe('ILLEGAL_WRITE');
  });

  it('moves nothing, whatever it names beside', async () => {
    const holder = () =>
      night.query('select holder_unit, phase, version from custody.matter where id = $1', [matterId]);
    const before = await holder();
    expect(
      await commit({
        spells: [{ matterId, unitId: UNIT, handoffId: null, successionId: null }],
        matterChanges: [{ id: matterId, closes: true, outcome: 'NOTHING_FURTHER' }],
      }),
    ).toBeNull();
    expect(await holder()).toEqual(before);
    for (const table of [
      'matter',
      'handoff',
      'responsibility',
      'event',
      'content',
      'audit_leaf',
      'idempotency',
    ])
      expect([table, await refusalOf(coordination, `select 1 from custody.${table}`)]).toEqual([
        table,
        '42501',
      ]);
  });
});
