import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HANDOFF_ACTIONS } from '../handoff/index.js';
import { type ClosingNeed, MATTER_ACTIONS, OUTCOMES } from '../matter/index.js';
import { DECLINE_REASONS, HAND_BACK_REASONS, REDIRECT_REASONS } from '../reasons/index.js';
import type { Result } from '../refusals/index.js';
import { ROUTES } from '../routes/index.js';
import { unitId } from '../routing/index.js';
import { keysOf } from '../wording/index.js';
import type { CustodyChanges } from './changes.js';
import { decideHandoffAction } from './handoff-action.decision.js';
import type { DispatchId } from './ids.js';
import { decideMatterAction } from './matter-action.decision.js';
import { decideMeetDuty } from './meet-duty.decision.js';
import { decideSendDispatch } from './send-dispatch.decision.js';
import {
  after,
  at,
  CITY,
  contextAt,
  deadlineOf,
  factsOf,
  freshId,
  itemOf,
  type Line,
  matterOf,
  previewOf,
} from './test/builders.js';

const UNITS = ['lpo', 'socialjouren', 'rvt-a', 'rvt-b', 'bou-a', 'bou-b', 'rvc-a', 'solna'] as const;
const kindOf = (id: string) => CITY.units.find((one) => one.id === id)?.kind;
const among = <Value>(all: readonly Value[], index: number): Value | undefined =>
  all[index % Math.max(1, all.length)];
const SHOWN = new Set<ClosingNeed>([
  'nothing-further-decision',
  'attested-and-rechecked',
  'person-reason',
  'note-of-attempts',
]);
const orNone = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const step = fc.record({
  minutes: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 20 * 60 })),
  command: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('offer' as const),
        action: fc.oneof(fc.constantFrom('open', 'accept', 'attest'), fc.constantFrom(...HANDOFF_ACTIONS)),
        side: fc.constantFrom('receiver', 'receiver', 'receiver', 'sender', 'system', 'stranger'),
        reason: orNone(fc.constantFrom(...keysOf(DECLINE_REASONS), ...keysOf(REDIRECT_REASONS))),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('work' as const),
        action: fc.constantFrom(...MATTER_ACTIONS),
        outcome: orNone(fc.constantFrom(...keysOf(OUTCOMES))),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('send' as const),
        route: fc.nat(),
        isSensible: fc.nat({ max: 9 }).map((ofTen) => ofTen > 0),
        to: fc.nat(),
        reason: orNone(fc.constantFrom(...keysOf(HAND_BACK_REASONS))),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('duty' as const),
        rules: fc.subarray(['D-01', 'D-02', 'D-03', 'D-04', 'D-18'] as const),
      }),
    },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function decide({ matter, handoffs }: Line, { command }: Step, now: Date): Result<CustodyChanges> {
  const byHolder = contextAt(now, matter.holderUnit, { roles: ['unit-head', 'case-worker'] });
  switch (command.kind) {
    case 'offer': {
      const offer = handoffs.at(-1);
      if (offer === undefined) return { ok: false, refusal: { code: 'NOT_FOUND' } };
      const { side } = command;
      const own = side === 'sender' ? offer.fromUnit : side === 'stranger' ? 'rvc-a' : offer.toUnit;
      const context = contextAt(now, own, {
        roles: ['case-worker'],
        person: side === 'system' ? null : 'p-1',
      });
      return decideHandoffAction(context, offer, matter, {
        action: command.action,
        expectedVersion: null,
        ...(command.reason === null ? {} : { reason: command.reason }),
        attestation: { function: 'case-worker', at: now },
      });
    }
    case 'work':
      return decideMatterAction(byHolder, { handoffs }, matter, {
        action: command.action,
        expectedVersion: null,
        reason: 'CAPACITY',
        reviewAt: new Date(now.getTime() + 3_600_000),
        shown: SHOWN,
        ...(command.outcome === null ? {} : { outcome: command.outcome }),
      });
    case 'send': {
      const fit = ROUTES.filter(
        ({ matterKind, from, to }) =>
          matterKind === matter.kind &&
          from === kindOf(matter.holderUnit) &&
          UNITS.some((unit) => kindOf(unit) === to),
      );
      const route = among(command.isSensible ? fit : ROUTES, command.route);
      if (route === undefined) return { ok: false, refusal: { code: 'NO_ROUTE' } };
      const fitting = UNITS.filter((one) => !command.isSensible || kindOf(one) === route.to);
      const item = itemOf(matter, route.id, among(fitting, command.to) ?? 'lpo', {
        reason: route.direction === 'forward' && command.isSensible ? null : command.reason,
      });
      const preview = previewOf(matter.holderUnit, now, [item]);
      return decideSendDispatch(
        byHolder,
        factsOf(now, { matters: [matter], handoffs, preview }),
        freshId<DispatchId>(),
      );
    }
    case 'duty':
      return decideMeetDuty(byHolder, matter, {
        rules: command.rules,
        at: now,
        outcome: 'DONE',
        causeId: 'c',
      });
  }
}

describe('whatever is done, in whatever order, lawful or not', () => {
  const seen = { granted: 0, closed: 0, accepted: 0 };

  it.each(['adult-safety', 'child-protection', 'adult-support'] as const)(
    'an open matter (%s) has an armed deadline and one holder, and a duty that began is met by its own record alone',
    (kind) => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), (steps) => {
          let now = at('2026-01-12T23:20');
          const holderUnit = unitId(kind === 'adult-support' ? 'rvt-a' : 'lpo');
          let line: Line = {
            matter: matterOf({ kind, holderUnit, openedAt: now, deadlines: [deadlineOf({ rule: 'send' })] }),
            handoffs: [],
          };
          for (const one of steps) {
            now = new Date(now.getTime() + one.minutes * 60_000 + 1);
            const before = line;
            const decided = decide(line, one, now);
            if (!decided.ok) continue;
            seen.granted += 1;
            line = after(line, decided.value, now);
            const { matter, handoffs } = line;
            const moves = matter.holderUnit !== before.matter.holderUnit;
            if (moves) seen.accepted += 1;
            expect(moves).toBe(decided.value.receipts.some((receipt) => receipt.kind === 'signed'));
            expect(new Set(matter.dutiesOpened).size).toBe(matter.dutiesOpened.length);
            if (one.command.kind !== 'duty' && matter.closedAt === null) {
              const duties = ({ matter: { deadlines } }: Line) =>
                deadlines
                  .filter(({ rule }) => rule.startsWith('D-0'))
                  .map(({ id, startAt, dueAt }) => [id, startAt, dueAt]);
              expect(duties(line)).toEqual(expect.arrayContaining(duties(before)));
            }
            expect(
              handoffs.filter((offer) =>
                ['sent', 'delivered', 'opened', 'awaiting-information'].includes(offer.phase),
              ).length,
            ).toBeLessThanOrEqual(1);
            if (matter.closedAt !== null) {
              seen.closed += 1;
              expect(matter.deadlines).toEqual([]);
              return;
            }
            expect(matter.deadlines.filter(({ nextCallAt }) => nextCallAt !== null)).not.toEqual([]);
          }
        }),
        { numRuns: 90, seed: 20260105 },
      );
    },
  );

  it('and the walks went somewhere', () => {
    expect(seen.granted).toBeGreaterThan(500);
    expect(seen.accepted).toBeGreaterThan(20);
    expect(seen.closed).toBeGreaterThan(10);
  });
});
