import type { Client } from '@temporalio/client';
import { isProcessName } from '#domain';
import { type Delivered, signalWithStart } from '#temporal';
import {
  type CaseInput,
  callOutId,
  caseWorkflowId,
  caseWorkflowType,
  clockSet,
  ENGINE_QUEUE,
  erasureId,
  type erasureWorkflow,
  lookAgain,
  matterClockId,
  type matterClockWorkflow,
  partyClockId,
  type partyClockWorkflow,
  type policeCallOutWorkflow,
} from '#workflows';
import type { WantedStream } from './stream.repository.js';

/** Tells the workflow of a stream, starting it should it not run. Throws for a kind that no workflow serves. */
export async function deliver(client: Client, { schema, kind, id, clock }: WantedStream): Promise<Delivered> {
  switch (kind) {
    case 'matter':
      return signalWithStart<typeof matterClockWorkflow, [WantedStream['clock']]>(client, {
        workflowType: 'matterClockWorkflow',
        workflowId: matterClockId(id),
        taskQueue: ENGINE_QUEUE,
        args: [{ matterId: id, clock }],
        signal: clockSet,
        signalArgs: [clock],
      });
    case 'clock':
      return signalWithStart<typeof partyClockWorkflow, [WantedStream['clock']]>(client, {
        workflowType: 'partyClockWorkflow',
        workflowId: partyClockId(schema, id),
        taskQueue: ENGINE_QUEUE,
        args: [{ schema, clockId: id, clock }],
        signal: clockSet,
        signalArgs: [clock],
      });
    case 'call-out':
      return signalWithStart<typeof policeCallOutWorkflow, []>(client, {
        workflowType: 'policeCallOutWorkflow',
        workflowId: callOutId(id),
        taskQueue: ENGINE_QUEUE,
        args: [{ incidentId: id }],
        signal: lookAgain,
        signalArgs: [],
      });
    case 'erasure':
      return signalWithStart<typeof erasureWorkflow, []>(client, {
        workflowType: 'erasureWorkflow',
        workflowId: erasureId(id),
        taskQueue: ENGINE_QUEUE,
        args: [{ party: schema, decisionId: id }],
        signal: lookAgain,
        signalArgs: [],
      });
    default:
      if (!isProcessName(kind)) throw new Error(`no workflow serves streams of kind ${kind}`);
      return signalWithStart<(input: CaseInput) => Promise<void>, []>(client, {
        workflowType: caseWorkflowType(kind),
        workflowId: caseWorkflowId(kind, id),
        taskQueue: ENGINE_QUEUE,
        args: [{ party: schema, caseId: id }],
        signal: lookAgain,
        signalArgs: [],
      });
  }
}
