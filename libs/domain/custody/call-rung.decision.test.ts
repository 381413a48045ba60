import { describe, expect, it } from '@jest/globals';
import { LADDERS, type LadderName } from '../routes/index.js';
import { unitId } from '../routing/index.js';
import { decideCall } from './call-rung.decision.js';
import type { DeadlineFacts, HandoffFacts, MatterFacts } from './facts.js';
import { at, CITY, deadlineOf, handoffOf, matterOf } from './test/builders.js';

const DUE = at('2026-01-12T23:33');
const minutes = (count: number) => new Date(DUE.getTime() + count * 60_000);

function calledAt(now: Date, some: Partial<DeadlineFacts> = {}, about: Partial<MatterFacts> = {}) {
  const matter = matterOf(about);
  const handoff = handoffOf(matter, 'adult-safety.police.socialjouren', 'socialjouren', { phase: 'sent' });
  const deadline = deadlineOf({
    rule: 'opening',
    ladder: 'acute-ring',
    handoffId: handoff.id,
    dueAt: DUE,
    ...some,
  });
  return decideCall(now, CITY, { ...matter, openHandoffId: handoff.id, deadlines: [deadline] }, handoff);
}
const told = (call: ReturnType<typeof decideCall>) =>
  call?.notifications.map(({ unitId: unit, function: who, kind, ringUnit }) => [unit, who, kind, ringUnit]);

describe('the ladder of an unopened acute offer', () => {
  it('is not climbed before it is due, nor of a closed matter', () => {
    expect(calledAt(minutes(-1))).toBeNull();
    expect(calledAt(minutes(1), {}, { closedAt: DUE })).toBeNull();
    expect(calledAt(minutes(1), { nextCallAt: null })).toBeNull();
  });

  it('first tells the police to ring, with the unit to be rung, once', () => {
    const call = calledAt(DUE);
    expect([call?.rung, told(call)]).toEqual([0, [['lpo', 'on-duty', 'ring', 'socialjouren']]]);
    expect(call?.nextCallAt).toEqual(minutes(5));
  });

  it('then tells the late unit that it is late, and the responsible unit to ring', () => {
    expect(told(calledAt(minutes(5), { rung: 1, nextCallAt: minutes(5) }))).toEqual([
      ['socialjouren', 'on-duty', 'late', null],
      ['lpo', 'on-duty', 'ring', 'socialjouren'],
    ]);
  });

  it('then both unit heads', () => {
    expect(told(calledAt(minutes(10), { rung: 2, nextCallAt: minutes(10) }))).toEqual([
      ['socialjouren', 'unit-head', 'late', null],
      ['lpo', 'unit-head', 'late', null],
    ]);
  });

  it.each([
    ['2026-01-12T23:33', 'socialjouren', 'on-duty'],
    ['2026-01-12T10:00', 'coordination', 'coordinator'],
    ['2026-01-17T12:00', 'socialjouren', 'on-duty'],
  ])('ends at %s with %s, whoever is staffed at that hour', (dueAt, unit, who) => {
    const due = at(dueAt);
    const last = new Date(due.getTime() + 15 * 60_000);
    expect(told(calledAt(last, { dueAt: due, rung: 3, nextCallAt: last }))).toEqual([
      [unit, who, 'late', null],
    ]);
  });

  it('after an outage calls only the highest rung that is due', () => {
    const call = calledAt(minutes(12));
    expect([call?.rung, call?.nextCallAt]).toEqual([2, minutes(15)]);
  });

  it.each(Object.keys(LADDERS) as LadderName[])('%s repeats its last rung daily, for ever', (ladder) => {
    const rungs = LADDERS[ladder];
    const last = rungs.at(-1)?.minutesAfterDue ?? 0;
    const call = calledAt(minutes(last + 3 * 24 * 60 + 1), { ladder });
    expect(call?.rung).toBe(rungs.length + 2);
    expect(call?.nextCallAt).toEqual(minutes(last + 4 * 24 * 60));
  });
});

describe('of several deadlines', () => {
  it('calls the one whose call is due first', () => {
    const matter = matterOf();
    const [later, sooner] = [
      deadlineOf({ rule: 'review', dueAt: minutes(2) }),
      deadlineOf({ rule: 'send', dueAt: minutes(1) }),
    ];
    expect(decideCall(minutes(9), CITY, { ...matter, deadlines: [later, sooner] }, null)?.deadlineId).toBe(
      sooner.id,
    );
  });

  it('takes the sender for late when it owes an answer, the receiver when it owes one', () => {
    const late = (rule: DeadlineFacts['rule'], askedOf: string) =>
      told(
        calledAt(minutes(30), {
          rule,
          ladder: 'office',
          askedOf: unitId(askedOf),
          rung: 1,
          nextCallAt: minutes(30),
        }),
      )?.[0]?.[0];
    expect(late('answer-information-acute', 'lpo')).toBe('lpo');
    expect(late('acceptance-acute', 'socialjouren')).toBe('socialjouren');
  });

  it('tells the responsible unit with the one asked', () => {
    const matter = matterOf({ holderUnit: unitId('rvt-a') });
    const duty = deadlineOf({ rule: 'D-01', askedOf: unitId('socialjouren'), dueAt: DUE });
    const offer: HandoffFacts | null = null;
    expect(told(decideCall(DUE, CITY, { ...matter, deadlines: [duty] }, offer))).toEqual([
      ['socialjouren', 'on-duty', 'late', null],
      ['rvt-a', 'on-duty', 'late', null],
    ]);
  });
});
