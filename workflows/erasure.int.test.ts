import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createErasureActivities, type Erasure, type ErasureStep } from '#activities';
import { signalWithStart } from '#temporal';
import type { erasureWorkflow } from './erasure.workflow.js';
import { ENGINE_QUEUE, erasureId, partyQueue } from './ids.js';
import { lookAgain } from './messages.js';
import { type Actor, Stage } from './test/stage.js';

jest.setTimeout(30_000);

/** A party's disposals: so many persons each, a few at a time, remembered across whoever serves the queue. */
class Disposals {
  readonly told: string[] = [];
  readonly left = new Map<string, number>();
  /** How often the next step fails before it works, as a key store that is away. */
  failures = 0;
  #paused: Promise<void> = Promise.resolve();

  pause(): () => void {
    let goOn: () => void = () => undefined;
    this.#paused = new Promise((resolve) => {
      goOn = resolve;
    });
    return goOn;
  }

  publish({ decisionId }: Erasure): Promise<void> {
    this.told.push(`publish ${decisionId}`);
    return Promise.resolve();
  }

  async eraseSome({ decisionId }: Erasure): Promise<ErasureStep> {
    this.told.push(`erase ${decisionId}`);
    await this.#paused;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the key store is away');
    }
    const left = Math.max((this.left.get(decisionId) ?? 0) - 20, 0);
    this.left.set(decisionId, left);
    return { left };
  }

  prove({ decisionId }: Erasure): Promise<void> {
    this.told.push(`prove ${decisionId}`);
    return Promise.resolve();
  }

  of(decisionId: string): string[] {
    return this.told
      .filter((line) => line.endsWith(` ${decisionId}`))
      .map((line) => line.split(' ')[0] ?? '');
  }
}

let stage: Stage;
let engine: Actor;
let party: Actor;
const disposals = new Disposals();
const serve = () => stage.enter(partyQueue('bou'), createErasureActivities({ book: disposals }));

beforeAll(async () => {
  stage = await Stage.open();
  engine = await stage.enterEngine();
  party = await serve();
}, 30_000);
afterAll(async () => stage?.close(), 30_000);

/** As the courier relays the stream of an approved disposal. */
const relay = (decisionId: string) =>
  signalWithStart<typeof erasureWorkflow, []>(stage.client, {
    workflowType: 'erasureWorkflow',
    workflowId: erasureId(decisionId),
    taskQueue: ENGINE_QUEUE,
    args: [{ party: 'bou', decisionId }],
    signal: lookAgain,
    signalArgs: [],
  });
const ended = (decisionId: string): Promise<unknown> =>
  stage.client.workflow.getHandle(erasureId(decisionId)).result();

describe('the carrying out of a disposal', () => {
  test('publishes the decision, erases until nobody is left, proves it and ends', async () => {
    disposals.left.set('decision-1', 50);
    await relay('decision-1');
    await ended('decision-1');
    expect(disposals.of('decision-1')).toEqual(['publish', 'erase', 'erase', 'erase', 'prove']);
    await stage.record(erasureId('decision-1'), 'erasure.three-rounds');
  });

  test('waits for a key store that is away, and never gives up half-way', async () => {
    disposals.left.set('decision-2', 10);
    disposals.failures = 2;
    await relay('decision-2');
    await ended('decision-2');
    expect(disposals.of('decision-2')).toEqual(['publish', 'erase', 'erase', 'erase', 'prove']);
  });

  test('goes on where the record is after the engine and the party were killed in the middle', async () => {
    disposals.left.set('decision-3', 60);
    const goOn = disposals.pause();
    await relay('decision-3');
    await stage.until(() => disposals.of('decision-3').includes('erase'));
    const [leaving, left] = [engine.leave(), party.leave()];
    goOn();
    await Promise.all([leaving, left]);
    engine = await stage.enterEngine();
    party = await serve();
    await ended('decision-3');
    const told = disposals.of('decision-3');
    expect([told[0], told.at(-1), disposals.left.get('decision-3')]).toEqual(['publish', 'prove', 0]);
  });

  test('told again while it runs, and once it is over, does nothing twice', async () => {
    disposals.left.set('decision-4', 10);
    await Promise.all([relay('decision-4'), relay('decision-4')]);
    await ended('decision-4');
    expect(await relay('decision-4')).toBe('over');
    expect(disposals.of('decision-4')).toEqual(['publish', 'erase', 'prove']);
  });
});
