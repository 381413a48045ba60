import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import proto from '@temporalio/proto';
import { defineSignal } from '@temporalio/workflow';
import { connectClient, countRunning, isTemporalServing, type TemporalClient } from './client.js';
import { type Delivery, signalWithStart } from './signal-with-start.js';
import { TemporalConfigSchema } from './temporal-config.schema.js';

jest.setTimeout(30_000);

const config = (address: string, namespace: string) =>
  TemporalConfigSchema.parse({
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
  });
const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
const namespace = `test-${randomUUID()}`;
const day = proto.google.protobuf.Duration.fromObject({ seconds: 24 * 60 * 60 });
const told = defineSignal<string[]>('told');
let temporal: TemporalClient;

beforeAll(async () => {
  if (!address) throw new Error('TEST_TEMPORAL_ADDRESS is not set: run npm test, or name a dev server');
  temporal = connectClient(config(address, namespace));
  await temporal.client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: day,
  });
}, 30_000);
afterAll(async () => temporal?.close());

/** No worker is there: what matters is what the server holds. */
const tell = (workflowId: string, more: string[] = []): Promise<string> =>
  signalWithStart<(text: string) => Promise<void>, string[]>(temporal.client, {
    workflowType: 'nobodyRunsThis',
    workflowId,
    taskQueue: 'nobody',
    args: ['Kanarie'],
    signal: told,
    signalArgs: more,
  });
async function untilCount(prefix: string, expected: number): Promise<void> {
  for (let count = -1; count !== expected; ) count = await countRunning(temporal.client, prefix);
}

describe('counting what runs', () => {
  test('counts by the beginning of the id, and only what runs', async () => {
    for (const id of ['matter:1', 'matter:2', 'call-out:1']) await tell(id);
    await untilCount('matter:', 2);
    await untilCount('call-out:', 1);
    await untilCount('', 3);
    await temporal.client.workflow.getHandle('matter:1').terminate();
    await untilCount('matter:', 1);
  });

  test.each(['"', 'a b', '%'])('refuses %s, which begins none of our ids', async (prefix) => {
    await expect(countRunning(temporal.client, prefix)).rejects.toThrow(RangeError);
  });
});

describe('telling', () => {
  test('starts once and signals each time, all of it encrypted', async () => {
    await tell('matter:told', ['19121212-1212']);
    await tell('matter:told', ['19121212-1212']);
    const { events } = await temporal.client.workflow.getHandle('matter:told').fetchHistory();
    const signals = (events ?? []).filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal);
    expect(signals).toHaveLength(2);
    const stored = Buffer.from(
      proto.temporal.api.history.v1.History.encode({ events: events ?? [] }).finish(),
    );
    for (const secret of ['Kanarie', '19121212-1212']) expect(stored.includes(secret)).toBe(false);
  });

  test('fails in time when Temporal is down', async () => {
    const down = connectClient(config('127.0.0.1:1', namespace));
    const began = Date.now();
    const delivery: Delivery<() => Promise<void>, string[]> = {
      ...{ workflowType: 'w', workflowId: 'w', taskQueue: 'q', args: [], signal: told, signalArgs: [] },
    };
    await expect(signalWithStart(down.client, delivery, 500)).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(5_000);
    await down.close();
  });
});

describe('whether Temporal serves', () => {
  test.each([
    ['a server with the namespace', address, namespace, true],
    ['a server without the namespace', address, 'no-such-namespace', false],
    ['no server', '127.0.0.1:1', namespace, false],
  ])('with %s', async (_, at, name, expected) => {
    const { client, close } = connectClient(config(at, name));
    expect(await isTemporalServing(client, 1_000)).toBe(expected);
    await close();
  });
});
