import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type History, historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows, createDataConverter, createLogger, installRuntime } from '#temporal';
import * as registry from './registry.js';
import { HISTORIES, REGISTRY } from './test/stage.js';
import { TEST_KEYS } from './test/test-keys.js';

jest.setTimeout(30_000);

const { History: HistoryMessage } = proto.temporal.api.history.v1;
const files = readdirSync(HISTORIES).filter((name) => name.endsWith('.json'));
const historyIn = (file: string): History =>
  historyFromJSON(JSON.parse(readFileSync(`${HISTORIES}${file}`, 'utf8')));
const typeOf = ({ events }: History): string =>
  events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';

let code: string;
beforeAll(async () => {
  installRuntime(
    createLogger('error', () => undefined),
    'error',
  );
  ({ code } = await bundleWorkflows({ entry: REGISTRY, from: 'source' }));
}, 30_000);

const replay = (history: History): Promise<void> =>
  Worker.runReplayHistory(
    { workflowBundle: { code }, dataConverter: createDataConverter(TEST_KEYS) },
    history,
  );

describe('the recorded histories', () => {
  test('there is one at least of every workflow, and of nothing else', () => {
    const recorded = new Set(files.map((file) => typeOf(historyIn(file))));
    expect([...recorded].sort()).toEqual(Object.keys(registry).sort());
  });

  test.each(files)('%s is told again the same way', async (file) => {
    await replay(historyIn(file));
  });

  test.each(files)('%s holds nothing readable but ids, kinds and instants', (file) => {
    const stored = Buffer.from(HistoryMessage.encode(historyIn(file)).finish());
    for (const readable of [
      'json/plain',
      'waitMs',
      'incidentId"',
      'matterId',
      'occurrence',
      'childCheckRecorded',
    ]) {
      expect(stored.includes(readable)).toBe(false);
    }
    expect(stored.includes('binary/encrypted')).toBe(true);
  });

  test.each(files)('%s names no machine', (file) => {
    const names = readFileSync(`${HISTORIES}${file}`, 'utf8').matchAll(/"identity": *"([^"]*)"/g);
    expect([...names].filter(([, name]) => name?.includes('@'))).toEqual([]);
  });

  test('one in which another activity was asked is refused', async () => {
    const broken = historyIn('matter-clock.ladder.json');
    const asked = broken.events?.find(({ activityTaskScheduledEventAttributes: asks }) => asks);
    if (asked?.activityTaskScheduledEventAttributes?.activityType) {
      asked.activityTaskScheduledEventAttributes.activityType.name = 'callTwice';
    }
    await expect(replay(broken)).rejects.toThrow(DeterminismViolationError);
  });

  test('one in which a step of the night was left out is refused', async () => {
    const broken = historyIn('police-call-out.night-and-morning.json');
    const names = (broken.events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: asks }) => asks ?? [],
    );
    const step = names.find(({ activityType }) => activityType?.name === 'ensureStep');
    if (step?.activityType) step.activityType.name = 'closeCallOut';
    await expect(replay(broken)).rejects.toThrow(DeterminismViolationError);
  });
});
