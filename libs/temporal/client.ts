import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from './data-converter.js';
import type { TemporalConfig } from './temporal-config.schema.js';

/** A client that speaks encrypted; `close` ends its connection. */
export interface TemporalClient {
  readonly client: Client;
  close(): Promise<void>;
}

/** A client for a Temporal that may be down: it connects at its first call, and again after every loss. */
export function connectClient(config: TemporalConfig): TemporalClient {
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, tls: config.TEMPORAL_TLS });
  const client = new Client({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    // Not the host's name, which the SDK would put into every history.
    identity: `client:${process.pid}`,
    dataConverter: createDataConverter(config.HANDSLAG_PAYLOAD_KEY),
  });
  return { client, close: () => connection.close() };
}

/**
 * Whether Temporal answers for the namespace, asked by a call of its own: a worker whose server was killed still says that it
 * runs. Never throws.
 */
export async function isTemporalServing(client: Client, withinMs = 2_000): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + withinMs, () =>
      client.workflowService.describeNamespace({ namespace: client.options.namespace }),
    );
    return true;
  } catch {
    return false;
  }
}

const PREFIX = /^[A-Za-z0-9:._-]*$/;

/**
 * How many workflows run whose id begins so (`matter:`), as visibility knows it, which may be a second behind.
 * Throws when Temporal cannot be asked.
 */
export async function countRunning(client: Client, prefix: string, withinMs = 10_000): Promise<number> {
  if (!PREFIX.test(prefix)) throw new RangeError('not the beginning of one of our workflow ids');
  const { count } = await client.withDeadline(Date.now() + withinMs, () =>
    client.workflow.count(`WorkflowId STARTS_WITH "${prefix}" AND ExecutionStatus = "Running"`),
  );
  return count;
}
