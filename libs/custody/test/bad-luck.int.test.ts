import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  type DirectorySnapshot,
  type HandoffCommand,
  type HandoffId,
  type IncidentId,
  type MatterId,
  type SubjectId,
  type SuccessionId,
  unitId,
} from '#domain';
import { hashCaseNumber, receiptKeys, Sealing, verifyReceipt } from '#sealing';
import { CustodyCommands, verifyQueries } from '../index.js';
import { CustodyNight, granted, refusalOf } from './custody-night.js';

const LIAISON = 'police-liaison-globen';
const JOUR = 'socialjouren-case-worker';
const DAY = 86_400;

/**
 * Farsta's team is followed by Skarpnäck's, a merger that the shipped directory does not have today; and the service
 * of RVC runs.
 */
const merging = (shipped: DirectorySnapshot): DirectorySnapshot => ({
  ...shipped,
  units: shipped.units.map((unit) =>
    unit.id === 'rvt-farsta'
      ? { ...unit, successors: [unitId('rvt-skarpnack')] }
      : {
          ...unit,
          external: unit.external.filter(({ code }) => unit.kind !== 'rvc' || code !== 'NO_RUNNING_SERVICE'),
        },
  ),
});

let night: CustodyNight;
beforeAll(async () => {
  night = await CustodyNight.open(undefined, merging);
}, 60_000);
afterAll(() => night.close());

async function offered(to = 'socialjouren-stockholm', role: 'victim' | 'child' = 'victim') {
  const { id, matters } = await night.incident(LIAISON, 'lpo-globen', [role]);
  const [matter] = matters;
  if (matter === undefined) throw new Error('no matter');
  const sent = await night.send(LIAISON, id, [{ ...matter, from: 'lpo-globen', to }]);
  const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
  return { incidentId: id, matter, matterId: matter.matterId as MatterId, handoffId };
}

async function act(
  party: 'police' | 'socialjouren' | 'rvt' | 'bou',
  persona: string,
  handoffId: HandoffId,
  command: HandoffCommand,
  key: string = randomUUID(),
) {
  const custody = await night.as(party);
  return custody.actOnHandoff(night.caller(persona, key), { handoffId, command });
}
const OPEN = { action: 'open', expectedVersion: null } as const;
const ACCEPT = { action: 'accept', expectedVersion: 1 } as const;

/** Held by a team of RVT, from the police over socialjouren. */
async function heldBy(team: string) {
  const case_ = await offered();
  granted(await act('socialjouren', JOUR, case_.handoffId, OPEN));
  granted(await act('socialjouren', JOUR, case_.handoffId, ACCEPT));
  const on = await night.send(JOUR, case_.incidentId, [
    { ...case_.matter, from: 'socialjouren-stockholm', to: `rvt-${team}`, version: 2 },
  ]);
  const handoffId = on.handoffs[0]?.handoffId as HandoffId;
  granted(await act('rvt', `rvt-case-worker-${team}`, handoffId, OPEN));
  granted(await act('rvt', `rvt-case-worker-${team}`, handoffId, ACCEPT));
  return { ...case_, handoffId };
}

async function published() {
  const { store } = await night.keysOf('police');
  return receiptKeys(await store.signingKeys());
}
async function receiptOf(handoffId: string) {
  const [row] = await night.query<{ jws: string }>('select jws from custody.receipt where handoff_id = $1', [
    handoffId,
  ]);
  if (row === undefined) throw new Error('no receipt');
  return verifyReceipt(row.jws, await published());
}
const rowsOf = async (table: string, column: string, id: string) =>
  (await night.query(`select 1 from custody.${table} where ${column} = $1`, [id])).length;

describe('a command that comes too late, from elsewhere, or twice', () => {
  it('with a stale version is refused with what is now, and writes nothing', async () => {
    const { handoffId, matterId } = await offered();
    granted(await act('socialjouren', JOUR, handoffId, OPEN));
    granted(
      await act('socialjouren', JOUR, handoffId, { action: 'request-information', expectedVersion: 1 }),
    );
    const events = await rowsOf('event', 'matter_id', matterId);
    expect(await act('socialjouren', JOUR, handoffId, ACCEPT)).toMatchObject({
      refusal: { code: 'STALE_VERSION', current: { phase: 'awaiting-information', version: 2 } },
    });
    expect(await rowsOf('event', 'matter_id', matterId)).toBe(events);
  });

  it('sent twice at once has one effect, and both get the same answer', async () => {
    const { handoffId, matterId } = await offered();
    granted(await act('socialjouren', JOUR, handoffId, OPEN));
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => act('socialjouren', JOUR, handoffId, ACCEPT, key)));
    const done = answers.map(granted);
    expect(done.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(done.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
    expect(await rowsOf('responsibility', 'matter_id', matterId)).toBe(2);
    expect(await rowsOf('audit_leaf', 'target_id', handoffId)).toBe(2);
  });

  it('under the key of another body is refused', async () => {
    const { handoffId } = await offered();
    granted(await act('socialjouren', JOUR, handoffId, OPEN));
    const jour = await night.as('socialjouren');
    const caller = night.caller(JOUR);
    granted(await jour.actOnHandoff(caller, { handoffId, command: ACCEPT }));
    const other = {
      ...caller,
      idempotency: caller.idempotency && { ...caller.idempotency, bodyHmac: 'other' },
    };
    expect(refusalOf(await jour.actOnHandoff(other, { handoffId, command: ACCEPT }))).toBe(
      'IDEMPOTENCY_BODY_DIFFERS',
    );
  });

  it('after a withdrawal, or by another unit, takes nothing', async () => {
    const { handoffId, matterId } = await offered();
    granted(await act('socialjouren', JOUR, handoffId, OPEN));
    expect(refusalOf(await act('rvt', 'rvt-case-worker-farsta', handoffId, ACCEPT))).toBe('NOT_FOUND');
    granted(await act('police', LIAISON, handoffId, { action: 'withdraw', expectedVersion: 1 }));
    expect(refusalOf(await act('socialjouren', JOUR, handoffId, ACCEPT))).toBe('HANDOFF_WITHDRAWN');
    expect(await rowsOf('responsibility', 'matter_id', matterId)).toBe(1);
  });

  it('without a mandate, or with another unit’s, is refused', async () => {
    const { handoffId } = await offered();
    granted(await act('socialjouren', JOUR, handoffId, OPEN));
    const jour = await night.as('socialjouren');
    const nobody = { ...night.caller(JOUR), person: 'p-nobody' as never };
    expect(refusalOf(await jour.actOnHandoff(nobody, { handoffId, command: ACCEPT }))).toBe('NO_MANDATE');
    const stranger = { ...night.caller('rvt-case-worker-farsta'), units: [unitId('socialjouren-stockholm')] };
    expect(refusalOf(await jour.actOnHandoff(stranger, { handoffId, command: ACCEPT }))).toBe('NO_MANDATE');
  });

  it('to a unit that has ended, or by a way that the matter did not come, is not sent', async () => {
    const { incidentId, matter } = await heldBy('sodermalm');
    const on = (to: string, reason: string) =>
      night.send('rvt-case-worker-sodermalm', incidentId, [
        { ...matter, from: 'rvt-sodermalm', to, version: 3, reason },
      ]);
    await expect(on('rvt-norrmalm', 'MOVED')).rejects.toThrow('UNIT_ENDED');
    await expect(on('lpo-globen', 'SAFETY_CHANGED')).rejects.toThrow('HAND_BACK_NOT_ALLOWED');
    await expect(on('socialjouren-stockholm', 'SITE_UNSUITABLE')).rejects.toThrow('REASON_NOT_ALLOWED');
    expect((await on('socialjouren-stockholm', 'UNREACHABLE')).handoffs).toHaveLength(1);
  });
});

describe('a connection that dies between the two round trips', () => {
  it('leaves nothing half-written, and the same command again does it all', async () => {
    const { handoffId, matterId } = await offered();
    granted(await act('socialjouren', JOUR, handoffId, OPEN));
    const dataSource = await new DataSource({
      type: 'postgres',
      url: night.record.urlFor('socialjouren'),
      installExtensions: false,
      applicationName: 'doomed',
      extra: { max: 2 },
    }).initialize();
    const { unitKeys } = await night.keysOf('socialjouren');
    let kill = true;
    // The key is fetched between the trips: the moment at which the connection is cut.
    const cutting = Object.create(unitKeys, {
      signingKey: {
        value: async (unit: string) => {
          if (kill) {
            kill = false;
            await night.query(
              `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed' and state = 'idle in transaction'`,
            );
          }
          return unitKeys.signingKey(unit);
        },
      },
    });
    const custody = new CustodyCommands({
      dataSource,
      unitKeys: cutting,
      snapshot: async () => night.directory,
    });
    const caller = night.caller(JOUR);
    const events = await rowsOf('event', 'matter_id', matterId);
    await expect(custody.actOnHandoff(caller, { handoffId, command: ACCEPT })).rejects.toThrow();
    expect(await rowsOf('responsibility', 'matter_id', matterId)).toBe(1);
    expect(await rowsOf('event', 'matter_id', matterId)).toBe(events);
    expect(await rowsOf('receipt', 'handoff_id', handoffId)).toBe(0);
    expect(await rowsOf('idempotency', 'key', caller.idempotency?.key ?? '')).toBe(0);
    expect(granted(await custody.actOnHandoff(caller, { handoffId, command: ACCEPT })).repeated).toBe(false);
    expect(await rowsOf('responsibility', 'matter_id', matterId)).toBe(2);
    await dataSource.destroy();
  });
});

describe('receipts, offline', () => {
  it('of an acceptance is signed by the unit that took it', async () => {
    const { handoffId } = await heldBy('sodermalm');
    const [row] = await night.query<{ head: string }>(
      `select e.hash as head from custody.event e where e.chain_id = $1 and e.kind = 'accept'`,
      [handoffId],
    );
    expect(await receiptOf(handoffId)).toMatchObject({
      ok: true,
      payload: { kind: 'acceptance', iss: 'rvt-sodermalm', takenBy: 'case-worker', chainHead: row?.head },
    });
  });

  it('of a unit outside is attested by the sender, who stays responsible and cannot close the same day', async () => {
    const { handoffId, matterId } = await offered('socialtjanst-solna');
    const { hash, salt } = hashCaseNumber('2026-0042');
    const police = await night.as('police');
    granted(
      await police.actOnHandoff(night.caller(LIAISON), {
        handoffId,
        command: {
          action: 'attest',
          expectedVersion: 1,
          attestation: { function: 'duty-officer', at: new Date(Date.now() - 1000) },
        },
        caseNumberHash: hash,
      }),
    );
    expect(await receiptOf(handoffId)).toMatchObject({
      ok: true,
      payload: {
        kind: 'attestation',
        iss: 'lpo-globen',
        toUnit: 'socialtjanst-solna',
        takenBy: 'duty-officer',
      },
    });
    expect(await receiptOf(handoffId)).toMatchObject({
      payload: { caseNumberHash: hashCaseNumber('2026-0042', salt).hash },
    });
    const [matter] = await night.query<{ holder_unit: string }>(
      'select holder_unit from custody.matter where id = $1',
      [matterId],
    );
    expect(matter?.holder_unit).toBe('lpo-globen');
    const close = { action: 'close', expectedVersion: null, outcome: 'TAKEN_OUTSIDE' } as const;
    const shown = new Set(['attested-and-rechecked'] as const);
    expect(
      refusalOf(await police.actOnMatter(night.caller(LIAISON), { matterId, command: { ...close, shown } })),
    ).toBe('RECHECK_TOO_EARLY');
  });
});

describe('a commission', () => {
  it('is not accepted by who decided on it, and is by a colleague (R-007)', async () => {
    const { matter, incidentId } = await heldBy('sodermalm');
    const rvt = await night.as('rvt');
    const decider = night.caller('rvt-case-worker-sodermalm');
    const opened = granted(
      await rvt.openMatter(decider, {
        actingUnit: unitId('rvt-sodermalm'),
        subjectId: matter.subjectId as SubjectId,
        kind: 'adult-support',
        continuesId: null,
      }),
    ).reply;
    const [rvc] = night.directory.units.filter(
      ({ kind, external }) => kind === 'rvc' && external.length === 0,
    );
    if (rvc === undefined) throw new Error('no RVC');
    const sent = await night.send('rvt-case-worker-sodermalm', incidentId, [
      { ...matter, matterId: opened.matterId, kind: 'adult-support', from: 'rvt-sodermalm', to: rvc.id },
    ]);
    const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
    await night.query(
      `insert into directory.mandate
       select (jsonb_populate_record(m, jsonb_build_object('id', $1::text, 'unit_id', $3::text, 'valid_from', '2020-01-01'))).*
       from directory.mandate m where m.person_id = $2 limit 1`,
      [randomUUID(), decider.person, rvc.id],
    );
    const custody = await night.as('rvc');
    const both = () => ({ ...night.caller('rvt-case-worker-sodermalm'), units: [rvc.id] });
    granted(await custody.actOnHandoff(both(), { handoffId, command: OPEN }));
    expect(refusalOf(await custody.actOnHandoff(both(), { handoffId, command: ACCEPT }))).toBe(
      'DECIDER_MAY_NOT_ACCEPT',
    );
    const colleague = `rvc-case-worker-${rvc.id.replace(/^rvc-/, '')}`;
    granted(await custody.actOnHandoff(night.caller(colleague), { handoffId, command: ACCEPT }));
  });
});

describe('a succession', () => {
  it('moves what is held, its offers and its keys, by two persons at one instant', async () => {
    const [plain, onOffer] = [await heldBy('farsta'), await heldBy('farsta')];
    const out = await night.send('rvt-case-worker-farsta', onOffer.incidentId, [
      { ...onOffer.matter, from: 'rvt-farsta', to: 'rvt-sodermalm', version: 3, reason: 'MOVED' },
    ]);
    const outgoing = out.handoffs[0]?.handoffId as HandoffId;
    const { store, unitKeys } = await night.keysOf('rvt');
    const sealing = new Sealing(store, unitKeys.privateKeys);
    const binding = { contentId: randomUUID(), incidentId: plain.incidentId as IncidentId, subjectId: null };
    const content = { form: 'text', version: 1, fields: [] } as const;
    const sealed = await sealing.seal({
      ...binding,
      content: { ...content, fields: [] },
      forUnits: ['rvt-farsta'],
    });
    if (!sealed.ok) throw new Error('not sealed');
    const reads = async () =>
      (await sealing.open({ ...binding, ciphertext: sealed.value.ciphertext, unitId: 'rvt-skarpnack' })).ok;
    expect(await reads()).toBe(false);

    const rvt = await night.as('rvt');
    const proposed = granted(
      await rvt.proposeSuccession(night.caller('rvt-unit-head-farsta'), {
        actingUnit: unitId('rvt-farsta'),
        toUnit: unitId('rvt-skarpnack'),
      }),
    ).reply;
    const successionId = proposed.successionId as SuccessionId;
    const approve = (persona: string) => rvt.approveSuccession(night.caller(persona), { successionId });
    expect(refusalOf(await approve('rvt-case-worker-skarpnack'))).toBe('NO_MANDATE');
    expect(granted(await approve('rvt-unit-head-skarpnack')).reply.moved).toBe(2);
    expect(await reads()).toBe(true);
    expect(refusalOf(await approve('rvt-unit-head-skarpnack'))).toBe('NOT_FOUND');

    const spells = await night.query<{ unit_id: string; succession_id: string | null }>(
      'select unit_id, succession_id from custody.responsibility where matter_id = $1 order by starts_at',
      [plain.matterId],
    );
    expect(spells.map(({ unit_id }) => unit_id)).toEqual([
      'lpo-globen',
      'socialjouren-stockholm',
      'rvt-farsta',
      'rvt-skarpnack',
    ]);
    expect(spells.at(-1)?.succession_id).toBe(successionId);

    // What the old unit had offered is accepted from the successor.
    granted(await act('rvt', 'rvt-case-worker-sodermalm', outgoing, OPEN));
    granted(await act('rvt', 'rvt-case-worker-sodermalm', outgoing, ACCEPT));
    const back = await night.send('rvt-case-worker-skarpnack', plain.incidentId, [
      { ...plain.matter, from: 'rvt-skarpnack', to: 'socialjouren-stockholm', version: 4, reason: 'MOVED' },
    ]);
    expect(back.handoffs).toHaveLength(1);
  });
});

describe('afterwards', () => {
  it('the sweep of C1 to C4 finds nothing', async () => {
    for (const { name, sql, parameters } of verifyQueries({ seconds: DAY }))
      expect([name, await night.query(sql, [...parameters])]).toEqual([name, []]);
  });
});
