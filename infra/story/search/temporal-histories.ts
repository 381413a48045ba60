import { Connection } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import type { Needles } from './needles.js';
import { Search, type Searched } from './searched.js';

const { History } = proto.temporal.api.history.v1;
const { WorkflowExecutionInfo } = proto.temporal.api.workflow.v1;

/** Every history that began since the run did, and what lists show of it, as the server stores them: nothing is decoded. */
export async function searchTemporal(
  temporalAt: { readonly address: string; readonly namespace: string },
  since: Date,
  needles: Needles,
  trace: string,
): Promise<Searched> {
  const connection = await Connection.connect({ address: temporalAt.address });
  const search = new Search('Temporal', needles, trace);
  let histories = 0;
  let events = 0;
  try {
    const { namespace } = temporalAt;
    let nextPageToken: Uint8Array | undefined;
    do {
      const page = await connection.workflowService.listWorkflowExecutions({
        namespace,
        query: `StartTime >= "${since.toISOString()}"`,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      });
      for (const info of page.executions ?? []) {
        const name = info.execution?.workflowId ?? 'a workflow without id';
        search.lookAtBytes(`${name} (as listed)`, WorkflowExecutionInfo.encode(info).finish());
        events += await lookAtHistory(connection, namespace, info, search);
        histories += 1;
      }
      nextPageToken = page.nextPageToken ?? undefined;
    } while (nextPageToken !== undefined && nextPageToken.length > 0);
  } finally {
    await connection.close();
  }
  return search.result(`${histories} histories, ${events} events`);
}

async function lookAtHistory(
  connection: Connection,
  namespace: string,
  { execution }: temporal.api.workflow.v1.IWorkflowExecutionInfo,
  search: Search,
): Promise<number> {
  let events = 0;
  let nextPageToken: Uint8Array | undefined;
  do {
    const { history, nextPageToken: next } = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      ...(execution == null ? {} : { execution }),
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    });
    if (history != null) {
      search.lookAtBytes(execution?.workflowId ?? '', History.encode(history).finish());
      events += history.events?.length ?? 0;
    }
    nextPageToken = next ?? undefined;
  } while (nextPageToken !== undefined && nextPageToken.length > 0);
  return events;
}
