import type { ProcessName } from '#domain';

const MATTER = /^matter:([A-Za-z0-9._-]+)$/;
const PARTY_CLOCK = /^clock:([A-Za-z0-9_-]+):([A-Za-z0-9._-]+)$/;
const CALL_OUT = /^call-out:([A-Za-z0-9._-]+)$/;
const ERASURE = /^erasure:([A-Za-z0-9._-]+)$/;

/** The workflow id of a matter's clock. */
export const matterClockId = (matterId: string): string => `matter:${matterId}`;
/** The matter whose clock it is, or null for any other workflow id. */
export const parseMatterClockId = (workflowId: string): string | null => MATTER.exec(workflowId)?.[1] ?? null;

/** The workflow id of a clock in a party's own schema. */
export const partyClockId = (schema: string, clockId: string): string => `clock:${schema}:${clockId}`;
/** The schema and clock it names, or null for any other workflow id. */
export function parsePartyClockId(workflowId: string): { schema: string; clockId: string } | null {
  const [, schema, clockId] = PARTY_CLOCK.exec(workflowId) ?? [];
  return schema !== undefined && clockId !== undefined ? { schema, clockId } : null;
}

/** The workflow id of a call-out's story. */
export const callOutId = (incidentId: string): string => `call-out:${incidentId}`;
/** The incident whose story it is, or null for any other workflow id. */
export const parseCallOutId = (workflowId: string): string | null => CALL_OUT.exec(workflowId)?.[1] ?? null;

/** The workflow id of the carrying out of a disposal decision. */
export const erasureId = (decisionId: string): string => `erasure:${decisionId}`;
/** The decision that it carries out, or null for any other workflow id. */
export const parseErasureId = (workflowId: string): string | null => ERASURE.exec(workflowId)?.[1] ?? null;

/** The workflow id of a case of a process; case ids are unique over all parties. */
export const caseWorkflowId = (process: ProcessName, caseId: string): string => `${process}:${caseId}`;
/** The type of the workflow that tells a process: the process's name and `Workflow`. */
export const caseWorkflowType = (process: ProcessName): string =>
  `${process.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}Workflow`;

/** Where the workflows run. */
export const ENGINE_QUEUE = 'engine';
/** Where the clock activities of custody run. */
export const COURIER_QUEUE = 'courier';
/** Where a party's own activities run. */
export const partyQueue = (party: string): `party.${string}` => `party.${party}`;
