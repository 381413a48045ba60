import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { lookAgain } from './messages.js';
import { CallOutWorld, PARTIES, type Party } from './test/call-out-world.js';
import { type Actor, HISTORY_TOO_HEAVY, Stage } from './test/stage.js';

jest.setTimeout(30_000);

let stage: Stage;
let engine: Actor;
let world: CallOutWorld;
const parties = new Map<Party, Actor>();

beforeAll(async () => {
  stage = await Stage.open();
  world = new CallOutWorld(stage);
  engine = await stage.enterEngine();
  for (const party of PARTIES) parties.set(party, await world.enter(party));
}, 30_000);
afterAll(async () => stage?.close(), 30_000);

const ended = (workflowId: string): Promise<unknown> => stage.client.workflow.getHandle(workflowId).result();
const isRunning = async (workflowId: string): Promise<boolean> =>
  (await stage.client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';

const MORNING = [
  'socialjouren: morning-handover matter-of-adult-1',
  'socialjouren: morning-handover matter-of-child-1',
  'socialjouren: morning-handover matter-of-child-2',
];
const assessed = (party: Party): string[] =>
  ['child-1', 'child-2'].map((child) => `${party}: protection-assessment ${child}`);

describe('a call-out in the night', () => {
  test('goes from the alarm through socialjouren to the ordinary units in the morning', async () => {
    const callOut = world.alarm({ childCheckRecorded: false });
    await world.relayAndSettle(callOut);
    expect(callOut.asked).toEqual(['police: child-check 1']);

    callOut.meet('child-check');
    callOut.facts = { ...callOut.facts, childCheckRecorded: true, firstSocialParty: 'socialjouren' };
    callOut.carry('offered');
    await world.relayAndSettle(callOut);
    expect(callOut.asked).toEqual([
      'police: child-check 1',
      'socialjouren: attendance-decision 1',
      ...assessed('socialjouren'),
    ]);

    callOut.carry('held-by-socialjouren');
    callOut.meet('attendance-decision');
    callOut.meet('protection-assessment', 'child-1');
    callOut.meet('protection-assessment', 'child-2');
    await world.relayAndSettle(callOut);
    expect(callOut.asked.filter((question) => question.includes('morning'))).toEqual(MORNING);

    callOut.carry('offered');
    await world.relayAndSettle(callOut);
    callOut.carry('held-by-ordinary', 'matter-of-child-1', 'matter-of-child-2');
    await world.relayAndSettle(callOut);
    expect(await isRunning(callOut.workflowId)).toBe(true);
    expect(callOut.closings).toBe(0);

    callOut.carry('closed', 'matter-of-adult-1');
    await world.relay(callOut);
    await ended(callOut.workflowId);
    expect(callOut.closings).toBe(1);
    for (const handover of MORNING) {
      expect(callOut.questions.filter((question) => question === handover)).toHaveLength(1);
    }
    await stage.record(callOut.workflowId, 'police-call-out.night-and-morning');
  });

  test('is not over while an assessment is not recorded, though everyone has been carried over', async () => {
    const callOut = world.alarm({ firstSocialParty: 'socialjouren' });
    callOut.carry('held-elsewhere');
    callOut.meet('attendance-decision');
    callOut.meet('protection-assessment', 'child-1');
    await world.relayAndSettle(callOut);
    expect(await isRunning(callOut.workflowId)).toBe(true);
    callOut.meet('protection-assessment', 'child-2');
    await world.relay(callOut);
    await ended(callOut.workflowId);
  });

  test('is not over while a child or an adult victim has no matter', async () => {
    const callOut = world.alarm({ firstSocialParty: 'socialjouren', programme: null, children: [] });
    callOut.carry('held-by-ordinary');
    callOut.facts = { ...callOut.facts, adultVictims: ['adult-1', 'adult-2'] };
    await world.relayAndSettle(callOut);
    expect(await isRunning(callOut.workflowId)).toBe(true);
    callOut.facts = { ...callOut.facts, adultVictims: ['adult-1'] };
    await world.relay(callOut);
    await ended(callOut.workflowId);
  });

  test('asks for one morning handover of a matter that is handed back, and stays open', async () => {
    const callOut = world.alarm({ firstSocialParty: 'socialjouren', programme: null, children: [] });
    for (const state of ['held-by-socialjouren', 'offered', 'held-by-socialjouren'] as const) {
      callOut.carry(state);
      await world.relayAndSettle(callOut);
    }
    expect([...callOut.questions].sort()).toEqual(MORNING);
    callOut.carry('held-by-ordinary');
    await world.relay(callOut);
    await ended(callOut.workflowId);
  });
});

describe('a call-out in office hours', () => {
  test('asks BoU, and nothing of socialjouren', async () => {
    const callOut = world.alarm({ firstSocialParty: 'ordinary' });
    callOut.carry('offered');
    await world.relayAndSettle(callOut);
    expect(callOut.asked).toEqual(['bou: attendance-decision 1', ...assessed('bou')]);
    callOut.carry('held-by-ordinary');
    callOut.meet('attendance-decision');
    callOut.meet('protection-assessment', 'child-1');
    callOut.meet('protection-assessment', 'child-2');
    await world.relay(callOut);
    await ended(callOut.workflowId);
    expect(callOut.asked.filter((question) => question.startsWith('socialjouren'))).toEqual([]);
    await stage.record(callOut.workflowId, 'police-call-out.office-hours');
  });
});

describe('attendance', () => {
  test.each([
    ['outside every programme', { programme: null, firstSocialParty: 'socialjouren' as const }],
    ['where no child lives', { children: [], firstSocialParty: 'socialjouren' as const }],
    ['by the flag alone, before it was sent', { firstSocialParty: null }],
  ])('is not asked for %s', async (_, given) => {
    const callOut = world.alarm(given);
    callOut.carry('held-by-police');
    await world.relayAndSettle(callOut);
    expect(callOut.questions.filter((question) => question.includes('attendance'))).toEqual([]);
  });
});

describe('what people do in an order of their own', () => {
  test('a child who is found later is assessed too, and one re-typed as an adult is waited for no more', async () => {
    const callOut = world.alarm({ firstSocialParty: 'socialjouren', programme: null, children: ['child-1'] });
    callOut.carry('held-by-ordinary');
    await world.relayAndSettle(callOut);
    callOut.facts = { ...callOut.facts, children: ['child-1', 'child-2'] };
    await world.relayAndSettle(callOut);
    expect(callOut.asked).toEqual(assessed('socialjouren'));
    callOut.meet('protection-assessment', 'child-1');
    callOut.facts = { ...callOut.facts, children: ['child-1'], adultVictims: ['child-2', 'adult-1'] };
    await world.relay(callOut);
    await ended(callOut.workflowId);
  });

  test('a burst of changes is read few times', async () => {
    const callOut = world.alarm();
    await world.relayAndSettle(callOut);
    const before = callOut.reads;
    await Promise.all(Array.from({ length: 40 }, () => world.relay(callOut)));
    await world.settle(callOut);
    expect(callOut.reads - before).toBeGreaterThan(0);
    expect(callOut.reads - before).toBeLessThan(30);
  });

  test('a party that is down holds up nobody else, and catches up', async () => {
    const callOut = world.alarm({ childCheckRecorded: false, firstSocialParty: 'socialjouren' });
    await parties.get('socialjouren')?.leave();
    await world.relay(callOut);
    await stage.until(() => callOut.asked.includes('police: child-check 1'));
    callOut.facts = { ...callOut.facts, children: [...callOut.facts.children, 'child-3'] };
    const reads = callOut.reads;
    await world.relay(callOut);
    await stage.until(() => callOut.reads > reads && callOut.questions.length > 1);
    expect(callOut.asked).toEqual(['police: child-check 1']);

    parties.set('socialjouren', await world.enter('socialjouren'));
    await world.settle(callOut);
    expect(callOut.asked).toContain('socialjouren: protection-assessment child-3');
  });
});

describe('a story run again from the top', () => {
  test('passes through what is done and asks only for what is left', async () => {
    const callOut = world.alarm({ firstSocialParty: 'socialjouren' });
    callOut.carry('held-by-socialjouren');
    callOut.meet('attendance-decision');
    callOut.meet('protection-assessment', 'child-1');
    await world.relayAndSettle(callOut);
    await stage.client.workflow.getHandle(callOut.workflowId).terminate();

    const before = callOut.questions.length;
    expect(await world.relay(callOut)).toBe('told');
    await world.settle(callOut);
    const again = callOut.questions.slice(before);
    expect(new Set(again)).toEqual(new Set(callOut.questions.slice(0, before)));
    expect(again.filter((question) => question.includes('attendance'))).toHaveLength(1);

    callOut.carry('held-by-ordinary');
    callOut.meet('protection-assessment', 'child-2');
    await world.relay(callOut);
    await ended(callOut.workflowId);
    expect(callOut.closings).toBe(1);
  });

  test('is not run again once it is told to the end: what comes later is delivered', async () => {
    const callOut = world.alarm({ children: [], adultVictims: [], matters: [] });
    await world.relay(callOut);
    await ended(callOut.workflowId);
    expect(await world.relay(callOut)).toBe('over');
    expect(callOut.closings).toBe(1);
  });

  test('goes on as new when its history grows heavy, and asks for nothing else', async () => {
    const callOut = world.alarm({ firstSocialParty: 'socialjouren', programme: null, children: ['child-1'] });
    callOut.carry('held-by-socialjouren');
    await world.relayAndSettle(callOut);
    const handle = stage.client.workflow.getHandle(callOut.workflowId);
    const first = await handle.describe();
    await engine.leave();
    const weight = 'x'.repeat(200_000);
    for (let sent = 0; sent < HISTORY_TOO_HEAVY; sent += weight.length) {
      await handle.signal(lookAgain.name, weight);
    }
    engine = await stage.enterEngine();
    await stage.until(async () => (await handle.describe()).runId !== first.runId);
    await world.settle(callOut);
    callOut.carry('held-by-ordinary');
    callOut.meet('protection-assessment', 'child-1');
    await world.relay(callOut);
    await ended(callOut.workflowId);
    expect(callOut.asked).toEqual(['socialjouren: protection-assessment child-1', ...MORNING].sort());
    expect(callOut.closings).toBe(1);
  });
});
