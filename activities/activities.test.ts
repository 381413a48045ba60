import { describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createLogger } from '#temporal';
import {
  type CallOutFacts,
  type Clock,
  createCallOutActivities,
  createClockActivities,
  createPartyClockActivities,
  createStepActivities,
  type MatterCall,
  type PartyCall,
  type Step,
} from './index.js';

// Failures are asserted on; what the SDK would print of them is not wanted here.
const activity = new MockActivityEnvironment({}, { logger: createLogger('error', () => undefined) });
const clock: Clock = { version: 2, closed: false, waitMs: 1_500.5, deadlineId: 'deadline-1', rung: 1 };
const call: MatterCall = { matterId: 'matter-1', deadlineId: null, rung: 0 };

describe('the clock of a matter', () => {
  test('asks the book and answers with the clock, and with no more than a clock', async () => {
    const asked: MatterCall[] = [];
    const book = {
      callAgain: (given: MatterCall) => {
        asked.push(given);
        return Promise.resolve({ ...clock, victimName: 'Kanarie' });
      },
    };
    const { callAgain } = createClockActivities({ book });
    expect(await activity.run(callAgain, call)).toEqual(clock);
    expect(asked).toEqual([call]);
  });

  test.each([
    ['a version that is not one', { ...clock, version: -1 }],
    ['no waiting time', { ...clock, waitMs: undefined }],
  ])('fails on an answer with %s rather than let a clock run wrong', async (_, answer) => {
    const book = { callAgain: () => Promise.resolve(JSON.parse(JSON.stringify(answer))) };
    await expect(activity.run(createClockActivities({ book }).callAgain, call)).rejects.toThrow();
  });

  test.each(['', 'Anna Andersson', 'a/b', 'x'.repeat(101)])('refuses “%s” as an id', async (matterId) => {
    const book = { callAgain: () => Promise.resolve(clock) };
    const { callAgain } = createClockActivities({ book });
    await expect(activity.run(callAgain, { ...call, matterId })).rejects.toThrow();
  });
});

test('a party’s clock is asked of the party’s own book', async () => {
  const asked: PartyCall[] = [];
  const book = {
    callAgain: (given: PartyCall) => {
      asked.push(given);
      return Promise.resolve(clock);
    },
  };
  const given = { schema: 'bou', clockId: 'clock-1', deadlineId: 'deadline-1', rung: 2 };
  expect(await activity.run(createPartyClockActivities({ book }).callAgainParty, given)).toEqual(clock);
  expect(asked).toEqual([given]);
});

describe('a step', () => {
  const step: Step = {
    process: 'call-out',
    processId: 'incident-1',
    stepKey: 'child-check',
    occurrence: '1',
  };

  test('answers whether it is met, with a code', async () => {
    const book = { ensure: () => Promise.resolve({ met: true, outcome: 'attend', note: 'Kanarie' }) };
    const { ensureStep } = createStepActivities({ book });
    expect(await activity.run(ensureStep, step)).toEqual({ met: true, outcome: 'attend' });
  });

  test('does not let free text out as an outcome', async () => {
    const book = { ensure: () => Promise.resolve({ met: true, outcome: 'he said that he would' }) };
    await expect(activity.run(createStepActivities({ book }).ensureStep, step)).rejects.toThrow();
  });
});

test('the facts of a call-out are ids, kinds and states, and nothing else', async () => {
  const facts: CallOutFacts = {
    ...{ programme: 'islandsprojektet', childCheckRecorded: true, firstSocialParty: null },
    ...{ children: ['child-1'], adultVictims: [] },
    matters: [
      {
        ...{ matterId: 'matter-1', kind: 'child-protection', subjectId: 'child-1' },
        ...{ state: 'offered', responsibleParty: 'police' },
      },
    ],
  };
  const told = {
    ...facts,
    address: 'Storgatan 1',
    matters: facts.matters.map((matter) => ({ ...matter, name: 'Kanarie' })),
  };
  const closed: string[] = [];
  const book = {
    facts: () => Promise.resolve(told),
    close: ({ incidentId }: { incidentId: string }) => Promise.resolve(void closed.push(incidentId)),
  };
  const { callOutFacts, closeCallOut } = createCallOutActivities({ book });
  expect(await activity.run(callOutFacts, { incidentId: 'incident-1' })).toEqual(facts);
  await activity.run(closeCallOut, { incidentId: 'incident-1' });
  expect(closed).toEqual(['incident-1']);
});
