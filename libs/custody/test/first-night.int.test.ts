import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HandoffId, MatterId } from '#domain';
import { CustodyNight, granted, refusalOf } from './custody-night.js';

let night: CustodyNight;
beforeAll(async () => {
  night = await CustodyNight.open();
}, 60_000);
afterAll(() => night.close());

const LIAISON = 'police-liaison-globen';
const JOUR = 'socialjouren-case-worker';

describe('the first night, in the record', () => {
  test('responsibility passes from the police to socialjouren at one instant, with deadlines, receipt and chain', async () => {
    const { id, matters } = await night.incident(LIAISON, 'lpo-globen', [
      'victim',
      'child',
      'alleged-perpetrator',
    ]);
    expect(matters.map(({ kind }) => kind).sort()).toEqual(['adult-safety', 'child-protection']);
    const sent = await night.send(
      LIAISON,
      id,
      matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
    );
    const jour = await night.as('socialjouren');
    for (const { handoffId } of sent.handoffs) {
      const opening = {
        handoffId: handoffId as HandoffId,
        command: { action: 'open' as const, expectedVersion: null },
      };
      expect((await jour.actOnHandoff(night.caller(JOUR), opening)).ok).toBe(true);
      const accepting = {
        handoffId: handoffId as HandoffId,
        command: { action: 'accept' as const, expectedVersion: 1 },
      };
      granted(await jour.actOnHandoff(night.caller(JOUR), accepting));
    }
    for (const { matterId } of matters) {
      const spells = await night.query<{ unit_id: string; starts_at: Date; ends_at: Date | number }>(
        'select unit_id, starts_at, ends_at from custody.responsibility where matter_id = $1 order by starts_at',
        [matterId],
      );
      expect(spells.map(({ unit_id }) => unit_id)).toEqual(['lpo-globen', 'socialjouren-stockholm']);
      expect(spells[0]?.ends_at).toEqual(spells[1]?.starts_at);
    }
    const duties = await night.query<{ rule: string; asked_of: string }>(
      `select rule, asked_of from custody.deadline d join custody.matter m on m.id = d.clock_id
       where m.incident_id = $1 and m.kind = 'child-protection' and d.ended_at = 'infinity' order by rule`,
      [id],
    );
    expect(duties.map(({ rule }) => rule)).toEqual(['D-01', 'D-02', 'D-03', 'D-04', 'D-18', 'first-contact']);
    expect(new Set(duties.map(({ asked_of }) => asked_of))).toEqual(new Set(['socialjouren-stockholm']));
    expect(
      await night.query(
        'select 1 from custody.receipt r join custody.handoff h on h.id = r.handoff_id where h.dispatch_id = $1',
        [sent.dispatchId],
      ),
    ).toHaveLength(2);
  });

  test('a retry with the same key answers the same, and nothing happens twice', async () => {
    const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['child']);
    const sent = await night.send(
      LIAISON,
      id,
      matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
    );
    const jour = await night.as('socialjouren');
    const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
    granted(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId,
        command: { action: 'open', expectedVersion: null },
      }),
    );
    const caller = night.caller(JOUR, randomUUID());
    const accept = () =>
      jour.actOnHandoff(caller, { handoffId, command: { action: 'accept', expectedVersion: 1 } });
    const first = granted(await accept());
    const second = granted(await accept());
    expect(second).toEqual({ reply: first.reply, repeated: true });
    const otherBody = {
      ...caller,
      idempotency: caller.idempotency && { ...caller.idempotency, bodyHmac: 'other' },
    };
    expect(
      refusalOf(
        await jour.actOnHandoff(otherBody, { handoffId, command: { action: 'accept', expectedVersion: 1 } }),
      ),
    ).toBe('IDEMPOTENCY_BODY_DIFFERS');
    expect(
      refusalOf(
        await jour.actOnHandoff(night.caller(JOUR), {
          handoffId,
          command: { action: 'accept', expectedVersion: 1 },
        }),
      ),
    ).toBe('ALREADY_ACCEPTED');
  });

  test('of two who accept, and of accept against withdraw at once, exactly one wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['victim']);
      const sent = await night.send(
        LIAISON,
        id,
        matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
      );
      const [jour, police] = [await night.as('socialjouren'), await night.as('police')];
      const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
      granted(
        await jour.actOnHandoff(night.caller(JOUR), {
          handoffId,
          command: { action: 'open', expectedVersion: null },
        }),
      );
      const outcomes = await Promise.all([
        jour.actOnHandoff(night.caller(JOUR), {
          handoffId,
          command: { action: 'accept', expectedVersion: 1 },
        }),
        jour.actOnHandoff(night.caller('socialjouren-case-worker-2'), {
          handoffId,
          command: { action: 'accept', expectedVersion: 1 },
        }),
        police.actOnHandoff(night.caller(LIAISON), {
          handoffId,
          command: { action: 'withdraw', expectedVersion: 1 },
        }),
      ]);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });

  test('a report about a child can be neither declined nor withdrawn, and is redirected instead', async () => {
    const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['child']);
    const sent = await night.send(
      LIAISON,
      id,
      matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
    );
    const [jour, police] = [await night.as('socialjouren'), await night.as('police')];
    const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
    expect(
      refusalOf(
        await police.actOnHandoff(night.caller(LIAISON), {
          handoffId,
          command: { action: 'withdraw', expectedVersion: 1 },
        }),
      ),
    ).toBe('CANNOT_WITHDRAW_REPORT');
    granted(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId,
        command: { action: 'open', expectedVersion: null },
      }),
    );
    expect(
      refusalOf(
        await jour.actOnHandoff(night.caller(JOUR), {
          handoffId,
          command: { action: 'decline', expectedVersion: 1, reason: 'DUPLICATE' },
        }),
      ),
    ).toBe('CANNOT_DECLINE_REPORT');
    granted(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId,
        command: { action: 'redirect', expectedVersion: 1, reason: 'WRONG_DISTRICT' },
      }),
    );
    const [review] = await night.query<{ rule: string; asked_of: string }>(
      `select rule, asked_of from custody.deadline where clock_id = $1 and ended_at = 'infinity' and rule like 'review%'`,
      [matters[0]?.matterId],
    );
    expect(review).toEqual({ rule: 'review-after-decline-acute', asked_of: 'lpo-globen' });
  });

  test('the protection assessment meets D-01 and D-02 with its own time, and the child goes on to BoU with D-03 and D-04', async () => {
    const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['child']);
    const [matter] = matters;
    if (matter === undefined) throw new Error('no matter');
    const sent = await night.send(LIAISON, id, [
      { ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' },
    ]);
    const jour = await night.as('socialjouren');
    const handoffId = sent.handoffs[0]?.handoffId as HandoffId;
    granted(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId,
        command: { action: 'open', expectedVersion: null },
      }),
    );
    granted(
      await jour.actOnHandoff(night.caller(JOUR), {
        handoffId,
        command: { action: 'accept', expectedVersion: 1 },
      }),
    );
    const duty = {
      actingUnit:
        night.caller(JOUR).units[0] ??
        (() => {
          throw new Error('no unit');
        })(),
      matterId: matter.matterId as MatterId,
      duty: {
        rules: ['D-01', 'D-02'] as const,
        at: new Date(),
        outcome: 'SAFE_TONIGHT',
        causeId: randomUUID(),
      },
    };
    granted(await jour.meetDuty({ ...night.caller(JOUR), idempotency: null }, duty));
    granted(await jour.meetDuty({ ...night.caller(JOUR), idempotency: null }, duty));
    const on = await night.send(JOUR, id, [
      { ...matter, from: 'socialjouren-stockholm', to: 'bou-skarpnack', version: 2 },
    ]);
    const bou = await night.as('bou');
    const next = on.handoffs[0]?.handoffId as HandoffId;
    granted(
      await bou.actOnHandoff(night.caller('bou-case-worker-skarpnack'), {
        handoffId: next,
        command: { action: 'open', expectedVersion: null },
      }),
    );
    granted(
      await bou.actOnHandoff(night.caller('bou-case-worker-skarpnack'), {
        handoffId: next,
        command: { action: 'accept', expectedVersion: 1 },
      }),
    );
    const open = await night.query<{ rule: string; asked_of: string }>(
      `select rule, asked_of from custody.deadline where clock_id = $1 and ended_at = 'infinity' order by rule`,
      [matter.matterId],
    );
    expect(open).toEqual([
      { rule: 'D-03', asked_of: 'bou-skarpnack' },
      { rule: 'D-04', asked_of: 'bou-skarpnack' },
      { rule: 'first-contact', asked_of: 'bou-skarpnack' },
    ]);
  });

  test('a unit that has no part in a matter cannot tell whether it exists', async () => {
    const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['victim']);
    const sent = await night.send(
      LIAISON,
      id,
      matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
    );
    const bou = await night.as('bou');
    const caller = night.caller('bou-case-worker-farsta');
    const command = { action: 'open' as const, expectedVersion: null };
    expect(
      refusalOf(
        await bou.actOnHandoff(caller, { handoffId: sent.handoffs[0]?.handoffId as HandoffId, command }),
      ),
    ).toBe('NOT_FOUND');
    expect(
      refusalOf(
        await bou.actOnHandoff(night.caller('bou-case-worker-farsta'), {
          handoffId: randomUUID() as HandoffId,
          command,
        }),
      ),
    ).toBe('NOT_FOUND');
  });
});
