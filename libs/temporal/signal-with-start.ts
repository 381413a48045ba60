import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type SignalDefinition, type Workflow, WorkflowIdReusePolicy } from '@temporalio/common';

/** What to tell a workflow, and how to start it should it not run. */
export interface Delivery<W extends Workflow, SignalArgs extends unknown[]> {
  /** The workflow's type name, which is its function's name. */
  readonly workflowType: string;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly args: Parameters<W>;
  readonly signal: SignalDefinition<SignalArgs>;
  readonly signalArgs: SignalArgs;
}

/** `told`: it runs and has it. `over`: it completed, so there is nothing left to tell; delivered all the same. */
export type Delivered = 'told' | 'over';

/**
 * Signals a workflow, starting it when it does not run. One that completed is not started again; one that was terminated or
 * failed is (that is how rearm works). Safe to repeat. Throws when Temporal cannot be reached within the time.
 */
export async function signalWithStart<W extends Workflow, SignalArgs extends unknown[]>(
  client: Client,
  delivery: Delivery<W, SignalArgs>,
  withinMs = 5_000,
): Promise<Delivered> {
  const { workflowType, workflowId, taskQueue, args, signal, signalArgs } = delivery;
  try {
    await client.withDeadline(Date.now() + withinMs, () =>
      client.workflow.signalWithStart<Workflow, unknown[]>(workflowType, {
        ...{ workflowId, taskQueue, args, signal: signal.name, signalArgs },
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      }),
    );
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'over';
    throw error;
  }
}
