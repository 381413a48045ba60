import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { isTemporalServing } from '#temporal';
import { matterClockId, parseMatterClockId } from '#workflows';
import type { Defects } from '../defects.js';

const IdsSchema = z.array(z.object({ id: z.string() }));

export interface ClockFigures {
  /** Null when Temporal did not answer. */
  readonly running: number | null;
}

/**
 * C3: the clock of every open matter that was relayed runs. Temporal's list is a moment behind, so what it lacks is asked
 * for one by one, and read from the record once more: only what is open, relayed and not running is a defect.
 */
export async function checkClocks(
  record: DataSource,
  client: Client,
  defects: Defects,
): Promise<ClockFigures> {
  if (!(await isTemporalServing(client))) return { running: null };
  const openBefore = await relayedAndOpen(record);
  let running = 0;
  for await (const { workflowId } of client.workflow.list({
    query: 'WorkflowId STARTS_WITH "matter:" AND ExecutionStatus = "Running"',
  })) {
    running += 1;
    const matterId = parseMatterClockId(workflowId);
    if (matterId !== null) openBefore.delete(matterId);
  }
  const missing: string[] = [];
  for (const id of openBefore) if (!(await isRunning(client, id))) missing.push(id);
  const openStill = missing.length > 0 ? await relayedAndOpen(record) : new Set<string>();
  for (const id of missing) if (openStill.has(id)) defects.add('C3', 'clock-not-running', 'matter', id);
  return { running };
}

async function relayedAndOpen(record: DataSource): Promise<Set<string>> {
  const rows = IdsSchema.parse(
    await record.query(`select id from custody.stream where kind = 'matter' and open and relayed = wanted`),
  );
  return new Set(rows.map(({ id }) => id));
}

async function isRunning(client: Client, matterId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(matterClockId(matterId)).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
