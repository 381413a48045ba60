import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type ChildDecisionFacts, createChildDecisionActivities } from '#activities';
import { CaseWorld } from './test/case-world.js';
import { Stage } from './test/stage.js';

jest.setTimeout(30_000);

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.enterEngine();
}, 30_000);
afterAll(async () => stage?.close(), 30_000);

const asks = (...steps: string[]): ChildDecisionFacts['asked'] =>
  steps.map((step) => {
    const [stepKey = '', occurrence = 'opening'] = step.split(' ');
    return { stepKey, occurrence };
  });

describe("a child's case at BoU, told", () => {
  test('from the opening through support to its end, on as new again and again, each thing asked of people once a run', async () => {
    const world = new CaseWorld<ChildDecisionFacts>(
      stage,
      { process: 'child-decision', party: 'bou', caseId: 'case-1' },
      { isHeld: true, asked: asks('notices', 'plan', 'investigation') },
      // A run is long at once: what a fresh one would forget, the record says.
      60,
    );
    const bou = await world.enter((book) => createChildDecisionActivities({ book }));
    const handle = stage.client.workflow.getHandle(world.workflowId);
    await world.relayAnd(() => new Set(world.questions).size === 3);
    const first = (await handle.describe()).runId;
    await stage.record(world.workflowId, 'child-decision.opening');

    // The plan is made and the notices are done; the time is extended under a name of its own.
    world.now = { isHeld: true, asked: asks('time-check', 'investigation extension') };
    await world.relayAnd(() => world.questions.includes('investigation extension'));
    // He is arrested: the risk first, and the support that is granted is evaluated anew.
    world.now = {
      isHeld: true,
      asked: asks('risk-review arrest', 'programme-review arrest', 'delivery decision'),
    };
    await world.relayAnd(() => world.questions.includes('delivery decision'));
    while ((await handle.describe()).runId === first) await world.relay();

    world.now = { isHeld: false, asked: asks('follow-up decision') };
    await world.relayAnd(() => world.questions.includes('follow-up decision'));
    expect(world.closings).toBe(0);
    world.now = { isHeld: false, asked: [] };
    await world.relay();
    await world.ended();
    expect(world.closings).toBe(1);
    expect(new Set(world.questions)).toEqual(
      new Set([
        ...[
          'notices opening',
          'plan opening',
          'investigation opening',
          'time-check opening',
          'investigation extension',
        ],
        ...['risk-review arrest', 'programme-review arrest', 'delivery decision', 'follow-up decision'],
      ]),
    );
    await stage.record(world.workflowId, 'child-decision.on-as-new-to-the-end');
    await bou.leave();
  });
});
