import { describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createLogger } from '#temporal';
import { createErasureActivities, type Erasure } from './erasure.activities.js';

// Failures are asserted on; what the SDK would print of them is not wanted here.
const run = new MockActivityEnvironment({}, { logger: createLogger('error', () => undefined) });
const DECISION = '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10';

/** A book that remembers what it was asked and answers with what a careless one might. */
function bookThatAnswers(step: object) {
  const asked: [string, Erasure][] = [];
  const ask = (name: string) => (erasure: Erasure) => {
    asked.push([name, erasure]);
    return Promise.resolve();
  };
  return {
    asked,
    book: {
      publish: ask('publish'),
      prove: ask('prove'),
      eraseSome: (erasure: Erasure) => {
        asked.push(['eraseSome', erasure]);
        return Promise.resolve({ left: 0, ...step });
      },
    },
  };
}

describe('the carrying out of a disposal, as Temporal sees it', () => {
  it('lets an id in and a number out, whatever the book adds', async () => {
    const { asked, book } = bookThatAnswers({ left: 3, name: 'Kanarie', subjectId: 'x' });
    const activities = createErasureActivities({ book });
    const decision = { decisionId: DECISION, note: 'om Kanarie' };
    expect(await run.run(activities.publishErasure, decision)).toBeUndefined();
    expect(await run.run(activities.eraseSome, decision)).toEqual({ left: 3 });
    expect(await run.run(activities.proveErasure, decision)).toBeUndefined();
    expect(asked).toEqual([
      ['publish', { decisionId: DECISION }],
      ['eraseSome', { decisionId: DECISION }],
      ['prove', { decisionId: DECISION }],
    ]);
  });

  it('lets no text through as an id, and no answer that is not a count', async () => {
    const { book } = bookThatAnswers({ left: -1 });
    const activities = createErasureActivities({ book });
    await expect(run.run(activities.publishErasure, { decisionId: 'Anna Andersson' })).rejects.toThrow();
    await expect(run.run(activities.eraseSome, { decisionId: DECISION })).rejects.toThrow();
  });
});
