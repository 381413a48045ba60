import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { NativeConnection, Worker } from '@temporalio/worker';
import {
  bundleWorkflows,
  createDataConverter,
  createLogger,
  createWorkerOptions,
  installRuntime,
} from '#temporal';
import { ENGINE_QUEUE } from '../ids.js';
import { TEST_KEYS } from './test-keys.js';

const { EventType } = proto.temporal.api.enums.v1;
const seconds = (count: number) => proto.google.protobuf.Duration.fromObject({ seconds: count });
export const REGISTRY = fileURLToPath(new URL('../registry.ts', import.meta.url));
export const HISTORIES = fileURLToPath(new URL('../histories/', import.meta.url));

/** Set to 1 to record the stories told by the tests anew: see `workflows/README.md`. */
const IS_RECORDING = process.env['HANDSLAG_RECORD_HISTORIES'] === '1';

/** From here the server suggests to continue as new (limit.historySize.suggestContinueAsNew), in bytes. */
export const HISTORY_TOO_HEAVY = 4 * 1_024 * 1_024;

/** What the workers of this process logged. */
export const logLines: string[] = [];

/** A worker that a test can end. */
export interface Actor {
  leave(): Promise<void>;
}

/** A real Temporal with a namespace of its own, so that test files beside it do not take each other's tasks. */
export class Stage {
  readonly client: Client;
  readonly #connection: Connection;
  readonly #native: NativeConnection;
  readonly #namespace: string;
  readonly #bundle: string;
  readonly #actors = new Set<Actor>();

  private constructor(connection: Connection, native: NativeConnection, namespace: string, bundle: string) {
    this.#connection = connection;
    this.#native = native;
    this.#namespace = namespace;
    this.#bundle = bundle;
    this.client = new Client({
      connection,
      namespace,
      identity: 'test',
      dataConverter: createDataConverter(TEST_KEYS),
    });
  }

  /** Needs TEST_TEMPORAL_ADDRESS, a dev server with time skipping; `npm test` starts one. */
  static async open(): Promise<Stage> {
    const address = process.env['TEST_TEMPORAL_ADDRESS'];
    if (!address) throw new Error('TEST_TEMPORAL_ADDRESS is not set: run npm test, or name a dev server');
    installRuntime(
      createLogger('debug', (line) => logLines.push(line)),
      'warn',
    );
    const [connection, native, { code }] = await Promise.all([
      Connection.connect({ address }),
      NativeConnection.connect({ address }),
      bundleWorkflows({ entry: REGISTRY, from: 'source' }),
    ]);
    const namespace = `test-${randomUUID()}`;
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: seconds(24 * 60 * 60),
    });
    return new Stage(connection, native, namespace, code);
  }

  async enterEngine(): Promise<Actor> {
    return await this.#enter(ENGINE_QUEUE, { workflowBundle: { code: this.#bundle } });
  }

  async enter(taskQueue: string, activities: object): Promise<Actor> {
    return await this.#enter(taskQueue, { activities });
  }

  async #enter(taskQueue: string, does: object): Promise<Actor> {
    const worker = await Worker.create({
      ...createWorkerOptions(
        {
          TEMPORAL_ADDRESS: '',
          TEMPORAL_NAMESPACE: this.#namespace,
          TEMPORAL_TLS: false,
          HANDSLAG_PAYLOAD_KEY: TEST_KEYS,
        },
        taskQueue,
      ),
      connection: this.#native,
      ...does,
    });
    const run = worker.run();
    const actor: Actor = {
      leave: async () => {
        if (!this.#actors.delete(actor)) return;
        worker.shutdown();
        await run;
      },
    };
    this.#actors.add(actor);
    return actor;
  }

  /** Steps one workflow's own time ahead; returns when it has come there or has ended. */
  async fastForward(workflowId: string, ms: number): Promise<void> {
    const fastForwardId = randomUUID();
    const of = { namespace: this.#namespace, workflowExecution: { workflowId } };
    await this.#connection.workflowService.updateWorkflowExecutionOptions({
      ...of,
      identity: 'test',
      workflowExecutionOptions: {
        timeSkippingConfig: {
          enabled: true,
          fastForwardConfig: { id: fastForwardId, duration: seconds(Math.round(ms / 1_000)) },
        },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
    await this.#connection.workflowService.pollWorkflowExecutionTimeSkipping({ ...of, fastForwardId });
  }

  /** A workflow's events as the server stores them: payloads encrypted. */
  async historyOf(workflowId: string): Promise<proto.temporal.api.history.v1.IHistoryEvent[]> {
    const { events } = await this.client.workflow.getHandle(workflowId).fetchHistory();
    return events ?? [];
  }

  /** The kinds of a workflow's events so far, as `WORKFLOW_TASK_STARTED`. */
  async eventsOf(workflowId: string): Promise<string[]> {
    const events = await this.historyOf(workflowId);
    return events.map(({ eventType }) => (EventType[eventType ?? 0] ?? '').replace('EVENT_TYPE_', ''));
  }

  /** Keeps the history for replaying when it is asked for. */
  async record(workflowId: string, name: string): Promise<void> {
    if (!IS_RECORDING) return;
    const history = await this.client.workflow.getHandle(workflowId).fetchHistory();
    await writeFile(`${HISTORIES}${name}.json`, `${historyToJSON(history)}\n`);
  }

  /** Waits for something that happens by itself in real time (an activity begun, a task taken). */
  async until(isSo: () => Promise<boolean> | boolean): Promise<void> {
    while (!(await isSo())) await setImmediate();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#actors].map((actor) => actor.leave()));
    await this.#native.close();
    await this.#connection.close();
  }
}
